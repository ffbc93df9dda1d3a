import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { layProviders, providerEntry } from '../provider/lay-providers.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { ANSWER, loopbackGateway, type Gateway } from '../support/loopback-gateway.ts';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLab, type TokenLab } from '../tokens/token-lab.ts';

/**
 * “Use for Claude Code”, to the end: a person who is signed in to a provider, a keychain, a gateway that writes down which headers
 * come, and a Claude Code between them: a stand-in, and the unmodified program where `CREDENCE_REAL_CLAUDE` names it by its absolute
 * path. Without that the second half counts as skipped: it was not shown. All addresses but the loopback ones lead to a proxy that
 * is not there.
 */
const real = process.env['CREDENCE_REAL_CLAUDE'] ?? '';
const standIn = path.join(import.meta.dirname, '../fake-claude/print-run.mjs');
const CLOSED = 'http://127.0.0.1:9';
const REFRESH = { path: '/token', grant: 'refresh_token' };
const LOGIN = 'sk-ant-oat01-made-up-login';
/** What a shell would do something with, were it not quoted. Sockets lie below it, so it is short. */
const ODD = `a "b" $(touch x) 'ü' \`id\` $HOME;#\\`;

let base = '';
let credence: BuiltCommand;
let lab: TokenLab;
let gateway: Gateway;
let folder = '';

