import { spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeStore } from '../../electron/adapters/changes/change-store.ts';
import { nodeFileWriter } from '../../electron/adapters/files/node-file-writer.ts';
import { tallied } from '../changes/tallied.ts';
import { inWords, leftIn, SCENES, type FaultScene } from '../writer/fault-scenes.ts';
import {
  callsIn,
  countBefore,
  forEachAtOnce,
  writerProgram,
  type SystemCall,
  type WriterProgram,
} from '../writer/writer-program.ts';

/** Needs strace, and a system that lets it trace. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
/** Everything that may touch a file or its names. */
const TRACED = 'trace=%file,%desc';
/** What changes something on the disk, or makes that durable. */
const CHANGING =
  /^(?:p?write(?:64|v|v2)?|f?truncate|fsync|fdatasync|fchmod(?:at)?|chmod|fchown(?:at)?|[fl]?chown|[fl]?setxattr|[fl]?removexattr|rename(?:at2?)?|link(?:at)?|unlink(?:at)?|mkdir(?:at)?|rmdir|symlink(?:at)?)$/;
/** Milliseconds, for hundreds of small programs one after the other on a machine that has other work too. */
const PATIENCE = 300_000;
const ERRORS = ['EIO', 'ENOSPC', 'EDQUOT', 'EXDEV', 'EROFS'];

let program: WriterProgram;
let worlds = 0;

beforeAll(async () => {
  program = await writerProgram();
});
afterAll(() => {
  program.remove();
});

function newWorld(): string {
  const root = path.join(program.folder, `world-${String(worlds++)}`);
  mkdirSync(root);
  return realpathSync(root);
}

