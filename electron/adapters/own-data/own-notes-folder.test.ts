import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { memoryNotes } from '../../../shared/testing/memory-notes.ts';
import { ownNotesContract } from '../../../shared/testing/own-notes-contract.ts';
import { ownNotesFolder } from './own-notes-folder.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function newFolder(): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-notes-')));
  roots.push(root);
  return root;
}

describe('as all notes', () => {
  test.each(
    ownNotesContract((trouble) => {
      const root = newFolder();
      // A file where the folder should be keeps everybody out, root too.
      if (trouble === 'unwritable') writeFileSync(path.join(root, 'config'), '');
      return ownNotesFolder(path.join(root, 'config', 'credence'));
    }),
  )('$title', ({ run }) => run());
});

describe('in memory, as all notes', () => {
  test.each(ownNotesContract((trouble) => memoryNotes({}, trouble === undefined)))('$title', ({ run }) =>
    run(),
  );
});

test('Without a folder of its own nothing is noted.', () => {
  const notes = ownNotesFolder(null);
  expect([notes.write('providers', 'a'), notes.read('providers')]).toEqual([false, null]);
});

test.runIf(onPosix)(
  'Each note is one file for this user alone, whatever it was before, and nothing lies beside it.',
  () => {
    const folder = path.join(newFolder(), 'a', 'credence');
    const notes = ownNotesFolder(folder);
    for (const name of ['providers', 'organisations', 'claude'] as const) notes.write(name, 'first');
    execFileSync('chmod', ['644', path.join(folder, 'providers.json')]);
    notes.write('providers', 'second');
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['logins.json', 'organisations.json', 'providers.json']);
    expect(
      [folder, ...names.map((name) => path.join(folder, name))].map((file) => statSync(file).mode & 0o777),
    ).toEqual([0o700, 0o600, 0o600, 0o600]);
  },
);

test.runIf(onPosix)(
  'What stands in the place of a note holds nobody up: a FIFO, a folder, something huge.',
  () => {
    const folder = newFolder();
    execFileSync('mkfifo', [path.join(folder, 'providers.json')]);
    mkdirSync(path.join(folder, 'organisations.json'));
    writeFileSync(path.join(folder, 'logins.json'), 'x'.repeat(300 * 1024));
    const notes = ownNotesFolder(folder);
    expect([notes.read('providers'), notes.read('organisations'), notes.read('claude')]).toEqual([
      null,
      null,
      null,
    ]);
    expect([notes.write('providers', 'a'), notes.read('providers')]).toEqual([true, 'a']);
    expect(notes.write('organisations', 'a')).toBe(false);
    expect(notes.write('claude', 'x'.repeat(300 * 1024))).toBe(false);
  },
);

test.runIf(onPosix)('A link in its place is replaced, and what it led to is left as it was.', () => {
  const folder = newFolder();
  const elsewhere = path.join(newFolder(), 'theirs');
  writeFileSync(elsewhere, 'theirs');
  symlinkSync(elsewhere, path.join(folder, 'providers.json'));
  expect(ownNotesFolder(folder).write('providers', 'mine')).toBe(true);
  expect([
    readFileSync(elsewhere, 'utf8'),
    readFileSync(path.join(folder, 'providers.json'), 'utf8'),
  ]).toEqual(['theirs', 'mine']);
});
