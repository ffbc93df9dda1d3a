import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import { fileLocks } from '../../electron/adapters/locks/file-locks.ts';
import { openidOidc } from '../../electron/adapters/oidc/openid-oidc.ts';
import { ownNotesFolder } from '../../electron/adapters/own-data/own-notes-folder.ts';
import { nodeScheduler } from '../../electron/adapters/time/node-scheduler.ts';
import { systemClock } from '../../electron/adapters/time/system-clock.ts';
import type { OidcProvider } from '../../shared/core/sign-in/oidc-provider.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';
import {
  organisationItem,
  organisationToken,
  organisationTokenBytes,
  type OrganisationToken,
} from '../../shared/usecases/keyring-services/organisation-token.ts';
import { organisationTokens } from '../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import type { OrganisationTokens } from '../../shared/usecases/sign-in/organisation-tokens.ts';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { faultProxy, type FaultProxy } from '../provider/fault-proxy.mjs';
import { layProviders, providerEntry } from '../provider/lay-providers.ts';
import { startProvider, type Lab } from '../provider/start-provider.mjs';
import { afterEach, beforeEach } from 'vitest';
import type { BuiltCommand } from '../support/built-command.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';

export const NAME = 'northwind';
const REDIRECT = 'http://127.0.0.1:49152/callback';
const PROCESS = path.join(import.meta.dirname, '../../out/cli/keyring-process.cjs');
const HOUR = 60 * 60 * 1000;

/** Somebody who is signed in to a real provider, with a real keychain, on a home of their own. */
export interface TokenLab {
  readonly credence: BuiltCommand;
  readonly session: MadeUpSession;
  /** Its own process. */
  readonly daemon: ChildProcess;
  readonly provider: Lab;
  readonly proxy: FaultProxy;
  readonly keyring: Keyring;
  readonly tokens: OrganisationTokens;
  readonly configured: OidcProvider;
  /** What the keychain holds. */
  kept(): Promise<OrganisationToken>;
  /** Makes what is kept look as if it had come so many hours earlier. */
  age(hours: number): Promise<void>;
  signIn(): Promise<void>;
  /** How many refresh tokens were sent since it was last asked. */
  refreshes(): number;
  /** `credence token --provider northwind`. */
  ask(variables?: Readonly<Record<string, string>>): Promise<CommandAnswer>;
  /** The same, while a test goes on. */
  start(options?: { readonly words?: readonly string[]; readonly terminal?: boolean }): RunningCommand;
  /** The same, many times, all let go at one moment. */
  askAtOnce(count: number): Promise<readonly CommandAnswer[]>;
  readonly own: string;
  end(): Promise<void>;
}

