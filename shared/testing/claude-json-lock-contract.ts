import type { ClaudeJsonLock, Holding } from '../ports/claude-json-lock.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** A file that can be locked, and what others do to its lock. */
export interface LockableFile {
  /** Tries again, and renews, every few milliseconds. */
  readonly lock: ClaudeJsonLock;
  readonly path: string;
  /** A path in a folder that is not there. */
  readonly lost: string;
  /** Another program takes the lock, from whoever has it. */
  readonly takeOver: (age: number) => void;
  /** A run of Credence that has the lock is killed; `null`: this system has no way to tell whose it was. */
  readonly leave: ((age: number) => void) | null;
  readonly takeAway: () => void;
  /** Milliseconds since the lock was renewed; `null`: there is none. */
  readonly age: () => number | null;
  /** Lets time pass. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

const HOUR = 3_600_000;
/** Milliseconds: time enough for several tries. */
const WAIT = 400;

/** What a lock of `.claude.json` must do. */
export function claudeJsonLockContract(lay: () => LockableFile): readonly ContractCase[] {
  return [...freeCases(lay), ...otherCases(lay), ...sweepCases(lay)];
}

function freeCases(lay: () => LockableFile): readonly ContractCase[] {
  return [
    {
      title: 'A lock is there while it is held, is held by whoever took it, and is gone afterwards.',
      run: async () => {
        const { lock, path, age } = lay();
        const holding = await lock.hold(path, 0, (held) => Promise.resolve([held.isOurs(), age() !== null]));
        assertEqual(holding, { state: 'held', value: [true, true], kept: true });
        assertEqual(age(), null, 'The lock');
      },
    },
    {
      title: 'What fails while it is held fails as it would without, and the lock is gone afterwards.',
      run: async () => {
        const { lock, path, age } = lay();
        const failing = lock.hold(path, 0, () => Promise.reject(new Error('made up')));
        assertEqual(await failing.catch((error: unknown) => (error as Error).message), 'made up');
        assertEqual(age(), null, 'The lock');
      },
    },
    {
      title: 'Of several that want it, each has it alone.',
      run: async () => {
        const { lock, path, pass, age } = lay();
        let inside = 0;
        const seen: number[] = [];
        const holdings = [1, 2, 3].map(() =>
          lock.hold(path, 60_000, async () => {
            seen.push(++inside);
            await pass(20);
            inside--;
          }),
        );
        await pass(WAIT);
        assertEqual(
          (await Promise.all(holdings)).map(({ state }) => state),
          ['held', 'held', 'held'],
        );
        assertEqual([seen, age()], [[1, 1, 1], null]);
      },
    },
    {
      title: 'A lock that is held for long is renewed.',
      run: async () => {
        const { lock, path, pass, age } = lay();
        const holding = await lock.hold(path, 0, async ({ isOurs }) => {
          await pass(2 * WAIT);
          return [(age() ?? HOUR) < WAIT, isOurs()];
        });
        assertEqual(holding, { state: 'held', value: [true, true], kept: true });
      },
    },
    {
      title: 'Where there is no folder there is no lock.',
      run: async () => {
        const { lock, lost } = lay();
        const holding = await lock.hold(lost, WAIT, () => Promise.resolve());
        assertEqual(holding, { state: 'refused', why: 'no-folder' });
      },
    },
  ];
}

function sweepCases(lay: () => LockableFile): readonly ContractCase[] {
  const swept = async (file: LockableFile): Promise<boolean> => {
    const sweeping = file.lock.sweep(file.path);
    await file.pass(WAIT);
    return sweeping;
  };
  const others = [0, HOUR, -HOUR].map((age) => ({
    title: `A sweep leaves the lock of another, ${String(age)} ms old.`,
    run: async () => {
      const file = lay();
      file.takeOver(age);
      assertEqual([await swept(file), file.age() === null], [false, false]);
    },
  }));
  const own = [0, HOUR].map((age) => ({
    title: `A lock that a killed run of Credence left ${String(age)} ms ago is busy, and swept away.`,
    run: async () => {
      const file = lay();
      if (file.leave === null) return;
      file.leave(age);
      const holding = file.lock.hold(file.path, 0, () => Promise.resolve());
      assertEqual((await holding).state, 'busy');
      assertEqual([await swept(file), file.age()], [true, null]);
    },
  }));
  return [
    ...others,
    ...own,
    {
      title: 'Where there is no lock, nothing is swept.',
      run: async () => {
        assertEqual(await swept(lay()), false);
      },
    },
  ];
}

function otherCases(lay: () => LockableFile): readonly ContractCase[] {
  const busy = (title: string, age: number, dated: string): ContractCase => ({
    title,
    run: async () => {
      const file = lay();
      file.takeOver(age);
      let ran = false;
      const holding = file.lock.hold(file.path, WAIT, () => {
        ran = true;
        return Promise.resolve();
      });
      await file.pass(WAIT);
      assertEqual(await holding, { state: 'busy', dated });
      assertEqual(
        [ran, (file.age() ?? -2 * HOUR) >= age],
        [false, true],
        'Whether it ran, and the lock is there',
      );
    },
  });
  const lostWhile = (title: string, happens: (file: LockableFile) => void, left: boolean): ContractCase => ({
    title,
    run: async () => {
      const file = lay();
      const holding: Holding<boolean> = await file.lock.hold(file.path, 0, async ({ isOurs }) => {
        happens(file);
        await file.pass(WAIT);
        return isOurs();
      });
      assertEqual(holding, { state: 'held', value: false, kept: false });
      assertEqual(file.age() !== null, left, 'Whether there is a lock');
    },
  });
  return [
    busy('A lock of another that is at work is waited for, and stays.', 0, 'now'),
    busy('A lock that was left behind is told, and stays.', HOUR, 'old'),
    busy('A lock that is dated in the future is told, and stays.', -HOUR, 'future'),
    {
      title: 'A lock that another lets go is taken.',
      run: async () => {
        const { lock, path, takeOver, takeAway, pass } = lay();
        takeOver(0);
        const holding = lock.hold(path, 60_000, () => Promise.resolve('done'));
        await pass(WAIT);
        takeAway();
        await pass(WAIT);
        assertEqual(await holding, { state: 'held', value: 'done', kept: true });
      },
    },
    lostWhile(
      'A lock that another took over is not ours, and is left to it.',
      ({ takeAway, takeOver }) => {
        takeAway();
        takeOver(1);
      },
      true,
    ),
    lostWhile(
      'A lock that another removed is not ours.',
      ({ takeAway }) => {
        takeAway();
      },
      false,
    ),
  ];
}