const isChanging = ({ name, text }: SystemCall): boolean =>
  CHANGING.test(name) || /^open\w*\(.*O_CREAT/.test(text);

/** Nothing depends on when something is closed. */
const isWorthIt = ({ name }: SystemCall): boolean => name !== 'close';

/** All that a scene asks of the system when nothing happens to it. */
async function undisturbed(scene: FaultScene): Promise<readonly SystemCall[]> {
  const root = newWorld();
  const log = path.join(root, 'log');
  const job = scene.lay(root);
  expect(scene.stateOf(root)).toBe(scene.old);
  const { answers, errors } = await program.run(job, ['strace', '-o', log, '-e', TRACED, '-s', '0']);
  expect([errors, scene.stateOf(root), answers?.length]).toEqual(['', scene.new, 1]);
  expect(leftIn(path.join(root, scene.folder))).toEqual([]);
  return callsIn(log);
}

interface Outcome {
  readonly state: 'old' | 'new';
  readonly answer: unknown;
  readonly left: number;
}

/** Node itself makes a call more or less before the step, in one run of some dozens; then the next one aims anew. */
const TRIES = 12;

/** One run in which one call is not what it should be; told is what is there afterwards, which must be a whole state. */
async function disturbed(scene: FaultScene, call: SystemCall, how: string, tries = TRIES): Promise<Outcome> {
  const root = newWorld();
  const log = path.join(root, 'log');
  const what = `${scene.title}: ${how} at ${call.text.slice(0, 60)}`;
  const job = scene.lay(root);
  const inject = `inject=${call.name}:${how}:when=${String(call.when)}`;
  const { answers } = await program.run(job, ['strace', '-o', log, '-e', TRACED, '-s', '0', '-e', inject]);
  // That it struck within the step, and not somewhere in Node.
  const struck = callsIn(log).find(({ text }) => text.includes('(INJECTED)') || text.endsWith('= ?'));
  if (struck?.name !== call.name || struck.nth !== call.nth) {
    expect(tries, `${what} does not strike`).toBeGreaterThan(0);
    const before = countBefore(log, call.name);
    const when = before === null ? call.when + 1 : before + call.nth;
    return disturbed(scene, { ...call, when }, how, tries - 1);
  }
  const folder = path.join(root, scene.folder);
  const left = leftIn(folder);
  for (const file of left) {
    // Whom the file itself keeps out, this does too: until just before the exchange everybody.
    const opener = statSync(file).mode & 0o7777 & ~modeIn(scene.old) & ~0o600;
    expect(opener, `${what}: ${inWords(file)}`).toBe(0);
  }
  await sweepWorld(job.home, root, scene);
  expect(leftIn(folder), what).toEqual([]);
  const state = scene.stateOf(root);
  expect([scene.old, scene.new], what).toContain(state);
  rmSync(root, { recursive: true });
  return { state: state === scene.old ? 'old' : 'new', answer: answers?.[0] ?? null, left: left.length };
}

function modeIn(words: string): number {
  return words === 'absent' ? 0 : parseInt(words.split(' ')[1] ?? '', 8);
}

/** As the next run does. */
async function sweepWorld(home: string, root: string, scene: FaultScene): Promise<void> {
  const userId = process.getuid?.() ?? null;
  await nodeFileWriter({ home, userId }).sweep(path.join(root, scene.folder, 'f'));
  await changeStore(path.join(root, 'own'), userId).alone(0, () => Promise.resolve());
}

describe.runIf(canTrace)('The writer', () => {
  test(
    'Killed at every system call, it has changed everything or nothing.',
    async () => {
      const outcomes: string[] = [];
      for (const scene of SCENES) {
        const calls = (await undisturbed(scene)).filter(isWorthIt);
        await forEachAtOnce(calls, async (call) => {
          const { state, answer, left } = await disturbed(scene, call, 'signal=SIGKILL');
          expect(answer).toBe(null);
          outcomes.push(
            `${isChanging(call) ? 'at a change' : 'between'}: ${state}${left > 0 ? ', one swept' : ''}`,
          );
        });
      }
      const counts = tallied(outcomes);
      console.log(`killed at ${String(outcomes.length)} points: ${JSON.stringify(counts)}`);
      for (const where of ['at a change', 'between'])
        for (const what of ['old', 'old, one swept', 'new', 'new, one swept'])
          expect(counts[`${where}: ${what}`], what).toBeGreaterThan(0);
      expect(outcomes.length).toBeGreaterThan(150);
    },
    PATIENCE,
  );

  test(
    'An error of any call is named, and everything or nothing was changed.',
    async () => {
      const outcomes: string[] = [];
      for (const scene of SCENES) {
        const calls = (await undisturbed(scene)).filter(isWorthIt);
        const points = calls.flatMap((call) =>
          ERRORS.filter((error) => error === 'EIO' || isChanging(call)).map((error) => ({ call, error })),
        );
        await forEachAtOnce(points, async ({ call, error }) => {
          const { state, answer, left } = await disturbed(scene, call, `error=${error}`);
          const what = `${scene.title}: ${error} at ${call.text}`;
          const word = wordOf(answer);
          // What is forgotten is moved out of the way first, overwritten, and is gone at the next start at the latest.
          expect(left, what).toBeLessThanOrEqual(scene.title === 'forget a change' ? 1 : 0);
          expect(word, what).toMatch(
            /^(?:done|failed|not kept|no-space|read-only-file-system|attributes|changed|denied)$/,
          );
          if (error === 'EDQUOT') expect(word, what).toMatch(/^(?:no-space|not kept|done)$/);
          // What is said to be done is done.
          if (word === 'done') expect(state, what).toBe('new');
          outcomes.push(`${error}: ${word}, ${state}`);
        });
      }
      const counts = tallied(outcomes);
      console.log(`errors at ${String(outcomes.length)} points: ${JSON.stringify(counts)}`);
      expect(outcomes.length).toBeGreaterThan(250);
      for (const outcome of [
        'EIO: failed, old',
        'ENOSPC: no-space, old',
        'EDQUOT: no-space, old',
        'EXDEV: failed, old',
        'EROFS: read-only-file-system, old',
      ])
        expect(counts[outcome], outcome).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});

function wordOf(answer: unknown): string {
  if (typeof answer === 'boolean') return answer ? 'done' : 'not kept';
  const { ok, why } = answer as { readonly ok: boolean; readonly why?: string };
  return ok ? 'done' : (why ?? '');
}
