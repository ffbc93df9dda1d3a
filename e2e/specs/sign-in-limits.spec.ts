/** Nobody comes back from the browser: the limits of a sign-in as they are, with real processes whose time runs fast. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claudeLab, until, type ClaudeLab } from '../fake-claude/claude-lab.ts';
import { layFakeClaude, type FakeBehaviour } from '../fake-claude/lay-fake-claude.mjs';
import { ADDRESS, isListening, portOf, signInLabs } from '../provider/sign-in-lab.ts';
import { endProcesses } from '../support/end-processes.ts';
import { fastTime } from '../support/fast-time.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';

const MINUTE = 60_000;

const homes = madeUpHomes();

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
  const time = fastTime(homes.base());
  const started = performance.now();
  const command = start(time.variables);
  await isWaiting(command);
  time.run(times, command.processId);
  const { exitCode } = await command.ended;
  return { command, exitCode, longest: (performance.now() - started) * times };
}

describe.runIf(onLinux)('A sign-in to an organisation', () => {
  const organisation = signInLabs();

  test.each([
    ['in words', ['--no-browser']],
    ['in JSON', ['--no-browser', '--json']],
  ] as const)(
    'from whose page nobody comes back ends after ten minutes, and says so %s.',
    async (_, words) => {
      const { lab, configure, start, token } = organisation();
      configure({ deviceFlow: true });
      let port = 0;
      const { command, exitCode, longest } = await waitFor(
        (variables) => start(['login', '--provider', 'lab', ...words], variables),
        async ({ says }) => {
          const [address] = await says(ADDRESS);
          port = portOf(address);
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
      expect(await token()).toEqual({ exitCode: 1, stdout: '' });
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
          { ...homes.credence(), searchPath: `${path.dirname(claude)}:${homes.credence().searchPath}` },
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