/** @param base an empty folder; a short path, since sockets have a limit */
export async function tokenLab(base: string, credence: BuiltCommand): Promise<TokenLab> {
  const session = await madeUpSession(base);
  const daemon = await session.startKeyring();
  const provider = await startProvider();
  const proxy = await faultProxy(provider);
  const own = path.join(session.home, '.config/credence');
  const configured: OidcProvider = {
    name: NAME,
    issuer: proxy.url,
    clientId: provider.clientId,
    scopes: ['openid', 'offline_access'],
    resource: null,
    redirectPath: '/callback',
    deviceFlow: false,
    baseUrl: null,
    header: 'both',
    from: 'user',
  };
  const { issuer, clientId, scopes, header } = configured;
  layProviders(session.home, providerEntry(NAME, { issuer, clientId, scopes, header }));
  const userId = process.geteuid?.() ?? 0;
  const keyring = keyringOfSystem({
    environment: { platform: 'linux', variables: session.variables, userId },
    keychain: null,
    folder: own,
    start: nodeKeyringProcess(PROCESS),
  });
  const oidc = openidOidc({ variables: {} });
  const tokens = organisationTokens({
    clock: systemClock,
    scheduler: nodeScheduler,
    keyring,
    notes: ownNotesFolder(own),
    locks: fileLocks(own, userId),
    oidc,
  });
  let counted = 0;
  const lab: TokenLab = {
    credence,
    session,
    daemon,
    provider,
    proxy,
    keyring,
    tokens,
    configured,
    own,
    kept: async () => {
      const answer = await keyring.get(organisationItem(NAME));
      const token = answer.state === 'found' ? organisationToken(NAME).parse(answer.secret) : null;
      if (token === null) throw new Error(`nothing is kept: ${answer.state}`);
      return token;
    },
    age: async (hours) => {
      const token = await lab.kept();
      const { boot, milliseconds } = token.obtainedUptime;
      const older: OrganisationToken = {
        ...token,
        obtainedAt: token.obtainedAt - hours * HOUR,
        obtainedUptime: { boot, milliseconds: milliseconds - hours * HOUR },
      };
      // A busy machine may let its deadline pass.
      for (let left = 3; left > 0; left--) {
        const { state } = await keyring.set(organisationItem(NAME), organisationTokenBytes(older));
        if (state === 'stored') return;
        if (left === 1) throw new Error(`not stored: ${state}`);
      }
    },
    signIn: async () => {
      const attempt = await oidc.begin(configured, REDIRECT);
      if (!attempt.ok) throw new Error(`no attempt: ${attempt.failure.code}`);
      const callback = new URL(await provider.signIn(attempt.value.authorizationUrl));
      const finished = await oidc.finish(attempt.value, callback.search.slice(1));
      if (!finished.ok) throw new Error(`not finished: ${finished.failure.code}`);
      const kept = await tokens.keep(configured, finished.value);
      if (!kept.ok) throw new Error(`not kept: ${kept.why}`);
    },
    refreshes: () => {
      const all = proxy.requests().filter(({ grant }) => grant === 'refresh_token').length;
      const since = all - counted;
      counted = all;
      return since;
    },
    ask: (variables = session.variables) =>
      credence.ask(['token', '--provider', NAME], { folder: session.home, variables }),
    start: ({ words = [], terminal = false } = {}) =>
      runningCommand(credence, ['token', '--provider', NAME, ...words], {
        folder: session.home,
        variables: session.variables,
        terminal,
      }),
    askAtOnce: async (count) => {
      const waiting = Array.from({ length: count }, () =>
        // Each has started by the time it reads: what follows is the command alone.
        letGo(['node', credence.file, 'token', '--provider', NAME], {
          ...session.variables,
          PATH: credence.searchPath,
        }),
      );
      await Promise.all(waiting.map(({ isReady }) => isReady));
      for (const { go } of waiting) go();
      return Promise.all(waiting.map(({ answer }) => answer));
    },
    end: async () => {
      await proxy.close();
      await provider.close();
      await session.end();
    },
  };
  await lab.signIn();
  return lab;
}

/** One for each test of a file that runs on Linux; ask for it within a test. */
export function tokenLabs(): () => TokenLab {
  const homes = madeUpHomes();
  let lab: TokenLab | null = null;
  beforeEach(async () => {
    lab = null;
    lab = await tokenLab(homes.base(), homes.credence());
  });
  afterEach(async () => {
    await lab?.end();
  });
  return () => {
    if (lab === null) throw new Error('There is no lab outside of a test.');
    return lab;
  };
}

interface Waiting {
  readonly isReady: Promise<void>;
  readonly go: () => void;
  readonly answer: Promise<CommandAnswer>;
}

/** A shell that becomes the command when it is told to. */
function letGo(command: readonly string[], variables: Readonly<Record<string, string>>): Waiting {
  const child = spawn('sh', ['-c', 'echo ready; read -r line; exec "$@" </dev/null', 'sh', ...command], {
    env: variables,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const isReady = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.startsWith('ready\n')) resolve();
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const answer = new Promise<CommandAnswer>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ stdout: stdout.slice('ready\n'.length), stderr, exitCode, inTime: true });
    });
  });
  return { isReady, go: () => child.stdin.end('go\n'), answer };
}
