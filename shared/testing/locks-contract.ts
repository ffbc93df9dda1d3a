import type { Locks } from '../ports/locks.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

const PATIENCE = 20_000;

/**
 * What all locks must do within one process; what becomes of them between processes is tried with real ones.
 *
 * @param make locks that nobody holds; `unavailable`: none are to be had
 */
export function locksContract(make: (trouble?: 'unavailable') => Locks): readonly ContractCase[] {
  return [
    {
      title: 'What runs alone gives its answer, and what it throws, and the lock is free after either.',
      run: async () => {
        const locks = make();
        assertEqual(await locks.alone('a', 0, () => Promise.resolve(7)), 7);
        const failure = await locks.alone('a', 0, () => Promise.reject(new Error('thrown'))).catch(String);
        assertEqual(failure, 'Error: thrown');
        assertEqual(await locks.alone('a', 0, () => Promise.resolve(8)), 8);
      },
    },
    {
      title: 'Who is not to wait is told that another is at it, and does not run.',
      run: async () => {
        const locks = make();
        let ran = 0;
        const inside = await locks.alone('a', 0, () =>
          locks.alone('a', 0, () => {
            ran += 1;
            return Promise.resolve('ran');
          }),
        );
        assertEqual([inside, ran], ['busy', 0]);
      },
    },
    {
      title: 'Locks of other names do not get in the way.',
      run: async () => {
        const locks = make();
        const inside = await locks.alone('organisation-a', 0, () =>
          locks.alone('organisation-b', 0, () => Promise.resolve('ran')),
        );
        assertEqual(inside, 'ran');
      },
    },
    {
      title: 'Of those who wait each runs, and never two at a time.',
      run: async () => {
        const locks = make();
        let inside = 0;
        let most = 0;
        const step = async (): Promise<number> => {
          inside += 1;
          most = Math.max(most, inside);
          for (let turns = 5; turns > 0; turns--) await Promise.resolve();
          inside -= 1;
          return 1;
        };
        const all = await Promise.all(Array.from({ length: 5 }, () => locks.alone('a', PATIENCE, step)));
        assertEqual([all, most], [[1, 1, 1, 1, 1], 1]);
      },
    },
    {
      title: 'Where no lock is to be had nothing is run.',
      run: async () => {
        let ran = 0;
        const run = (): Promise<void> => {
          ran += 1;
          return Promise.resolve();
        };
        assertEqual([await make('unavailable').alone('a', 0, run), ran], ['unavailable', 0]);
      },
    },
  ];
}
