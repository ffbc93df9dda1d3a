import { OWN_NOTES, type OwnNotes } from '../ports/own-notes.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** @param make notes of which there is none yet; `unwritable`: nor can there be */
export function ownNotesContract(make: (trouble?: 'unwritable') => OwnNotes): readonly ContractCase[] {
  return [
    ...OWN_NOTES.map((name) => ({
      title: `Before anything is noted there is no note “${name}”.`,
      run: () => {
        assertEqual(make().read(name), null);
      },
    })),
    ...['', '{}\n', '{"a": "é €\\n😀"}', 'x'.repeat(200_000)].map((text, at) => ({
      title: `What is noted is read again, as it was (${String(at + 1)}).`,
      run: () => {
        const notes = make();
        assertEqual(notes.write('providers', text), true, 'Whether it is kept');
        assertEqual(notes.read('providers') === text, true, 'Whether it is the same');
      },
    })),
    {
      title: 'Each note is one of its own, and the last text counts.',
      run: () => {
        const notes = make();
        for (const name of OWN_NOTES) notes.write(name, `first, and longer, of ${name}`);
        for (const name of OWN_NOTES) notes.write(name, name);
        assertEqual(
          OWN_NOTES.map((name) => notes.read(name)),
          [...OWN_NOTES],
        );
      },
    },
    {
      title: 'Where nothing can be noted, that is said.',
      run: () => {
        const notes = make('unwritable');
        assertEqual([notes.write('providers', 'a'), notes.read('providers')], [false, null]);
      },
    },
  ];
}
