/** Nobody comes back from the browser: the limits of a sign-in as they are, with real processes whose time runs fast. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claudeLab, until, type ClaudeLab } from '../fake-claude/claude-lab.ts';
import { layFakeClaude, type FakeBehaviour } from '../fake-claude/lay-fake-claude.mjs';
import { startProvider, type Lab } from '../provider/start-provider.mjs';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { endProcesses } from '../support/end-processes.ts';
import { fastTime } from '../support/fast-time.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { onLinux } from '../support/on-system.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';

const MINUTE = 60_000;

let base = '';
let credence: BuiltCommand;

beforeAll(() => {
  base = realpathSync(mkdtempSync('/tmp/credence-l-'));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

interface Waited {
  readonly exitCode: number | null;
  /** Milliseconds of its own time that it can have lived at most. */
  readonly longest: number;
}

/** Starts a command, waits until it waits, and lets its time run until it has ended. */
async function waitFor(
  start: (variables: Readonly<Record<string, string>>) => RunningCommand,
  isWaiting: (command: RunningCommand) => Promise<void>,
  times: number,
): Promise<Waited & { readonly command: RunningCommand }> {
  const time = fastTime(base);
  const started = performance.now();
  const command = start(time.variables);
  await isWaiting(command);
  time.run(times, command.processId);
  const { exitCode } = await command.ended;
  return { command, exitCode, longest: (performance.now() - started) * times };
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe.runIf(onLinux)('A sign-in to an organisation', () => {
  let session: MadeUpSession;
  let lab: Lab;

  beforeEach(async () => {
    lab = await startProvider();
    session = await madeUpSession(base);
    await session.startKeyring();
    const folder = path.join(session.home, '.config/credence');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { issuer, clientId } = lab;
    const provider = { name: 'lab', issuer, clientId, scopes: ['openid'], deviceFlow: true };
    writeFileSync(
      path.join(folder, 'providers.json'),
      JSON.stringify({ schemaVersion: 1, providers: [provider] }),
      { mode: 0o600 },
    );
  });

  afterEach(async () => {
    await session.end();
    await lab.close();
  });

  const login = (
    words: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): RunningCommand =>
    runningCommand(credence, ['login', '--provider', 'lab', ...words], {
      folder: session.home,
      variables: { ...session.variables, ...variables },
    });

  test.each([
    ['in words', ['--no-browser']],
    ['in JSON', ['--no-browser', '--json']],
  ] as const)(
    'from whose page nobody comes back ends after ten minutes, and says so %s.',
    async (_, words) => {
      let port = 0;
      const { command, exitCode, longest } = await waitFor(
        (variables) => login(words, variables),
        async ({ says }) => {
          const [address] = await says(/http:\/\/127\.0\.0\.1:\d+\/auth\?\S+/);
          port = Number(new URL(new URL(address).searchParams.get('redirect_uri') ?? '').port);
          expect(await isListening(port)).toBe(true);
        },
        100,
      );
      expect(exitCode).toBe(1);
      if (words.length > 1)
        expect(JSON.parse(command.stdout())).toMatchObject({
          outcome: 'failed',
          failure: { code: 'not-in-time' },
        });
      else expect(flat(command.said())).toContain('Nobody signed in to lab in time.');
      expect(longest).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(longest).toBeLessThan(60 * MINUTE);
      expect(await isListening(port)).toBe(false);
      expect(lab.counts().grants).toEqual({});
      const token = runningCommand(credence, ['token', '--provider', 'lab'], {
        folder: session.home,
        variables: session.variables,
      });
      expect([(await token.ended).exitCode, token.stdout()]).toEqual([1, '']);
    },
  );
});

describe.runIf(onLinux)('A login to a Claude account', () => {
  let lab: ClaudeLab;

  beforeEach(() => {
    lab = claudeLab();
  });

  afterEach(async () => {
    endProcesses(lab.processes());
    await lab.close();
  });

  test.each<readonly [string, FakeBehaviour]>([
    ['as it is', {}],
    ['that ignores every request', { ignores: ['SIGINT', 'SIGTERM', 'SIGHUP'], grandchild: true }],
  ])('from whose page nobody comes back ends after an hour, with the program: %s', async (_, behaviour) => {
    const claude = layFakeClaude(path.join(lab.home, '../claude'), behaviour);
    let port = 0;
    const { command, exitCode, longest } = await waitFor(
      (variables) =>
        runningCommand(
          { ...credence, searchPath: `${path.dirname(claude)}:${credence.searchPath}` },
          ['login', 'claude', '--yes'],
          { folder: lab.home, variables: { ...lab.variables, ...variables } },
        ),
      async ({ says }) => {
        await says(/Ctrl\+C\s+cancels/);
        await until(() => lab.opened() !== null);
        port = Number(new URL(lab.opened()?.searchParams.get('redirect_uri') ?? '').port);
        expect(await isListening(port)).toBe(true);
      },
      400,
    );
    expect([exitCode, flat(command.said())]).toEqual([
      1,
      expect.stringContaining('Nobody approved the login within an hour.'),
    ]);
    expect(longest).toBeGreaterThanOrEqual(60 * MINUTE);
    expect([lab.processes(), await isListening(port)]).toEqual([[], false]);
    expect(existsSync(path.join(lab.home, '.claude/.credentials.json'))).toBe(false);
  });
});
