import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keychainChangedAt } from './keychain-attributes.ts';

const item = (mdat: string): string => `keychain: "/Users/p/Library/Keychains/login.keychain-db"
version: 512
class: "genp"
attributes:
    0x00000007 <blob>="Claude Code-credentials"
    0x00000008 <blob>=<NULL>
    "acct"<blob>="p"
    "cdat"<timedate>=0x32303235303130313030303030305A00  "20250101000000Z\\000"
    "crtr"<uint32>=<NULL>
    "mdat"<timedate>=${mdat}
    "svce"<blob>="Claude Code-credentials"
`;
const CHANGED_AT = Date.UTC(2026, 9, 4, 22, 24, 12);

test.each([
  ['both forms', '0x32303236313030343232323431325A00  "20261004222412Z\\000"'],
  ['the hexadecimal form alone', '0x32303236313030343232323431325A00'],
  ['the quoted form alone', '"20261004222412Z"'],
  ['the form of newer systems', '2026-10-04 22:24:12 +0000'],
])('The time of the last change is read from %s.', (_, mdat) => {
  expect(keychainChangedAt(item(mdat))).toBe(CHANGED_AT);
});

test.each(['<NULL>', '', '0x', '"yesterday"', '"20261304222412Z"', '2026-10-04 22:24:12 +0200', '20261004'])(
  '%j is no time.',
  (mdat) => {
    expect(keychainChangedAt(item(mdat))).toBeNull();
  },
);

test('A name that looks like the attribute is not taken for it.', () => {
  expect(keychainChangedAt('    "acct"<blob>="x"mdat"<timedate>="20261004222412Z"\n')).toBeNull();
});

test('No text makes it fail.', () => {
  const pieces = fc.constantFrom(
    '"mdat"<timedate>=',
    '0x',
    '32',
    '"',
    '2026',
    '1004222412Z',
    '-',
    ' ',
    '\n',
    ':',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const time = keychainChangedAt(text);
        expect(time === null || Number.isInteger(time)).toBe(true);
      },
    ),
  );
});

test.each(['"mdat"<timedate>=', '\n', '\t', ' ', '"mdat"<timedate>=0x\n'])(
  'A megabyte of %j takes no longer than its length.',
  (piece) => {
    const started = performance.now();
    keychainChangedAt(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