beforeAll(() => {
  // Sockets have a limit of 108 bytes.
  base = realpathSync(mkdtempSync('/tmp/credence-g-'));
  credence = installed(base);
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** As a package manager lays it. */
function installed(bin: string): BuiltCommand {
  const command = builtCommand(bin);
  symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(bin, 'lib', 'node_modules'));
  return command;
}

const programs: readonly (readonly [string, boolean, readonly string[]])[] = [
  ['A stand-in for Claude Code', onLinux, [process.execPath, standIn]],
  ['The unmodified program, where CREDENCE_REAL_CLAUDE names it', onLinux && real !== '', [real]],
];

describe.each(programs)('%s', (_, isThere, program) => {
  beforeEach(async () => {
    if (isThere) await open(base);
  });

  afterEach(async () => {
    if (!isThere) return;
    await lab.end();
    await gateway.close();
  });

  async function open(below: string): Promise<void> {
    lab = await tokenLab(below, credence);
    gateway = await loopbackGateway();
    folder = path.join(lab.session.home, 'work');
    mkdirSync(folder);
    mkdirSync(path.join(lab.session.home, '.claude'));
    configure('both');
  }

  function configure(header: string): void {
    const { issuer, clientId, scopes } = lab.configured;
    const more = { issuer, clientId, scopes, header, baseUrl: gateway.url };
    layProviders(lab.session.home, providerEntry(NAME, more));
  }

  const inHome = (name: string): string => path.join(lab.session.home, name);
  const variables = (): Readonly<Record<string, string>> => ({
    ...lab.session.variables,
    PATH: credence.searchPath,
    TMPDIR: lab.session.home,
    HTTPS_PROXY: CLOSED,
    HTTP_PROXY: CLOSED,
    NO_PROXY: '127.0.0.1',
  });
  const ask = (...args: readonly string[]): Promise<CommandAnswer> =>
    credence.ask(args, { folder, variables: variables() });

  const use = async (
    ...more: readonly string[]
  ): Promise<{ readonly words: string; readonly changeId: string }> => {
    const { stdout, stderr, exitCode } = await ask('providers', '--use', NAME, '--apply', ...more);
    expect([exitCode, stderr]).toEqual([0, '']);
    return { words: stdout.replace(/\s+/g, ' '), changeId: /--undo (\w+)/.exec(stdout)?.[1] ?? '' };
  };

  /** A print run, without what was sent before it. */
  const claude = (...more: readonly string[]): Promise<CommandAnswer> => {
    gateway.forget();
    return askCommand([...program, ...more, '-p', 'hi'], folder, variables());
  };
  /** Both headers of each request to a model. */
  const sent = (): readonly unknown[] =>
    gateway.toModel().map(({ authorization, apiKey }) => [authorization, apiKey]);
  const asBoth = (token: string): readonly [string, string] => [`Bearer ${token}`.trim(), token];

  /** What Credence says is sent, from where, and to where; the helper is run as Claude Code would. */
  const told = async (mode: string, ...more: readonly string[]): Promise<unknown> => {
    const { stdout } = await ask('status', '--mode', mode, '--run-helper', '--json', ...more);
    const { sends, baseUrl } = JSON.parse(stdout) as Told;
    const slot = (one: ToldSlot | null): unknown =>
      one === null
        ? null
        : { source: one.source, at: at(one.origin), usable: one.broken !== true, helper: one.helper ?? null };
    const { authorization = null, xApiKey = null } = sends ?? {};
    // Two headers with one value are told as one value.
    expect(authorization?.fingerprint === xApiKey?.fingerprint).toBe(
      gateway.toModel().every((one) => one.authorization === `Bearer ${one.apiKey ?? ''}`.trim()),
    );
    return {
      authorization: slot(authorization),
      xApiKey: slot(xApiKey),
      goesTo: baseUrl === null ? null : `${baseUrl.value} by ${at(baseUrl.origin)}`,
    };
  };
  const at = ({ path: file, line }: ToldOrigin): string =>
    `${path.relative(lab.session.home, file ?? '')}${line == null ? '' : `:${String(line)}`}`;
  const byHelper = (file: string, line: number, usable = true): unknown => {
    const slot = { source: 'api-key-helper', at: `${file}:${String(line)}`, usable, helper: 'ran' };
    return { authorization: slot, xApiKey: slot, goesTo: `${gateway.url} by ${file}:${String(line - 2)}` };
  };

  test.runIf(isThere)(
    'The login is sent before, the token in between, and the login after the undo; Credence says so each time.',
    async () => {
      writeFileSync(
        inHome('.claude/.credentials.json'),
        JSON.stringify({
          claudeAiOauth: {
            accessToken: LOGIN,
            refreshToken: 'sk-ant-ort01-made-up',
            expiresAt: Date.now() + 3_600_000,
            scopes: ['user:inference'],
          },
        }),
        { mode: 0o600 },
      );
      const before = `{\n  "env": {\n    "ANTHROPIC_BASE_URL": "${gateway.url}"\n  }\n}\n`;
      writeFileSync(inHome('.claude/settings.json'), before);
      const login = {
        source: 'claude-login',
        at: '.claude/.credentials.json',
        usable: true,
        helper: null,
      };
      const loggedIn = {
        authorization: login,
        xApiKey: null,
        goesTo: `${gateway.url} by .claude/settings.json:3`,
      };

      expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, exitCode: 0 });
      expect(sent()).toEqual([[`Bearer ${LOGIN}`, null]]);
      expect(await told('print')).toEqual(loggedIn);

      const { changeId } = await use();
      const { accessToken } = await lab.kept();
      expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, stderr: '', exitCode: 0 });
      expect(sent()).toEqual([asBoth(accessToken)]);
      expect(await told('print')).toEqual(byHelper('.claude/settings.json', 5));

      expect((await ask('clear', '--undo', changeId)).exitCode).toBe(0);
      expect(readFileSync(inHome('.claude/settings.json'), 'utf8')).toBe(before);
      expect(await claude()).toMatchObject({ exitCode: 0 });
      expect(sent()).toEqual([[`Bearer ${LOGIN}`, null]]);
      expect(await told('print')).toEqual(loggedIn);
    },
  );

  test.runIf(isThere).each([
    ['both', 'in both headers, Authorization and x-api-key. After'],
    ['authorization', 'wants it in Authorization alone; the other header carries it as well.'],
    ['x-api-key', 'wants it in x-api-key alone; the other header carries it as well.'],
  ])(
    'For a gateway that wants “%s” both headers carry the token, as the plan says.',
    async (header, words) => {
      configure(header);
      expect((await use()).words).toContain(words);
      const { accessToken } = await lab.kept();
      expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, stderr: '', exitCode: 0 });
      expect(sent()).toEqual([asBoth(accessToken)]);
      expect(lab.refreshes()).toBe(0);
    },
  );

  test.runIf(isThere)(
    'Settings of the project are used as well; a bare run takes them by --settings alone.',
    async () => {
      mkdirSync(path.join(folder, '.claude'));
      await use('--scope', 'local');
      const { accessToken } = await lab.kept();
      const local = 'work/.claude/settings.local.json';
      await claude();
      expect(sent()).toEqual([asBoth(accessToken)]);
      expect(await told('print')).toEqual(byHelper(local, 5));

      expect(await claude('--bare')).toMatchObject({ exitCode: 1 });
      expect(sent()).toEqual([]);
      expect(await told('bare')).toMatchObject({ authorization: null, xApiKey: null });

      const named = ['--settings', inHome(local)] as const;
      expect(await claude('--bare', ...named)).toMatchObject({ exitCode: 0 });
      expect(sent()).toEqual([asBoth(accessToken)]);
      expect(await told('bare', ...named)).toEqual(byHelper(local, 5));
    },
  );

  test.runIf(isThere)('A token that has ended is renewed before it is sent.', async () => {
    await use();
    const before = await lab.kept();
    await lab.age(2);
    expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, stderr: '', exitCode: 0 });
    const after = await lab.kept();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect([sent(), lab.refreshes()]).toEqual([[asBoth(after.accessToken)], 1]);
  });

  test.runIf(isThere)('Should the gateway refuse a token meanwhile, Credence is asked again.', async () => {
    await use();
    const before = await lab.kept();
    gateway.answerWith(async ({ apiKey }) => {
      if (apiKey !== before.accessToken) return 200;
      await lab.age(2);
      return 401;
    });
    expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, stderr: '', exitCode: 0 });
    const after = await lab.kept();
    expect(sent()).toEqual([asBoth(before.accessToken), asBoth(after.accessToken)]);
    expect(lab.refreshes()).toBe(1);
  });

  test.runIf(isThere)(
    'Of six at once with a token that has ended one renews it, and all send the new one.',
    async () => {
      await use();
      await lab.age(2);
      gateway.forget();
      const runs = await Promise.all(
        Array.from({ length: 6 }, () => askCommand([...program, '-p', 'hi'], folder, variables())),
      );
      const { accessToken } = await lab.kept();
      expect(runs.map(({ stdout, stderr, exitCode }) => [stdout, stderr, exitCode])).toEqual(
        runs.map(() => [`${ANSWER}\n`, '', 0]),
      );
      expect(sent()).toEqual(runs.map(() => asBoth(accessToken)));
      expect(lab.refreshes()).toBe(1);
    },
  );

  test.runIf(isThere).each<readonly [string, () => Promise<unknown>, number, string]>([
    [
      'the provider is down',
      async () => {
        await lab.age(2);
        lab.proxy.when(REFRESH, { do: 'answer', status: 503 });
      },
      3,
      'it asks to come back later (HTTP 503)',
    ],
    [
      'the provider has ended the sign-in',
      async () => {
        await lab.provider.forget((await lab.kept()).refreshToken ?? '');
        await lab.age(2);
      },
      1,
      `Sign in with “credence login --provider ${NAME}”.`,
    ],
    ['the keychain is locked', () => lab.session.lock(), 3, 'Unlock the keychain'],
    [
      'nobody is signed in any more',
      () => ask('logout', '--provider', NAME, '--yes'),
      1,
      'Nobody is signed in',
    ],
    [
      'the provider is not in providers.json any more',
      async () => rm(path.join(lab.own, 'providers.json')),
      2,
      `There is no provider “${NAME}”`,
    ],
  ])(
    'When %s nothing is sent but empty headers, and Claude Code shows why.',
    async (_case, breaks, exitCode, words) => {
      await use();
      await breaks();
      gateway.answerWith(({ apiKey }) => (apiKey === '' ? 401 : 200));
      const run = await claude();
      expect(run.exitCode).toBe(1);
      expect(run.stdout).toMatch(/^Your apiKeyHelper script is failing/);
      const said = run.stderr.replace(/\s+/g, ' ');
      expect(said).toMatch(new RegExp(`^apiKeyHelper failed: exited ${String(exitCode)}: credence: `));
      expect(said).toContain(words);
      expect(sent()).toEqual([asBoth(''), asBoth(''), asBoth('')]);
      expect(await told('print')).toEqual(byHelper('.claude/settings.json', 5, false));
      const withoutRun = (await ask('status', '--mode', 'print')).stdout;
      expect(withoutRun.includes(`The sign-in to ${NAME} has ended`)).toBe(words.includes('Sign in with'));
    },
  );

  test.runIf(isThere)('Names that a shell would read otherwise are quoted for it.', async () => {
    await lab.end();
    await gateway.close();
    const odd = path.join(base, ODD);
    mkdirSync(odd);
    const usual = credence;
    credence = installed(odd);
    try {
      await open(odd);
      await use();
      const { accessToken } = await lab.kept();
      expect(await claude()).toMatchObject({ stdout: `${ANSWER}\n`, stderr: '', exitCode: 0 });
      expect(sent()).toEqual([asBoth(accessToken)]);
      expect(await told('print')).toEqual(byHelper('.claude/settings.json', 5));
      expect([...readdirSync(folder), ...readdirSync(lab.session.home)]).not.toContain('x');
    } finally {
      credence = usual;
      rmSync(odd, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
});

interface ToldOrigin {
  readonly path?: string;
  readonly line?: number | null;
}

interface ToldSlot {
  readonly source: string;
  readonly origin: ToldOrigin;
  readonly fingerprint: string | null;
  readonly broken?: boolean;
  readonly helper?: string;
}

interface Told {
  readonly sends: { readonly authorization: ToldSlot | null; readonly xApiKey: ToldSlot | null } | null;
  readonly baseUrl: { readonly value: string; readonly origin: ToldOrigin } | null;
}
