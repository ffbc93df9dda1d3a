import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileStore } from '../../electron/adapters/files/node-file-store.ts';
import { madeUpEnvironment } from '../../shared/testing/made-up-environment.ts';
import { rightClaude } from '../../shared/usecases/sign-in/claude-program.ts';
import { claudeLab, until, type ClaudeLab, type LabSession } from '../fake-claude/claude-lab.ts';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { onLinux } from '../support/on-system.ts';

/**
 * What Credence relies on of `claude auth login`, asked of the fake one, and of the unmodified program where `CREDENCE_REAL_CLAUDE`
 * names it by its absolute path. Without that the second half counts as skipped: it was not shown. It runs in a made-up home, with
 * a browser that only writes down what it is to open, and a proxy that is not there: nothing gets out, and no login can come of it.
 */
const real = process.env['CREDENCE_REAL_CLAUDE'] ?? '';
const NO_NETWORK = 'connect ECONNREFUSED 127.0.0.1:9';
const PROMPT = 'Paste code here if prompted > ';
const PRINTED = /^If the browser didn't open, visit: (https:\S+)$/m;
/** What any run of a command leaves, with or without a login. */
const OF_ANY_RUN =
  /^(\.claude|\.claude\.json|\.claude\/(backups|telemetry|cache|projects|statsig)(\/.*)?|\.cache(\/.*)?)$/;

let lab: ClaudeLab;

beforeEach(() => {
  lab = claudeLab();
});

afterEach(async () => {
  await lab.close();
});

const programs: readonly (readonly [string, boolean, () => string])[] = [
  [
    'The fake program',
    onLinux,
    () => layFakeClaude(path.join(lab.home, '../bin'), { exchangeFails: NO_NETWORK }),
  ],
  ['The unmodified program, where CREDENCE_REAL_CLAUDE names it', onLinux && real !== '', () => real],
];

