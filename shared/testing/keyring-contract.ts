import type { Bytes } from '../core/remedies/text-edit.ts';
import type { Keyring, KeyringItem, ReplacingKeyring } from '../ports/keyring.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

const SERVICE = 'Credence';

/** Bytes that a text does not survive everywhere. */
const DIFFICULT: readonly (readonly [string, Bytes])[] = [
  ['an API key', 'sk-ant-api03-made-up_0123456789'],
  ['nothing', ''],
  ['a NUL in the middle', 'one\0two'],
  ['line breaks', '\r\none\n\ntwo\r'],
  ['every byte', Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('')],
  ['an emoji in UTF-8', '\xf0\x9f\x94\x91'],
  ['half a surrogate pair, as bytes', '\xed\xa0\xbd'],
  ['a byte order mark', '\xef\xbb\xbfkey'],
  ['32 kilobytes', 'x\xff'.repeat(16 * 1024)],
];

/**
 * What a keychain that is open must do.
 *
 * @param make one with nothing under this service and these accounts; it is asked once for every case
 */
export function keyringContract(make: () => Keyring): readonly ContractCase[] {
  const item = (account: string): KeyringItem => ({ service: SERVICE, account });
  const withKeyring = (title: string, run: (keyring: Keyring) => Promise<void>): ContractCase => ({
    title,
    run: () => run(make()),
  });
  return [
    ...DIFFICULT.map(([name, secret], index) =>
      withKeyring(`${name} comes back byte for byte.`, async (keyring) => {
        const place = item(`bytes-${String(index)}`);
        assertEqual(await keyring.set(place, secret), { state: 'stored' });
        assertEqual(await keyring.get(place), { state: 'found', secret });
      }),
    ),
    withKeyring('What was never stored is absent.', async (keyring) => {
      assertEqual(await keyring.get(item('never')), { state: 'absent' });
    }),
    withKeyring('The last write is what is found.', async (keyring) => {
      await keyring.set(item('twice'), 'first, and longer');
      assertEqual(await keyring.set(item('twice'), 'second'), { state: 'stored' });
      assertEqual(await keyring.get(item('twice')), { state: 'found', secret: 'second' });
    }),
    withKeyring('What was removed is absent, and can be removed again.', async (keyring) => {
      await keyring.set(item('gone'), 'x');
      assertEqual(await keyring.remove(item('gone')), { state: 'removed' });
      assertEqual(await keyring.get(item('gone')), { state: 'absent' });
      assertEqual(await keyring.remove(item('gone')), { state: 'removed' });
    }),
    withKeyring('Names that differ in case, spaces or signs are different items.', async (keyring) => {
      const names = ['key:N', 'key:n', 'key: N', 'key:N ', 'key:ñ', 'a "b" \\ $(c)', '—', '*', '%'];
      for (const name of names) await keyring.set(item(name), `of ${String(names.indexOf(name))}`);
      for (const name of names) {
        assertEqual(await keyring.get(item(name)), {
          state: 'found',
          secret: `of ${String(names.indexOf(name))}`,
        });
      }
      await keyring.remove(item('key:N'));
      assertEqual((await keyring.get(item('key:n'))).state, 'found');
    }),
    withKeyring('Several at once do not disturb each other.', async (keyring) => {
      const accounts = ['at-once-1', 'at-once-2', 'at-once-3'];
      const written = await Promise.all(accounts.map((account) => keyring.set(item(account), account)));
      assertEqual(written, [{ state: 'stored' }, { state: 'stored' }, { state: 'stored' }]);
      const read = await Promise.all(accounts.map((account) => keyring.get(item(account))));
      assertEqual(
        read,
        accounts.map((secret) => ({ state: 'found', secret })),
      );
    }),
  ];
}

/** The same, of one that can tell whether somebody else has written meanwhile. */
export function replacingKeyringContract(make: () => ReplacingKeyring): readonly ContractCase[] {
  return [
    ...keyringContract(make),
    {
      title: 'What was read is replaced, and nothing that came meanwhile is.',
      run: async () => {
        const keyring = make();
        const place = { service: SERVICE, account: 'replaced' };
        assertEqual(await keyring.replace(place, 'nothing such', 'x'), { state: 'changed' });
        assertEqual(await keyring.get(place), { state: 'absent' });
        assertEqual(await keyring.replace(place, null, 'first'), { state: 'stored' });
        assertEqual(await keyring.replace(place, null, 'x'), { state: 'changed' });
        assertEqual(await keyring.replace(place, 'other', 'x'), { state: 'changed' });
        assertEqual(await keyring.get(place), { state: 'found', secret: 'first' });
        assertEqual(await keyring.replace(place, 'first', 'second'), { state: 'stored' });
        assertEqual(await keyring.get(place), { state: 'found', secret: 'second' });
      },
    },
  ];
}
