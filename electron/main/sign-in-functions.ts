import type { ClaudeCodeVersion } from '../../shared/core/context.ts';
import type { Facts } from '../../shared/core/facts.ts';
import { compareVersions } from '../../shared/core/rules/versions.ts';
import { LOGIN_WAYS, type LoginWay } from '../../shared/core/sign-in/claude-login.ts';
import { noteOfProvider } from '../../shared/core/sign-in/note-of-provider.ts';
import type { OidcProvider } from '../../shared/core/sign-in/oidc-provider.ts';
import { dayAt } from '../../shared/core/sign-in/day.ts';
import { loginArguments } from '../../shared/core/sign-in/login-arguments.ts';
import { typedSetupToken } from '../../shared/presentation/sign-in/setup-token-words.ts';
import { FLAW_SENTENCES, flawPlace } from '../../shared/presentation/sign-in/provider-flaw-words.ts';
import { useProviderWish } from '../../shared/usecases/changes/plans/use-provider.ts';
import { lookRequest } from '../../shared/usecases/desk/desk-look.ts';
import type {
  DeletedItem,
  LoginObstacle,
  LogOutResult,
  ProvidersFault,
  SignInFunctions,
} from '../../shared/usecases/desk/sign-in-functions.ts';
import { gatherFacts } from '../../shared/usecases/gather/gather-facts.ts';
import type { GatherRequest } from '../../shared/usecases/gather/gather-request.ts';
import { claudeLoginPreview } from '../../shared/usecases/sign-in/claude-login-preview.ts';
import {
  logoutPreview,
  startClaudeLogout,
  type LogoutPreview,
  type LogoutResult,
} from '../../shared/usecases/sign-in/claude-logout.ts';
import { claudeNoteText, parseClaudeNote } from '../../shared/usecases/sign-in/claude-note.ts';
import type { ClaudeTrouble } from '../../shared/usecases/sign-in/claude-program.ts';
import { claudeToStart, type ClaudeToStart } from '../../shared/usecases/sign-in/claude-to-start.ts';
import { LANDING_PAGES } from '../../shared/presentation/sign-in/landing-pages.ts';
import { noteSetupToken, setupTokenHere } from '../../shared/usecases/sign-in/note-setup-token.ts';
import { openSetupToken, terminalForSetupToken } from '../../shared/usecases/sign-in/open-setup-token.ts';
import type { OrganisationTokens } from '../../shared/usecases/sign-in/organisation-tokens.ts';
import {
  formerProvider,
  formerSignIns,
  readProviders,
  type ProvidersFile,
} from '../../shared/usecases/sign-in/read-providers.ts';
import { startClaudeLogin, type ClaudeLoginPorts } from '../../shared/usecases/sign-in/start-claude-login.ts';
import { startOrganisationSignIn } from '../../shared/usecases/sign-in/start-organisation-sign-in.ts';
import type { SignInPorts } from '../../shared/usecases/sign-in/sign-in-ports.ts';

export interface SignInFunctionsReach {
  readonly ports: SignInPorts & Pick<ClaudeLoginPorts, 'writer'>;
  readonly tokens: OrganisationTokens;
  /** The folder that the window shows. */
  readonly folder: () => string;
  readonly claudeCode: () => ClaudeCodeVersion;
}

/** `claude auth` came with this version, its `--console` with that (facts of the changelog). */
const SINCE = { auth: '2.1.41', console: '2.1.79' } as const;

