import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkHelperOutput } from '../../shared/core/helper/contract.ts';
import { organisationItem } from '../../shared/usecases/keyring-services/organisation-token.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLab, type TokenLab } from '../tokens/token-lab.ts';

/** Milliseconds: the deadline of the keychain, and patience with a machine that has other work too. */
const DEADLINE = 5_000;
const PATIENCE = 10_000;
const REFRESH = { path: '/token', grant: 'refresh_token' };

let base = '';
let credence: BuiltCommand;
let lab: TokenLab;

beforeAll(() => {
  // Sockets have a limit of 108 bytes.
  base = realpathSync(mkdtempSync('/tmp/credence-t-'));
  credence = builtCommand(base);
  // As a package manager lays it.
  symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(base, 'lib', 'node_modules'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  beforeEach(async () => {
    lab = await tokenLab(base, credence);
  });

  afterEach(async () => {
    await lab.end();
  });

  test('the token is printed in one line and nothing else, and the provider is not asked.', async () => {
    const { accessToken } = await lab.kept();
    const run = await lab.ask();
    expect(run).toMatchObject({ stdout: `${accessToken}\n`, stderr: '', exitCode: 0 });
    expect(checkHelperOutput(run.stdout, run.exitCode, false)).toMatchObject({ ok: true });
    expect(await lab.provider.isStillGood(accessToken)).toBe(true);
    expect(lab.refreshes()).toBe(0);
  });

  test('one that has ended is renewed first, kept, and printed.', async () => {
    const before = await lab.kept();
    await lab.age(2);
    const run = await lab.ask();
    const after = await lab.kept();
    expect(run).toMatchObject({ stdout: `${after.accessToken}\n`, stderr: '', exitCode: 0 });
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(await lab.provider.isStillGood(after.accessToken)).toBe(true);
    expect(lab.refreshes()).toBe(1);
    expect(lab.tokens.known()).toMatchObject([{ provider: NAME, state: 'signed-in', trial: null }]);
  });

  test('of twenty at once with a token that has ended, one renews it, and all print the new one; again and again.', async () => {
    for (let round = 1; round <= 3; round++) {
      const before = await lab.kept();
      await lab.age(2);
      const runs = await lab.askAtOnce(20);
      const after = await lab.kept();
      expect(runs.map(({ stdout, stderr, exitCode }) => [stdout, stderr, exitCode])).toEqual(
        runs.map(() => [`${after.accessToken}\n`, '', 0]),
      );
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect(lab.refreshes()).toBe(1);
      expect(await lab.provider.isStillGood(after.accessToken)).toBe(true);
      expect(await lab.provider.isStillGood(after.refreshToken ?? '')).toBe(true);
    }
  });

  test('the provider would end the sign-in of two that renew without a lock.', async () => {
    const { refreshToken, accessToken } = await lab.kept();
    const { openidOidc } = await import('../../electron/adapters/oidc/openid-oidc.ts');
    const oidc = openidOidc({ variables: {} });
    const answers = [
      await oidc.refresh(lab.configured, refreshToken ?? ''),
      await oidc.refresh(lab.configured, refreshToken ?? ''),
    ];
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code))).toEqual([
      'ok',
      'invalid-grant',
    ]);
    expect(await lab.provider.isStillGood(accessToken)).toBe(false);
    const [first] = answers;
    expect(first?.ok === true && (await lab.provider.isStillGood(first.value.refreshToken ?? ''))).toBe(
      false,
    );
  });

  describe('and a provider that fails', () => {
    test.each([
      ['with 503', { do: 'answer', status: 503 }, 'asks to come back later (HTTP 503)'],
      [
        'with 429',
        { do: 'answer', status: 429, headers: { 'retry-after': '3' } },
        'asks to come back later (HTTP 429)',
      ],
      [
        'with a page of a captive portal',
        {
          do: 'answer',
          status: 200,
          headers: { 'content-type': 'text/html' },
          body: '<html>Log in to the Wi-Fi</html>',
        },
        'is no answer of a provider',
      ],
      ['by not taking the connection', { do: 'reset-before' }, 'the provider gave no new one'],
    ] as const)('%s takes nothing away: it is said, and the next time it works.', async (_, fault, words) => {
      const before = await lab.kept();
      await lab.age(2);
      const stop = lab.proxy.when(REFRESH, fault);
      const run = await lab.ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr.replace(/\s+/g, ' ')).toContain(words);
      expect(await lab.kept()).toMatchObject({ refreshToken: before.refreshToken, refused: null });
      // Still good for a while, it is printed all the same.
      await lab.age(-1.05);
      expect(await lab.ask()).toMatchObject({ stdout: `${before.accessToken}\n`, exitCode: 0 });
      stop();
      await lab.age(1.05);
      await new Promise((resolve) => setTimeout(resolve, 3_100));
      expect(await lab.ask()).toMatchObject({ stderr: '', exitCode: 0 });
      expect((await lab.kept()).refreshToken).not.toBe(before.refreshToken);
    });

    test('twenty at once ask it once.', async () => {
      await lab.age(2);
      lab.proxy.when(REFRESH, { do: 'answer', status: 503 });
      const runs = await lab.askAtOnce(20);
      expect(new Set(runs.map(({ stdout, exitCode }) => `${String(exitCode)} ${stdout}`))).toEqual(
        new Set(['3 ']),
      );
      expect(lab.refreshes()).toBe(1);
    });
  });

  test('a refused refresh token is named so, kept, and not sent again, until somebody signs in.', async () => {
    const before = await lab.kept();
    await lab.provider.forget(before.refreshToken ?? '');
    await lab.age(2);
    for (let left = 2; left > 0; left--) {
      const run = await lab.ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 1 });
      expect(run.stderr).toContain(`credence login --provider ${NAME}`);
    }
    expect(lab.refreshes()).toBe(1);
    expect(await lab.kept()).toMatchObject({
      accessToken: before.accessToken,
      refreshToken: before.refreshToken,
      refused: before.refreshToken,
    });
    expect(lab.tokens.known()).toMatchObject([{ state: 'needs-sign-in' }]);
    await lab.signIn();
    expect(await lab.ask()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('killed between the provider’s answer and the keychain it ends in a sign-in that is asked for, and the old token is kept.', async () => {
    const before = await lab.kept();
    await lab.age(2);
    // The keychain stands still from the answer on, so that the new token is in that one process and nowhere else.
    const stop = lab.proxy.when(REFRESH, {
      do: 'rewrite',
      body: (text) => {
        lab.daemon.kill('SIGSTOP');
        return text;
      },
    });
    const child = spawn('node', [credence.file, 'token', '--provider', NAME], {
      env: { ...lab.session.variables, PATH: credence.searchPath },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await until(() =>
      lab.proxy.requests().some(({ grant, done }) => grant === 'refresh_token' && done === 'rewrite'),
    );
    // It has the answer, and waits for the keychain.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    lab.daemon.kill('SIGCONT');
    stop();
    expect(printed).toBe('');
    expect(await lab.kept()).toMatchObject({ refreshToken: before.refreshToken, refused: null });

    const run = await lab.ask();
    expect(run).toMatchObject({ stdout: '', exitCode: 1 });
    expect(run.stderr).toContain(`credence login --provider ${NAME}`);
    expect(await lab.kept()).toMatchObject({
      accessToken: before.accessToken,
      refreshToken: before.refreshToken,
      refused: before.refreshToken,
    });
  });

  test('a keychain that stands still for a moment after the answer keeps the new token all the same.', async () => {
    const before = await lab.kept();
    await lab.age(2);
    lab.proxy.when(
      { ...REFRESH, times: 1 },
      {
        do: 'rewrite',
        body: (text) => {
          lab.daemon.kill('SIGSTOP');
          setTimeout(() => lab.daemon.kill('SIGCONT'), 6_500);
          return text;
        },
      },
    );
    const run = await lab.ask();
    const after = await lab.kept();
    expect(run).toMatchObject({ stdout: `${after.accessToken}\n`, stderr: '', exitCode: 0 });
    expect(after.refreshToken).not.toBe(before.refreshToken);
  });

  test('a holder of the lock that stands still is waited for; a token that is good for a while is printed at once.', async () => {
    const { accessToken } = await lab.kept();
    await lab.age(0.95);
    const holder = await holding(lab);
    holder.kill('SIGSTOP');
    try {
      expect(await lab.ask()).toMatchObject({ stdout: `${accessToken}\n`, exitCode: 0 });
      await lab.age(1);
      const waiting = lab.ask();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(lab.refreshes()).toBe(0);
      holder.kill('SIGKILL');
      expect(await waiting).toMatchObject({ exitCode: 0, stderr: '' });
      expect(lab.refreshes()).toBe(1);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  describe('and a keychain that is', () => {
    test.each(['fresh', 'ended'] as const)(
      'locked, with a token that is %s: it is said, nobody is asked, nothing is lost.',
      async (age) => {
        if (age === 'ended') await lab.age(2);
        await lab.session.lock();
        const run = await lab.ask();
        expect(run).toMatchObject({ stdout: '', exitCode: 3 });
        expect(run.stderr).toContain('The keychain is locked');
        expect([lab.session.prompts(), lab.refreshes()]).toEqual([0, 0]);
        await lab.session.startKeyring();
        expect(await lab.ask()).toMatchObject({ exitCode: 0, stderr: '' });
      },
    );

    test('frozen: it is said within its deadline, and nothing is lost.', async () => {
      lab.daemon.kill('SIGSTOP');
      const started = performance.now();
      const run = await lab.ask();
      const took = performance.now() - started;
      lab.daemon.kill('SIGCONT');
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain does not answer');
      expect(took).toBeLessThan(DEADLINE + PATIENCE);
      expect(await lab.ask()).toMatchObject({ exitCode: 0, stderr: '' });
    });

    test('killed, and started again by the bus: it is locked, which is said.', async () => {
      const closed = new Promise((resolve) => lab.daemon.once('close', resolve));
      lab.daemon.kill('SIGKILL');
      await closed;
      const run = await lab.ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain is locked');
      expect(lab.session.prompts()).toBe(0);
      await lab.session.startKeyring();
      expect(await lab.ask()).toMatchObject({ exitCode: 0, stderr: '' });
    });

    test('not there: it is said.', async () => {
      const run = await lab.ask({ HOME: lab.session.home });
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain does not answer');
    });

    test('empty: somebody has to sign in.', async () => {
      await lab.keyring.remove(organisationItem(NAME));
      const run = await lab.ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 1 });
      expect(run.stderr).toContain(`Nobody is signed in to ${NAME}`);
      // The note of a sign-in that is not there goes with that.
      expect(lab.tokens.known()).toEqual([]);
    });

    test('of another form: what is in it is not printed, and stays.', async () => {
      await lab.keyring.set(organisationItem(NAME), '{"accessToken":"of-another"}');
      const run = await lab.ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr.replace(/\s+/g, ' ')).toContain('is not what Credence stored there');
      expect(await lab.keyring.get(organisationItem(NAME))).toMatchObject({
        secret: '{"accessToken":"of-another"}',
      });
    });
  });

  describe('signing out', () => {
    test('ends the tokens at the provider, and deletes them here.', async () => {
      const { accessToken, refreshToken } = await lab.kept();
      expect(await lab.tokens.signOut(lab.configured, false)).toEqual({ ok: true, revoked: 'revoked' });
      expect(await lab.provider.isStillGood(accessToken)).toBe(false);
      expect(await lab.provider.isStillGood(refreshToken ?? '')).toBe(false);
      expect(await lab.keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
      expect(await lab.ask()).toMatchObject({ stdout: '', exitCode: 1 });
      const revoked = lab.proxy.requests().filter(({ path: asked }) => asked === '/token/revocation');
      expect(revoked.map(({ body }) => new URLSearchParams(body).get('token_type_hint'))).toEqual([
        'refresh_token',
        'access_token',
      ]);
    });

    test('from a provider that cannot be told deletes nothing unless it is to.', async () => {
      const before = await lab.kept();
      lab.proxy.when({ path: '/token/revocation' }, { do: 'answer', status: 503 });
      expect(await lab.tokens.signOut(lab.configured, false)).toMatchObject({
        ok: false,
        why: { code: 'not-revoked' },
      });
      expect(await lab.kept()).toEqual(before);
      expect(await lab.tokens.signOut(lab.configured, true)).toEqual({ ok: true, revoked: 'failed' });
      expect(await lab.keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
    });
  });

  test('the tokens are in no argument, environment or file, and are written to their places only.', async () => {
    const before = await lab.kept();
    await lab.age(2);
    const trace = path.join(lab.session.home, '..', 'trace');
    const child = spawn(
      'strace',
      [
        '-f',
        '-yy',
        '-v',
        '-s',
        '65535',
        '-e',
        'trace=execve,write,writev,sendto,sendmsg,sendmmsg,pwrite64',
        '-o',
        trace,
      ].concat(['node', credence.file, 'token', '--provider', NAME]),
      { env: { ...lab.session.variables, PATH: credence.searchPath }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    const after = await lab.kept();
    expect(printed).toBe(`${after.accessToken}\n`);

    const calls = readFileSync(trace, 'utf8').split('\n');
    rmSync(trace);
    const [oldRefresh, newRefresh] = [before.refreshToken ?? '?', after.refreshToken ?? '?'];
    const secrets = [before.accessToken, after.accessToken, oldRefresh, newRefresh];
    const within = (text: string): readonly string[] => secrets.filter((secret) => holds(text, secret));
    // That it can be seen at all.
    expect(calls.filter((call) => /write\(1</.test(call) && call.includes(after.accessToken))).toHaveLength(
      1,
    );
    expect(calls.filter((call) => call.includes('execve(')).length).toBeGreaterThan(1);
    const carrying = calls.filter((call) => within(call).length > 0);
    expect(carrying.filter((call) => call.includes('execve('))).toEqual([]);
    const targets = new Set(carrying.map((call) => /\(\d+<([A-Za-z-]+)/.exec(call)?.[1]));
    // The provider; and the bus, the process that talks to the keychain, and standard output, which Node makes a socket.
    expect([...targets].sort()).toEqual(['TCP', 'UNIX-STREAM']);
    // A token of this run goes to the provider at most once, and only the one that is spent.
    const toProvider = carrying.filter((call) => call.includes('<TCP:'));
    expect(toProvider.flatMap(within)).toEqual([oldRefresh]);

    for (const file of filesBelow(lab.session.home)) {
      expect([file, within(readFileSync(file, 'latin1'))]).toEqual([file, []]);
    }
  });
});

describe('Without anything', () => {
  const ask = (args: readonly string[]) =>
    credence.ask(['token', ...args], { folder: base, variables: { HOME: base } });

  test.each([
    [[], 2],
    [['--provider'], 2],
    [['--provider', 'a b'], 2],
    [['--provider', '../x'], 2],
    [['--provider', 'A'], 2],
    [['northwind'], 2],
    [['--provider', 'northwind', 'more'], 2],
    [['--provider', 'northwind', '--json'], 2],
    [['--provider', 'northwind', '--nonsense'], 2],
    [['--provider', 'northwind'], 2],
  ])('credence token %j is refused on standard error.', async (args, exitCode) => {
    const run = await ask(args);
    expect(run.exitCode).toBe(exitCode);
    if (!args.includes('--json'))
      expect([run.stdout, run.stderr.startsWith('credence: ')]).toEqual(['', true]);
  });

  test('its help names every exit code.', async () => {
    const run = await ask(['--help']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(/Exit codes\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +4 /);
  });
});

describe.runIf(onLinux)('In a terminal', () => {
  beforeEach(async () => {
    lab = await tokenLab(base, credence);
  });

  afterEach(async () => {
    await lab.end();
  });

  test.each([
    [[], false],
    [['--show'], true],
  ])('with %j the token is shown: %s.', async (more, shown) => {
    const { accessToken } = await lab.kept();
    const command = ['node', credence.file, 'token', '--provider', NAME, ...more].join(' ');
    const child = spawn('script', ['-qec', command, path.join(lab.session.home, 'typescript')], {
      env: { ...lab.session.variables, PATH: credence.searchPath },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    if (shown) expect(printed.trim()).toBe(accessToken);
    else expect(printed).not.toContain(accessToken);
    expect(exitCode).toBe(shown ? 0 : 4);
  });
});

/** As it is, in an address, or as it is put into the keychain; a part of it is enough. */
function holds(text: string, secret: string): boolean {
  const core = secret.slice(2, -2);
  if (text.includes(core)) return true;
  // base64 at each of the three places in which it can begin, without what its neighbours decide.
  return [0, 1, 2].some((start) =>
    text.includes(
      Buffer.from(`${'.'.repeat(start)}${core}`)
        .toString('base64url')
        .slice(4, -4),
    ),
  );
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** Another process that holds the lock of the provider, and keeps it. */
async function holding({ own }: TokenLab): Promise<ChildProcess> {
  const module = path.join(import.meta.dirname, '../../electron/adapters/locks/file-locks.ts');
  const script = `
    import { fileLocks } from ${JSON.stringify(module)};
    await fileLocks(${JSON.stringify(own)}, ${String(process.geteuid?.() ?? 0)}).alone('organisation-${NAME}', 30_000, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  return holder;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come');
}
