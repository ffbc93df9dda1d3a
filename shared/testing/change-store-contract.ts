import type { ChangeStore } from '../ports/change-store.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** A store in which nothing was ever kept; `unavailable`: and in which nothing can be. */
export type MakeChangeStore = (trouble?: 'unavailable') => ChangeStore;

const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
const NO_NAMES = ['', '.', '..', '.a', 'a/b', '../a', 'A', 'a b', 'a_b', 'a\n', 'ä', 'a'.repeat(201)];

export function changeStoreContract(make: MakeChangeStore): readonly ContractCase[] {
  return [
    {
      title: 'Before anything is kept there is nothing.',
      run: () => {
        const store = make();
        assertEqual([store.names(), store.read('a'), store.remove('a')], [[], null, true]);
      },
    },
    ...['', EVERY_BYTE, 'x'.repeat(300_000)].map((bytes, at) => ({
      title: `What is kept is read again, byte for byte (${String(at + 1)}).`,
      run: () => {
        const store = make();
        assertEqual(store.write('7f3a9c01.journal', bytes), true);
        assertEqual(store.read('7f3a9c01.journal') === bytes, true, 'Whether it is the same');
        assertEqual(store.names(), ['7f3a9c01.journal']);
      },
    })),
    {
      title: 'What is written again is as it was written last, also when that is shorter.',
      run: () => {
        const store = make();
        assertEqual([store.write('a', 'x'.repeat(1000)), store.write('a', 'short')], [true, true]);
        assertEqual([store.read('a'), store.names()], ['short', ['a']]);
      },
    },
    {
      title: 'Names are sorted, and each is its own.',
      run: () => {
        const store = make();
        for (const name of ['b', 'a.1', 'a-1', 'a']) store.write(name, `of ${name}`);
        assertEqual(store.names(), ['a', 'a-1', 'a.1', 'b']);
        assertEqual([store.remove('a'), store.remove('a')], [true, true]);
        assertEqual(
          [store.names(), store.read('a'), store.read('a.1')],
          [['a-1', 'a.1', 'b'], null, 'of a.1'],
        );
      },
    },
    {
      title: 'What is no name is refused.',
      run: () => {
        const store = make();
        for (const name of NO_NAMES)
          assertEqual(
            [store.write(name, 'x'), store.read(name), store.remove(name)],
            [false, null, false],
            name,
          );
        assertEqual([store.write('a'.repeat(200), 'x'), store.names().length], [true, 1]);
      },
    },
    {
      title: 'An id is eight digits that no change has.',
      run: () => {
        const store = make();
        for (let left = 5; left > 0; left--) {
          const id = store.newId();
          assertEqual(/^[0-9a-f]{8}$/.test(id), true, id);
          assertEqual(
            store.names().some((name) => name.includes(id)),
            false,
          );
          store.write(`${id}.journal`, '');
        }
        assertEqual(store.names().length, 5);
      },
    },
    {
      title: 'What runs alone gives its answer, and what it throws.',
      run: async () => {
        const store = make();
        assertEqual(await store.alone(0, () => Promise.resolve(7)), 7);
        const failure = await store.alone(0, () => Promise.reject(new Error('thrown'))).catch(String);
        assertEqual(failure, 'Error: thrown');
        assertEqual(await store.alone(0, () => Promise.resolve(8)), 8);
      },
    },
    {
      title: 'While one runs alone another does not, and says so when it is not to wait.',
      run: async () => {
        const store = make();
        const inside = await store.alone(0, () => store.alone(0, () => Promise.resolve('ran')));
        assertEqual(inside, 'busy');
      },
    },
    {
      title: 'Those who wait run one after the other.',
      run: async () => {
        const store = make();
        let running = 0;
        const most: number[] = [];
        const step = async (): Promise<boolean> => {
          running += 1;
          for (let turn = 0; turn < 5; turn++) await Promise.resolve();
          most.push(running);
          running -= 1;
          return true;
        };
        const all = await Promise.all(Array.from({ length: 5 }, () => store.alone(20_000, step)));
        assertEqual([all, most], [Array(5).fill(true), Array(5).fill(1)]);
      },
    },
    {
      title: 'Where nothing can be kept, that is said, and nothing is run.',
      run: async () => {
        const store = make('unavailable');
        assertEqual([store.write('a', 'x'), store.names(), store.read('a')], [false, [], null]);
        assertEqual(await store.alone(0, () => Promise.resolve('ran')), 'unavailable');
      },
    },
  ];
}