/** What the desk of signing in runs on: joined here from what knows Claude Code and what knows organisations. */
export function signInFunctions({
  ports,
  tokens,
  folder,
  claudeCode,
}: SignInFunctionsReach): SignInFunctions {
  const { clock, notes, oidc } = ports;
  const look = (): GatherRequest => lookRequest(folder(), 'terminal', claudeCode(), false);
  const gathered = (): Promise<Facts> => gatherFacts(ports, look());
  const claude = (chosen: string | null): ClaudeToStart => claudeToStart(ports, chosen, [folder()]);
  const keptClaude = (): ClaudeToStart => claude(parseClaudeNote(notes.read('claude')).program);
  const providerOf = (name: string): OidcProvider | null =>
    readProviders(ports).providers.find((provider) => provider.name === name) ?? null;

  return {
    previewLogin: async (way) => {
      const found = keptClaude();
      if (!found.ok) return { ok: false, obstacle: obstacleOf(found.why) };
      const since = way === 'console' ? SINCE.console : SINCE.auth;
      if (found.version !== null && (compareVersions(found.version, since) ?? 0) < 0)
        return { ok: false, obstacle: 'too-old' };
      const { goes, forcedBy } = claudeLoginPreview(await gathered(), way, claudeCode());
      if (goes === 'gateway') return { ok: false, obstacle: 'gateway-only' };
      const forced: LoginWay | null =
        forcedBy === null
          ? null
          : (LOGIN_WAYS.find((one) => one === (goes === 'console' ? goes : 'claude')) ?? null);
      const { path } = found.program;
      return {
        ok: true,
        command: ['claude', ...(loginArguments(way, null) ?? [])].join(' '),
        program: path,
        forced,
      };
    },
    startLogin: (way, email) => {
      const found = keptClaude();
      if (!found.ok) return Promise.resolve({ ok: false, obstacle: obstacleOf(found.why) });
      const login = startClaudeLogin(ports, { way, email, program: found.program, look: look() });
      return Promise.resolve({ ok: true, login });
    },
    chooseClaude: (path) => {
      const found = claude(path);
      if (!found.ok) return Promise.resolve(obstacleOf(found.why));
      const note = parseClaudeNote(notes.read('claude'));
      // Where it cannot be kept, there is nothing that would remember the choice until the login starts.
      return Promise.resolve(
        notes.write('claude', claudeNoteText({ ...note, program: path })) ? 'taken' : 'not-available',
      );
    },
    previewLogOut: async () => {
      const found = keptClaude();
      if (!found.ok) return { ok: false, obstacle: obstacleOf(found.why) };
      const facts = await gathered();
      return { ok: true, command: 'claude auth logout', deletes: deletedBy(logoutPreview(facts), facts) };
    },
    logOut: async () => {
      const found = keptClaude();
      if (!found.ok) return { ok: false, why: 'not-started' };
      return logOutResult(await startClaudeLogout(ports, { program: found.program, look: look() }).ended);
    },
    previewSetupToken: async () => {
      const found = keptClaude();
      if (!found.ok) return { ok: false, obstacle: obstacleOf(found.why) };
      const { program } = found;
      return {
        ok: true,
        command: typedSetupToken(program.path, ports.environment.platform),
        hasTerminal: terminalForSetupToken(ports, program) !== null,
        madeAt: parseClaudeNote(notes.read('claude')).setupTokenMadeAt,
        here: setupTokenHere(await gathered()),
      };
    },
    openSetupToken: () => {
      const found = keptClaude();
      return found.ok ? openSetupToken(ports, found.program) : Promise.resolve('failed');
    },
    noteSetupToken: async (before) => {
      const now = clock.now();
      const today = dayAt(now, -new Date(now).getTimezoneOffset());
      const noted = await noteSetupToken(ports, look(), today, before);
      return noted.ok ? { ok: true, madeAt: today, token: noted.token } : noted;
    },
    providers: () => {
      const { providers, files } = readProviders(ports);
      const known = tokens.known();
      const own = files.find(({ from }) => from === 'user');
      return {
        entries: [
          ...providers.map((provider) => ({
            provider,
            isFormer: false,
            note: noteOfProvider(provider, known),
            use: useProviderWish(provider, 'user'),
          })),
          ...formerSignIns(providers, known).map((note) => ({
            provider: formerProvider(note.provider),
            isFormer: true,
            note,
            use: null,
          })),
        ],
        faults: files.flatMap(faultsOf),
        file: own?.path == null ? null : { path: own.path, isThere: own.state !== 'absent' },
      };
    },
    startSignIn: (name, how) => {
      const provider = providerOf(name);
      if (provider === null) return Promise.resolve({ ok: false, obstacle: 'not-configured' });
      if (how === 'device' && !provider.deviceFlow)
        return Promise.resolve({ ok: false, obstacle: 'no-device-flow' });
      // Who has a window has a browser beside it, wherever the two are.
      return Promise.resolve({
        ok: true,
        signIn: startOrganisationSignIn(ports, tokens, provider, how, LANDING_PAGES),
      });
    },
    checkProvider: async (name) => {
      const provider = providerOf(name);
      const at = clock.now();
      if (provider === null) return { ok: false, why: 'not-configured', at };
      const answer = await oidc.discover(provider);
      if (!answer.ok) return { ok: false, why: answer.failure.code, at: clock.now() };
      const { host, offersRevocation, offersDevice } = answer.value;
      return { ok: true, host, revokes: offersRevocation, offersDevice, at: clock.now() };
    },
    signOut: async (name, anyway) => {
      // What is kept says itself who gave it.
      return tokens.signOut(providerOf(name) ?? formerProvider(name), anyway);
    },
  };
}

function obstacleOf(why: ClaudeTrouble): LoginObstacle {
  switch (why) {
    case 'not-found':
      return 'no-claude';
    case 'not-executable':
      return 'not-started';
    case 'not-absolute':
    case 'in-working-folder':
    case 'writable-by-others':
    case 'foreign-owner':
    case 'another-program':
      return 'unsafe-claude';
  }
}

function deletedBy(preview: LogoutPreview, { claudeJson }: Facts): readonly DeletedItem[] {
  const { login, consoleKey, account, mcpLogins, otherEntries, file } = preview;
  return [
    ...(login === null ? [] : [{ what: 'login' as const, path: login.origin.path ?? file }]),
    ...(mcpLogins + otherEntries.length === 0 ? [] : [{ what: 'other-logins' as const, path: file }]),
    ...(consoleKey === null ? [] : [{ what: 'console-key' as const, path: consoleKey.path ?? null }]),
    ...(account === null ? [] : [{ what: 'account' as const, path: claudeJson.path }]),
  ];
}

function logOutResult({ outcome, unconfirmed }: LogoutResult): LogOutResult {
  switch (outcome) {
    case 'gone':
      return { ok: true, server: unconfirmed ? 'unconfirmed' : 'told' };
    case 'cancelled':
      return { ok: false, why: 'interrupted' };
    case 'still-there':
    case 'not-started':
    case 'timed-out':
      return { ok: false, why: outcome };
  }
}

function faultsOf({ path, flaws }: ProvidersFile): readonly ProvidersFault[] {
  if (path === null) return [];
  return flaws.map((flaw) => {
    const place = flawPlace(flaw);
    const says = FLAW_SENTENCES[flaw.code];
    return { path, line: flaw.line, says: place === '' ? says : `${place}: ${says}` };
  });
}
