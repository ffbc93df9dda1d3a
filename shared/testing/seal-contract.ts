import type { Seal } from '../ports/seal.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
const ABOUT = 'change 7f3a, ~/.zshrc';

/** What a seal must do. */
export function sealContract(make: () => Seal): readonly ContractCase[] {
  return [...openCases(make), ...closedCases(make)];
}

function openCases(make: () => Seal): readonly ContractCase[] {
  const opens = (title: string, plain: string): ContractCase => ({
    title,
    run: () => {
      const seal = make();
      const key = seal.newKey();
      assertEqual(seal.open(key, seal.seal(key, plain, ABOUT), ABOUT), plain);
    },
  });
  return [
    opens('What is sealed opens with the same key.', 'export A=made-up-secret\n'),
    opens('Nothing can be sealed, too.', ''),
    opens('Every byte is kept.', ALL_BYTES + ALL_BYTES),
    opens('A megabyte is kept.', 'x'.repeat(1_000_000)),
    {
      title: 'A key is 32 bytes, and never the same.',
      run: () => {
        const seal = make();
        const keys = Array.from({ length: 20 }, () => seal.newKey());
        assertEqual(
          keys.map((key) => [key.length, /[^\0-\xff]/.test(key)]),
          keys.map(() => [32, false]),
        );
        assertEqual(new Set(keys).size, 20);
      },
    },
    {
      title: 'What is sealed twice looks different, and like neither.',
      run: () => {
        const seal = make();
        const key = seal.newKey();
        const plain = 'sk-ant-made-up-secret';
        const [one, other] = [seal.seal(key, plain, ABOUT), seal.seal(key, plain, ABOUT)];
        assertEqual([one === other, one.includes(plain), one.includes(key)], [false, false, false]);
        assertEqual(/[^\0-\xff]/.test(one), false, 'Whether it is more than bytes');
      },
    },
  ];
}

function closedCases(make: () => Seal): readonly ContractCase[] {
  const closed = (
    title: string,
    wrong: (sealed: string) => readonly [sealed: string, about: string],
  ): ContractCase => ({
    title,
    run: () => {
      const seal = make();
      const key = seal.newKey();
      assertEqual(seal.open(key, ...wrong(seal.seal(key, 'plain', ABOUT))), null);
    },
  });
  return [
    {
      title: 'With another key it does not open.',
      run: () => {
        const seal = make();
        const sealed = seal.seal(seal.newKey(), 'plain', ABOUT);
        assertEqual([seal.open(seal.newKey(), sealed, ABOUT), seal.open('', sealed, ABOUT)], [null, null]);
      },
    },
    closed('For something else it does not open.', (sealed) => [sealed, `${ABOUT}.`]),
    closed('Cut short it does not open.', (sealed) => [sealed.slice(0, -1), ABOUT]),
    closed('With more behind it, it does not open.', (sealed) => [`${sealed}\0`, ABOUT]),
    closed('Nothing does not open.', () => ['', ABOUT]),
    closed('Something else does not open.', () => [
      '{"version": 1, "entries": ["of another program, and long"]}',
      ABOUT,
    ]),
    {
      title: 'With any byte altered it does not open.',
      run: () => {
        const seal = make();
        const key = seal.newKey();
        const sealed = seal.seal(key, 'plain', ABOUT);
        const opened = Array.from(sealed, (byte, at) => {
          const other = String.fromCharCode(byte.charCodeAt(0) ^ 1);
          return seal.open(key, sealed.slice(0, at) + other + sealed.slice(at + 1), ABOUT);
        });
        assertEqual(
          opened.filter((plain) => plain !== null),
          [],
        );
      },
    },
  ];
}
