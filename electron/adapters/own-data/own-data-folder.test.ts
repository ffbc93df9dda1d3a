import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { asNobody } from '../../../e2e/support/as-nobody.ts';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { organisationNotesText } from '../../../shared/core/sign-in/organisation-notes.ts';
import { ownDataContract } from '../../../shared/testing/own-data-contract.ts';
import { ownDataFolder } from './own-data-folder.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) {
    chmodSync(root, 0o755);
    rmSync(root, { recursive: true, force: true });
  }
});

function newFolder(): string {
  const root = layTree({});
  roots.push(root);
  return root;
}

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('as all own data', () => {
  const cases = ownDataContract((trouble) => {
    const root = newFolder();
    // A file where the folder should be keeps everybody out, root too.
    if (trouble === 'unwritable') writeFileSync(path.join(root, 'config'), '');
    return ownDataFolder(path.join(root, 'config', 'credence'));
  });
  test.each(cases)('$title', ({ run }) => run());
});

test.runIf(onPosix)('The folder and the file are for this user alone.', () => {
  const folder = path.join(newFolder(), 'a', 'credence');
  const own = ownDataFolder(folder);
  own.write('a');
  own.write('b');
  expect([modeOf(folder), modeOf(path.join(folder, 'preferences.json'))]).toEqual([0o700, 0o600]);
  expect(readdirSync(folder)).toEqual(['preferences.json']);
});

test.runIf(onPosix)('What a run that was ended left beside the file does not count, and goes.', () => {
  const root = newFolder();
  const folder = path.join(root, 'credence');
  mkdirSync(folder);
  const beside = path.join(folder, 'preferences.json.new');
  writeFileSync(beside, '{"half', { mode: 0o644 });
  chmodSync(beside, 0o644);
  const own = ownDataFolder(folder);
  expect(own.read()).toBe(null);
  expect(own.write('whole')).toBe(true);
  expect(modeOf(path.join(folder, 'preferences.json'))).toBe(0o600);
  // Nor is anything written where a link in its place leads.
  writeFileSync(path.join(root, 'elsewhere'), 'untouched');
  symlinkSync(path.join(root, 'elsewhere'), beside);
  expect([own.write('again'), own.read()]).toEqual([true, 'again']);
  expect(readFileSync(path.join(root, 'elsewhere'), 'utf8')).toBe('untouched');
});

test('Where the file cannot be put in its place, what was there stays, and nothing is left beside it.', () => {
  const folder = path.join(newFolder(), 'credence');
  mkdirSync(path.join(folder, 'preferences.json', 'in-the-way'), { recursive: true });
  const own = ownDataFolder(folder);
  expect([own.write('a'), own.read()]).toEqual([false, null]);
  expect(readdirSync(folder)).toEqual(['preferences.json']);
});

test.runIf(onPosix)('In a folder that cannot be written the last text stays whole.', () => {
  const root = newFolder();
  const folder = path.join(root, 'credence');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'preferences.json'), 'kept', { mode: 0o644 });
  chmodSync(folder, 0o555);
  const own = ownDataFolder(folder);
  expect(asNobody(() => [own.read(), own.write('new'), own.read()])).toEqual(['kept', false, 'kept']);
  expect(asNobody(() => own.remove())).toBe(false);
  expect(readFileSync(path.join(folder, 'preferences.json'), 'utf8')).toBe('kept');
  chmodSync(folder, 0o755);
});

test.runIf(onPosix)('A file that may not be read is as none.', () => {
  const folder = path.join(newFolder(), 'credence');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'preferences.json'), 'kept', { mode: 0o000 });
  expect(asNobody(() => ownDataFolder(folder).read())).toBe(null);
});

test.runIf(onPosix)('What is no file is not waited for.', () => {
  const folder = path.join(newFolder(), 'credence');
  mkdirSync(folder);
  execFileSync('mkfifo', [path.join(folder, 'preferences.json')]);
  expect(ownDataFolder(folder).read()).toBe(null);
});

test('A text longer than any preferences was not written here.', () => {
  const folder = path.join(newFolder(), 'credence');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'preferences.json'), 'x'.repeat(256 * 1024 + 1));
  expect(ownDataFolder(folder).read()).toBe(null);
});

test('Removing takes all but what the window’s engine is using, which goes at the end; nothing beside it goes.', () => {
  const root = newFolder();
  const folder = path.join(root, 'credence');
  mkdirSync(path.join(folder, 'window', 'Cache'), { recursive: true });
  writeFileSync(path.join(folder, 'window', 'Cache', 'f'), 'a');
  writeFileSync(path.join(root, 'beside'), 'a');
  writeFileSync(path.join(folder, 'fingerprint.key'), 'a');
  const own = ownDataFolder(folder);
  expect(own.write('a')).toBe(true);
  own.removeRest();
  expect(readdirSync(folder).sort()).toEqual(['fingerprint.key', 'preferences.json', 'window']);
  expect(own.remove()).toBe(true);
  expect(readdirSync(folder)).toEqual(['window']);
  own.removeRest();
  expect(readdirSync(root)).toEqual(['beside']);
});

test.runIf(onPosix)(
  'Of a folder that is a link only the link is removed, and it is said that something is left.',
  () => {
    const root = newFolder();
    mkdirSync(path.join(root, 'dots'));
    writeFileSync(path.join(root, 'dots', 'of-the-user'), 'a');
    symlinkSync(path.join(root, 'dots'), path.join(root, 'credence'));
    const own = ownDataFolder(path.join(root, 'credence'));
    expect([own.write('a'), own.remove()]).toEqual([true, false]);
    expect(existsSync(path.join(root, 'credence'))).toBe(false);
    expect(existsSync(path.join(root, 'dots', 'of-the-user'))).toBe(true);
  },
);

describe('Removing everything while somebody is signed in to an organisation', () => {
  const note = { provider: 'northwind', signedInAt: 1, state: 'signed-in' };
  test.each([
    ['names a sign-in', JSON.stringify({ schemaVersion: 1, organisations: [note] }), true],
    ['cannot be understood', '{', true],
    ['names none', organisationNotesText([]), false],
    ['is not there', null, false],
  ])('leaves what finds its tokens again, and says so: where the note %s.', (_, text, isLeft) => {
    const folder = path.join(newFolder(), 'credence');
    mkdirSync(path.join(folder, 'locks'), { recursive: true });
    writeFileSync(path.join(folder, 'locks/organisation-northwind'), '');
    for (const name of ['providers.json', 'logins.json', 'preferences.json'])
      writeFileSync(path.join(folder, name), '{}');
    if (text !== null) writeFileSync(path.join(folder, 'organisations.json'), text);
    const own = ownDataFolder(folder);
    expect(own.remove()).toBe(!isLeft);
    own.removeRest();
    expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(
      isLeft ? ['locks', 'organisations.json', 'providers.json'] : [],
    );
  });
});

test('Without a home nothing is kept, and nothing is left to remove.', () => {
  const own = ownDataFolder(null);
  expect([own.folder, own.read(), own.write('a'), own.remove()]).toEqual([null, null, false, true]);
});

test('Whatever is written one after the other, it is always the last whole text that is read.', () => {
  const folder = path.join(newFolder(), 'credence');
  const own = ownDataFolder(folder);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 5 }), (texts) => {
      for (const text of texts) {
        expect(own.write(text)).toBe(true);
        expect(own.read()).toBe(text);
      }
    }),
    { numRuns: 25 },
  );
});
