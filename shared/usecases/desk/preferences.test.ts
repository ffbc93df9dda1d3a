import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SURFACE_MODES, SURFACES } from '../../core/context.ts';
import { NOTICE_KINDS } from '../../ipc/snapshot.ts';
import {
  FIRST_PREFERENCES,
  MOST_RECENT,
  parsePreferences,
  preferencesText,
  type Preferences,
} from './preferences.ts';

const path = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `/${text.replaceAll('\0', '')}`),
  fc.constantFrom('C:\\Users\\p', '\\\\server\\share'),
);
const anyPreferences: fc.Arbitrary<Preferences> = fc.constantFrom(...SURFACES).chain((surface) =>
  fc.record({
    looked: fc.boolean(),
    folder: fc.option(path),
    recent: fc.array(path, { maxLength: MOST_RECENT }),
    mode: fc.constantFrom(...SURFACE_MODES[surface]),
    surface: fc.constant(surface),
    notices: fc.record({
      metered: fc.boolean(),
      'winner-changed': fc.boolean(),
      'login-ending': fc.boolean(),
    }),
    dismissed: fc.array(fc.string({ maxLength: 40 }), { maxLength: 32 }),
  }),
);

/** Text that is nearly right. */
const nearly = fc.dictionary(
  fc.constantFrom('folder', 'recent', 'mode', 'surface', 'notices', 'dismissed', '__proto__', 'constructor'),
  fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('bare', 'vscode', '/', 'relative', '/a\0b'),
    fc.array(fc.string()),
  ),
);

function isWhole(preferences: Preferences): void {
  expect(Object.keys(preferences).sort()).toEqual(Object.keys(FIRST_PREFERENCES).sort());
  expect(SURFACE_MODES[preferences.surface]).toContain(preferences.mode);
  expect(Object.keys(preferences.notices).sort()).toEqual([...NOTICE_KINDS].sort());
  for (const on of Object.values(preferences.notices)) expect(typeof on).toBe('boolean');
  const { folder, recent, dismissed } = preferences;
  expect(recent.length).toBeLessThanOrEqual(MOST_RECENT);
  expect(dismissed.length).toBeLessThanOrEqual(32);
  for (const one of [...recent, ...(folder === null ? [] : [folder])])
    expect(one).toMatch(/^([/\\]|[A-Za-z]:\\)/);
  for (const key of dismissed) expect(typeof key).toBe('string');
}

describe('Preferences', () => {
  test('are read as they were written.', () => {
    fc.assert(
      fc.property(anyPreferences, (preferences) => {
        // Of what was put away only that lasts which does not happen anew.
        const dismissed = preferences.dismissed.filter((key) => key === 'no-tray');
        expect(parsePreferences(preferencesText(preferences))).toEqual({ ...preferences, dismissed });
      }),
    );
  });

  test('are whole whatever was written.', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          nearly.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const parsed = parsePreferences(text);
          expect(parsed).not.toBe(null);
          if (parsed !== null) isWhole(parsed);
        },
      ),
    );
  });

  test.each([
    ['nothing was ever kept', null, null],
    ['an empty file', '', {}],
    ['a half file', '{"folder": "/a', {}],
    ['lists in lists, very deep', '['.repeat(200_000), {}],
    ['a byte order mark', '\ufeff{"folder": "/a"}', { folder: '/a' }],
    ['a folder that is relative', '{"folder": "a/b"}', {}],
    ['a folder with a NUL', '{"folder": "/a\\u0000b"}', {}],
    ['a mode that the surface cannot run', '{"mode": "bare", "surface": "vscode"}', { surface: 'vscode' }],
    ['a surface without the usual mode', '{"surface": "scheduled"}', { surface: 'scheduled', mode: 'print' }],
    ['names of another kind', '{"mode": "constructor", "surface": "__proto__", "notices": []}', {}],
  ])('are the first ones, and what fits of %s.', (_, text, expected) => {
    expect(parsePreferences(text)).toEqual(
      expected === null ? null : { ...FIRST_PREFERENCES, looked: true, ...expected },
    );
  });
});
