import type { OwnData } from '../ports/own-data.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** A folder in which nothing was ever kept; `unwritable`: and in which nothing can be. */
export type MakeOwnData = (trouble?: 'unwritable') => OwnData;

export function ownDataContract(make: MakeOwnData): readonly ContractCase[] {
  return [
    {
      title: 'Before anything is kept there is nothing.',
      run: () => {
        assertEqual(make().read(), null);
      },
    },
    ...['', 'a', '{"a": "é €\\n"}\n', 'x'.repeat(200_000)].map((text, at) => ({
      title: `What is kept is read again, as it was (${String(at + 1)}).`,
      run: () => {
        const own = make();
        assertEqual(own.write(text), true, 'Whether it is kept');
        assertEqual(own.read() === text, true, 'Whether it is the same');
      },
    })),
    {
      title: 'The last text counts, also when it is shorter.',
      run: () => {
        const own = make();
        own.write('x'.repeat(1000));
        own.write('short');
        assertEqual(own.read(), 'short');
      },
    },
    {
      title: 'What is removed is gone, and something can be kept anew.',
      run: () => {
        const own = make();
        own.write('a');
        assertEqual([own.remove(), own.read(), own.remove()], [true, null, true]);
        assertEqual([own.write('b'), own.read()], [true, 'b']);
      },
    },
    {
      title: 'Where nothing can be kept, that is said.',
      run: () => {
        const own = make('unwritable');
        assertEqual([own.write('a'), own.read()], [false, null]);
      },
    },
  ];
}
