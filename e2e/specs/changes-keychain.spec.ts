import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { APPLY, canTrace, changeLab, CHANGES, undoing, type ChangeLab } from '../changes/change-lab.ts';
import { KEY, layHome, MARK, NAME, OWN, variablesOf } from '../changes/change-scene.ts';
import { judge, type Judgement } from '../changes/home-oracle.ts';
import { runIn, struckAt, traced, type CommandIn } from '../changes/traced-command.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { onLinux } from '../support/on-system.ts';

/** Milliseconds: that of the keychain, the rest of the command, and patience with a machine that has other work too. */
const DEADLINE = 5_000;
const REST = 5_000;
const PATIENCE = 300_000;
const MOVE = ['clear', NAME, '--keychain', '--apply', '--json'];

let lab: ChangeLab;
let base = '';
let session: MadeUpSession;
let daemon: ChildProcess;
let homes = 0;
let home = '';

beforeAll(async () => {
  // Sockets have a limit of 108 bytes.
  base = realpathSync(mkdtempSync('/tmp/credence-c-'));
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
  rmSync(base, { recursive: true, force: true });
});

function newHome(): string {
  const root = path.join(base, String(homes++));
  mkdirSync(root);
  home = layHome(root);
  return home;
}

const inSession = (args: readonly string[], of = home): CommandIn => ({
  credence: lab.credence,
  home: of,
  args,
  variables: { ...session.variables, ...variablesOf(of) },
});
const ask = (args: readonly string[]): Promise<CommandAnswer> => runIn(inSession(args));

async function apply(args = APPLY): Promise<string> {
  const answer = await ask(args);
  expect([answer.exitCode, answer.stderr]).toEqual([0, '']);
  return (JSON.parse(answer.stdout) as { readonly changeId: string }).changeId;
}

const whyOf = ({ stdout }: CommandAnswer): string | undefined =>
  (JSON.parse(stdout) as { readonly error?: { readonly why: string } }).error?.why;

async function isSealed(id: string): Promise<boolean | undefined> {
  const { stdout } = await ask(CHANGES);
  const { changes } = JSON.parse(stdout) as {
    readonly changes: readonly { readonly changeId: string; readonly sealed: boolean }[];
  };
  return changes.find(({ changeId }) => changeId === id)?.sealed;
}

/** Whether the key stands in anything that Credence keeps. */
function keepsKeyInClear(): boolean {
  const folder = path.join(home, OWN, 'changes');
  return readdirSync(folder).some((name) => readFileSync(path.join(folder, name), 'latin1').includes(MARK));
}

const judged = (): Judgement => judge(home, lab.sides, true);

/** Starts the daemon anew, which opens it. */
async function unlock(): Promise<void> {
  daemon = await session.startKeyring();
}

/** What makes the key for what is sealed unavailable, and how it comes back. */
const TROUBLES = [
  { title: 'locked', begin: () => session.lock(), end: unlock },
  {
    title: 'frozen',
    begin: () => {
      daemon.kill('SIGSTOP');
      return Promise.resolve();
    },
    end: () => {
      daemon.kill('SIGCONT');
      return Promise.resolve();
    },
  },
  {
    title: 'killed',
    begin: async () => {
      daemon.kill('SIGKILL');
      await new Promise((resolve) => daemon.once('close', resolve));
    },
    end: unlock,
  },
] as const;