describe.each(programs)('%s', (_, isThere, program) => {
  const login = async (...options: readonly string[]): Promise<LabSession> => {
    const session = lab.start(program(), ['auth', 'login', ...options]);
    await until(() => session.output().includes(PROMPT) && lab.opened() !== null);
    return session;
  };
  const left = (): readonly string[] => lab.files().filter((name) => !OF_ANY_RUN.test(name));
  const callback = (query: string): Promise<Response> =>
    fetch(`${lab.opened()?.searchParams.get('redirect_uri') ?? ''}?${query}`);

  test.runIf(isThere && real !== '')('It can be told where it is without running it.', () => {
    const environment = madeUpEnvironment({ home: lab.home, userId: process.getuid?.() ?? null });
    const answer = rightClaude({ files: nodeFileStore, environment }, program());
    expect(answer).toMatchObject({
      ok: true,
      program: { realPath: expect.stringContaining('claude') as string },
    });
  });

  test.runIf(isThere).each([
    [[], 'claude.com'],
    [['--claudeai'], 'claude.com'],
    [['--console'], 'platform.claude.com'],
    [['--sso', '--email', 'a b+c@example.com'], 'claude.com'],
  ])(
    'With %j it prints a link and a prompt, and opens the same page with its own way back.',
    async (options, host) => {
      const { output, errors, program: running } = await login(...options);
      const printed = new URL(PRINTED.exec(output())?.[1] ?? '');
      const opened = lab.opened() ?? new URL('about:blank');
      expect([printed.protocol, printed.host, opened.host, errors()]).toEqual(['https:', host, host, '']);
      expect(output().endsWith(`\n${PROMPT}`)).toBe(true);
      expect(new URL(printed.searchParams.get('redirect_uri') ?? '').host).toBe('platform.claude.com');
      expect(opened.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/callback$/);
      for (const name of ['state', 'code_challenge', 'scope', 'login_hint', 'login_method'])
        expect(printed.searchParams.get(name)).toBe(opened.searchParams.get(name));
      expect(printed.searchParams.get('login_hint')).toBe(
        options.includes('--sso') ? 'a b+c@example.com' : null,
      );
      expect(printed.searchParams.get('code_challenge_method')).toBe('S256');
      await running.stop();
    },
  );

  test.runIf(isThere)('A code that is not whole is told, and it waits on.', async () => {
    const { program: running, errors, send } = await login();
    for (const [at, line] of ['abc', '', 'abc#', '#def'].entries()) {
      send(`${line}\n`);
      await until(() => errors().split('\n').length === at + 2);
    }
    expect(new Set(errors().trim().split('\n')).size).toBe(1);
    expect(errors()).toContain('#');
    expect(await running.stop()).toEqual({ exitCode: 0, by: 'interrupt' });
  });

  test.runIf(isThere)('A code that the server does not take, or cannot, ends it with a reason.', async () => {
    const { program: running, errors, send } = await login();
    send('a-made-up-code#of-another-attempt\n');
    expect(
      lab
        .processes()
        .map(({ command }) => command)
        .join('\n'),
    ).not.toContain('a-made-up-code');
    expect(await running.ended).toEqual({ exitCode: 1, by: 'itself' });
    expect(errors()).toBe(`Couldn't log in: ${NO_NETWORK}\n`);
    expect([left(), lab.processes()]).toEqual([[], []]);
  });

  test.runIf(isThere).each([
    ['code=x&state=of-another-attempt', 'Invalid state parameter'],
    ['error=access_denied', 'No authorization code received'],
  ])('A browser that comes back with %j ends it.', async (query, reason) => {
    const { program: running, errors } = await login();
    const state = lab.opened()?.searchParams.get('state') ?? '';
    const answer = await callback(query.includes('state') ? query : `${query}&state=${state}`);
    expect(answer.status).toBe(400);
    expect(await running.ended).toEqual({ exitCode: 1, by: 'itself' });
    expect(errors()).toBe(`Couldn't log in: ${reason}\n`);
  });

  test.runIf(isThere)('A browser that asks for something else changes nothing.', async () => {
    const { program: running, errors } = await login();
    const redirect = lab.opened()?.searchParams.get('redirect_uri') ?? '';
    expect((await fetch(redirect.replace('/callback', '/favicon.ico'))).status).toBe(404);
    expect(errors()).toBe('');
    expect((await running.stop()).by).toBe('interrupt');
  });

  test.runIf(isThere)(
    'Cancelled it leaves nothing: no process, no lock, no file but what any run leaves.',
    async () => {
      const { program: running } = await login();
      expect(await running.stop()).toEqual({ exitCode: 0, by: 'interrupt' });
      expect([left(), lab.processes()]).toEqual([[], []]);
    },
  );

  test.runIf(isThere)('When Credence is killed it ends, though nothing else would end it.', async () => {
    const request = { file: program(), args: ['auth', 'login'], folder: lab.home, variables: lab.variables };
    const script = path.join(import.meta.dirname, '../fake-claude/starting-parent.ts');
    const parent = spawn(process.execPath, [script, JSON.stringify(request)], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {},
    });
    await until(() => lab.opened() !== null);
    parent.kill('SIGKILL');
    const killed = performance.now();
    await until(() => lab.processes().length === 0);
    expect(performance.now() - killed).toBeLessThan(5_000);
    expect(left()).toEqual([]);
  });

  test.runIf(isThere).each<readonly [readonly string[], RegExp]>([
    [['auth', 'login', '--console', '--claudeai'], /^Error: .*can't be used together\.\n$/],
    [['auth', 'login', '--no-such-option'], /^error: unknown option '--no-such-option'\n$/],
    [['setup-token', 'x'], /^error: too many arguments/],
  ])('%j is refused at once.', async (args, message) => {
    const { program: running, output, errors } = lab.start(program(), args);
    expect(await running.ended).toEqual({ exitCode: 1, by: 'itself' });
    expect([output(), errors()]).toEqual(['', expect.stringMatching(message)]);
  });

  test.runIf(isThere)('Logging out where nobody is logged in goes well, and says so.', async () => {
    const { program: running, output } = lab.start(program(), ['auth', 'logout']);
    expect(await running.ended).toEqual({ exitCode: 0, by: 'itself' });
    expect(output()).toBe('Successfully logged out from your Anthropic account.\n');
    expect(left()).toEqual([]);
  });

  test.runIf(isThere)(
    'With pipes a setup token asks nothing and says nothing, but opens the browser.',
    async () => {
      const { program: running, output, errors } = lab.start(program(), ['setup-token']);
      await until(() => lab.opened() !== null);
      expect(lab.opened()?.searchParams.get('scope')).toBe('user:inference');
      expect([output(), errors()]).toEqual(['', '']);
      expect((await running.stop()).by).toBe('interrupt');
      expect(existsSync(path.join(lab.home, '.claude/.credentials.json'))).toBe(false);
    },
  );
});
