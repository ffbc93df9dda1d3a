import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Origin } from '../../core/origin.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import { filePlace, placeBook } from './place-book.ts';
import { plainText, withPlaces, type NamedPlace } from './segments.ts';

describe('A book of places', () => {
  test('gives a place the same id for good, and different places different ids.', () => {
    const book = placeBook();
    const place = { path: '/a', line: 1 };
    expect(book.idOf({ ...place })).toBe(book.idOf(place));
    const others = [
      { path: '/a', line: 2 },
      { path: '/a', line: null },
      { path: '/b', line: 1 },
    ].map(book.idOf);
    expect(new Set([book.idOf(place), ...others]).size).toBe(4);
    expect(book.find(book.idOf(place))).toEqual(place);
    expect(book.find('place-99')).toBe(null);
    expect(book.find('/a')).toBe(null);
  });

  test('forgets the oldest of very many, and never gives its id to another.', () => {
    const book = placeBook();
    const first = book.idOf({ path: '/first', line: null });
    for (let at = 0; at < 5000; at++)
      v.parse(COMMANDS.openPlace, [book.idOf({ path: `/${String(at)}`, line: at })]);
    expect(book.find(first)).toBe(null);
    expect(book.idOf({ path: '/first', line: null })).not.toBe(first);
    expect(book.find(book.idOf({ path: '/4999', line: 4999 }))).toEqual({ path: '/4999', line: 4999 });
  });
});

describe('A place can be opened', () => {
  test.each<[string, Origin, boolean]>([
    ['a settings file', { kind: 'settings', path: '/p/s.json', line: 3 }, true],
    ['a path of Windows', { kind: 'settings', path: 'C:\\p\\s.json' }, true],
    ['a process', { kind: 'process', name: 'A' }, false],
    ['a keychain', { kind: 'keychain', path: '/p/k' }, false],
    ['the registry', { kind: 'registry', path: 'HKEY_CURRENT_USER\\E' }, false],
    ['a relative path', { kind: 'settings', path: 's.json' }, false],
    ['settings on the command line', { kind: 'settings', scope: 'flag', path: '/{"a":1}' }, false],
    ['a place without a path', { kind: 'login-shell' }, false],
  ])('or not: %s.', (_, origin, opens) => {
    expect(filePlace(origin) !== null).toBe(opens);
  });
});

const place = (named: string, text = named): NamedPlace => ({
  named,
  segment: { kind: 'place', text, title: named, id: 'place-1' },
});

describe('A sentence with places', () => {
  test.each<[string, readonly NamedPlace[], readonly string[]]>([
    ['From ~/a:1.', [place('~/a:1')], ['From ', '[~/a:1]', '.']],
    ['~/a, and beside it ~/b.', [place('~/b'), place('~/a')], ['[~/a]', ', and beside it ', '[~/b]', '.']],
    ['From ~/a/b/c/d:1.', [place('~/a/b/c/d:1', '~/…/d:1')], ['From ', '[~/…/d:1]', '.']],
    ['From ~/a.', [place('~/b'), place('')], ['From ~/a.']],
    ['~/a', [place('~/a'), place('~/a')], ['[~/a]']],
  ])('is cut at them: %s', (sentence, places, pieces) => {
    const cut = withPlaces(sentence, places).map(({ kind, text }) => (kind === 'place' ? `[${text}]` : text));
    expect(cut).toEqual(pieces);
  });

  test('reads the same, whatever is cut out of it.', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.string({ maxLength: 4 }).map((text) => place(text))),
        (sentence, places) => {
          expect(plainText(withPlaces(sentence, places))).toBe(sentence);
        },
      ),
    );
  });
});