describe.runIf(onLinux)('With gnome-keyring', () => {
  beforeEach(async () => {
    session = await madeUpSession(base);
    daemon = await session.startKeyring();
    newHome();
  });
  afterEach(async () => {
    daemon.kill('SIGCONT');
    await session.end();
  });

  test('What is replaced is sealed, and put back by another process.', async () => {
    const id = await apply();
    expect([await isSealed(id), keepsKeyInClear()]).toEqual([true, false]);
    expect(judged()).toMatchObject({ faults: [], side: 'new' });
    expect((await ask(undoing(id))).exitCode).toBe(0);
    expect(judged()).toMatchObject({ faults: [], side: 'old' });
    expect(session.prompts()).toBe(0);
  });

  test.each(TROUBLES)(
    'While it is $title, what was sealed stays as it is and the undo says why; afterwards it is undone.',
    async ({ begin, end }) => {
      const id = await apply();
      await begin();
      const started = performance.now();
      const refused = await ask(undoing(id));
      expect(performance.now() - started).toBeLessThan(DEADLINE + REST);
      expect([refused.exitCode, whyOf(refused)]).toEqual([4, 'sealed']);
      expect(judged()).toMatchObject({ faults: [], side: 'new' });
      await end();
      expect((await ask(undoing(id))).exitCode).toBe(0);
      expect(judged()).toMatchObject({ faults: [], side: 'old' });
      expect(session.prompts()).toBe(0);
    },
    PATIENCE,
  );

  test.each(TROUBLES)(
    'While it is $title, a change is made all the same, is told to be unsealed, and can be undone.',
    async ({ begin }) => {
      await begin();
      const started = performance.now();
      const told = await ask(['clear', NAME, '--apply']);
      expect(performance.now() - started).toBeLessThan(DEADLINE + REST);
      expect(told.exitCode).toBe(0);
      expect(told.stdout.replace(/\s+/g, ' ')).toContain('kept as it is, readable by you alone');
      const [id = ''] = Object.keys(judged().states);
      expect([await isSealed(id), judged().faults]).toEqual([false, []]);
      expect((await ask(undoing(id))).exitCode).toBe(0);
      expect(judged()).toMatchObject({ faults: [], side: 'old' });
      expect(session.prompts()).toBe(0);
    },
    PATIENCE,
  );

  test.runIf(canTrace)(
    'What was interrupted and is sealed waits for the keychain to be opened, and says so.',
    async () => {
      const log = path.join(base, 'log');
      const { calls } = await traced(inSession(APPLY), log);
      const at = calls.findLastIndex(({ name }) => name === 'renameat2');
      const struck = await struckAt(calls, at, 'signal=SIGKILL', () => {
        newHome();
        return { run: inSession(APPLY), log };
      });
      expect(judge(struck.home, lab.sides, false)).toMatchObject({ faults: [], side: 'mixed' });
      await session.lock();
      const waits = await ask(CHANGES);
      expect(waits.exitCode).toBe(4);
      expect(JSON.parse(waits.stdout)).toMatchObject({
        recovered: [{ stuck: [2, 1, 0].map((step) => ({ step, why: 'sealed' })) }],
      });
      expect(judge(home, lab.sides, false)).toMatchObject({ faults: [], side: 'mixed' });
      await unlock();
      expect((await ask(CHANGES)).exitCode).toBe(0);
      expect(judged()).toMatchObject({ faults: [], side: 'old' });
    },
    PATIENCE,
  );

  test('A key goes into the keychain and back: the helper gives it, and afterwards it is only where it was.', async () => {
    const before = settings();
    const id = await apply(MOVE);
    expect(await ask(['secret', NAME])).toMatchObject({ stdout: `${KEY}\n`, stderr: '', exitCode: 0 });
    const { apiKeyHelper, ...rest } = JSON.parse(settings()) as Readonly<Record<string, unknown>>;
    expect(JSON.stringify(rest)).not.toContain(MARK);
    // As Claude Code runs it, with any search path.
    const helper = spawnSync('/bin/sh', ['-c', String(apiKeyHelper)], {
      env: { ...session.variables, ...variablesOf(home), PATH: lab.credence.searchPath },
      encoding: 'utf8',
    });
    expect([helper.stdout, helper.stderr, helper.status]).toEqual([`${KEY}\n`, '', 0]);
    expect(keepsKeyInClear()).toBe(false);
    // A copy in a comment would be as readable as before.
    for (const file of ['.zshenv', '.zshrc'])
      expect(readFileSync(path.join(home, file), 'utf8')).not.toContain(NAME);
    expect((await ask(undoing(id))).exitCode).toBe(0);
    expect(settings()).toBe(before);
    expect(judged()).toMatchObject({ faults: [], side: 'old' });
    expect(await ask(['secret', NAME])).toMatchObject({ stdout: '', exitCode: 3 });
  });

  test.runIf(canTrace)(
    'Killed between any two files of such a move, the key is in the keychain only if the files ask for it there.',
    async () => {
      const log = path.join(base, 'log');
      const { calls } = await traced(inSession(MOVE), log);
      await ask(undoing(Object.keys(judge(home, lab.sides, false).states)[0] ?? ''));
      const points = calls.flatMap(({ name, text }, at) =>
        name === 'renameat2' || /^rename\(.*\.json"\)/.test(text) ? [at] : [],
      );
      expect(points.length).toBeGreaterThan(5);
      const outcomes = new Set<string>();
      for (const at of points) {
        await struckAt(calls, at, 'signal=SIGKILL', () => {
          newHome();
          return { run: inSession(MOVE), log };
        });
        const then = (await ask(['secret', NAME])).exitCode;
        outcomes.add(then === 0 ? 'stored by then' : 'not stored yet');
        expect((await ask(CHANGES)).exitCode).toBe(0);
        expect(judged()).toMatchObject({ faults: [], side: 'old' });
        expect((await ask(['secret', NAME])).exitCode).toBe(3);
      }
      expect([...outcomes].sort()).toEqual(['not stored yet', 'stored by then']);
    },
    PATIENCE,
  );

  test.each(TROUBLES)('While it is $title, no key is moved, and nothing changes.', async ({ begin }) => {
    await begin();
    const answer = await ask(MOVE);
    expect(answer.exitCode).toBe(4);
    // One that hangs cannot be told from one that is not there.
    expect(answer.stdout).toMatch(/"why": "(unreachable|no-keychain)"/);
    expect(answer.stdout + answer.stderr).not.toContain(MARK);
    expect(judged()).toMatchObject({ faults: [], side: 'old' });
  });
});

const settings = (): string => readFileSync(path.join(home, '.claude/settings.json'), 'utf8');

describe.runIf(onLinux)('Without a keychain', () => {
  test('What is replaced is kept as it is, for this user alone, and undone.', async () => {
    newHome();
    const run = (args: readonly string[]): Promise<CommandAnswer> =>
      runIn({ credence: lab.credence, home, args });
    const { changeId } = JSON.parse((await run(APPLY)).stdout) as { readonly changeId: string };
    expect([keepsKeyInClear(), judged().faults]).toEqual([true, []]);
    expect((await run(undoing(changeId))).exitCode).toBe(0);
    expect(judged()).toMatchObject({ faults: [], side: 'old' });
    const moved = await run(MOVE);
    expect([moved.exitCode, judged().side]).toEqual([4, 'old']);
  });
});
