import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectionUser, localConnections } from './linux-connections.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const HERE = '0100007F';
const MAPPED = '0000000000000000FFFF00000100007F';

function line(local: string, remote: string, state: string, user: number, inode: number): string {
  return `   7: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(user).padStart(5)}        0 ${String(inode)} 1 000000009958d073 20 4 30 10 -1`;
}
const table = (...lines: readonly string[]): string => [HEAD, ...lines, ''].join('\n');

/** What listens on 44129 (AC61), and one that came from 50000 (C350), as the side that was asked sees it. */
const LISTENS = line(`${HERE}:AC61`, '00000000:0000', '0A', 1000, 12_925_998);
const taken = (state: string): string => line(`${HERE}:AC61`, `${HERE}:C350`, state, 1000, 12_926_001);
const came = (user: number, inode: number, state = '01', host = HERE): string =>
  line(`${host}:C350`, `${host}:AC61`, state, user, inode);

describe('Whose a connection is', () => {
  test.each<[string, readonly string[], unknown]>([
    ['that of its user', [LISTENS, taken('01'), came(1001, 5)], { kind: 'user', id: 1001 }],
    ['of the administrator', [LISTENS, taken('01'), came(0, 5)], { kind: 'user', id: 0 }],
    ['of another family', [LISTENS, taken('01'), came(1001, 5, '01', MAPPED)], { kind: 'user', id: 1001 }],
    [
      'of a machine of the other byte order',
      [
        line('7F000001:AC61', '00000000:0000', '0A', 1, 2),
        line('7F000001:C350', '7F000001:AC61', '01', 9, 2),
      ],
      { kind: 'user', id: 9 },
    ],
    // A socket that nobody has any more is written as one of root.
    ['nobody’s any more, half closed', [LISTENS, taken('08'), came(0, 0, '05')], { kind: 'gone' }],
    ['nobody’s any more, closed', [LISTENS, came(0, 0, '06')], { kind: 'gone' }],
    ['nobody’s any more, reset', [LISTENS], { kind: 'gone' }],
    ['nobody’s any more, though this side does not know yet', [LISTENS, taken('01')], { kind: 'gone' }],
    ['not to be told without a table', [], { kind: 'unknown' }],
    [
      'not to be told from a table of something else',
      [came(1001, 5).replaceAll('AC61', 'AC62')],
      { kind: 'unknown' },
    ],
  ])('is %s.', (_, lines, user) => {
    expect(connectionUser(localConnections(table(...lines), 0xac61), 0xac61, 0xc350)).toEqual(user);
  });

  test('is never told by a line about another address, another port, or the other direction.', () => {
    const other = [
      line('0200007F:C350', `${HERE}:AC61`, '01', 1001, 5),
      line(`${HERE}:C350`, '0200007F:AC61', '01', 1001, 5),
      line(`${HERE}:C351`, `${HERE}:AC61`, '01', 1001, 5),
      line(`${HERE}:C350`, `${HERE}:AC62`, '01', 1001, 5),
    ];
    expect(connectionUser(localConnections(table(LISTENS, ...other), 0xac61), 0xac61, 0xc350)).toEqual({
      kind: 'gone',
    });
  });
});

test('Whatever stands in the table, reading it ends, and gives ports and users that can be.', () => {
  const piece = fc.oneof(
    fc.constantFrom('0100007F:AC61', '01', '0A', ':', '0', '00000000:0000', '99999999999', MAPPED),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 6 }), (lines) => {
      for (const row of localConnections(lines.map((words) => words.join(' ')).join('\n'), 0xac61)) {
        expect(row.port).toBeGreaterThanOrEqual(0);
        expect(row.port).toBeLessThan(65_536);
        expect(row.userId === null || Number.isSafeInteger(row.userId)).toBe(true);
      }
    }),
  );
});
