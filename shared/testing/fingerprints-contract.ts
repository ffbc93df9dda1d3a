import type { Fingerprints } from '../ports/fingerprints.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

const SECRETS = [
  'sk-ant-api03-MADE-UP-0000000000000000000000000000-AAAA',
  'sk-ant-api03-MADE-UP-0000000000000000000000000000-AAAB',
  ' sk-ant-api03-MADE-UP-0000000000000000000000000000-AAAA',
  '',
  'é€\u{1f511}',
  'a\0b',
  'x'.repeat(100_000),
];

/** What fingerprints must be; `make` gives the same installation each time. */
export function fingerprintsContract(make: () => Fingerprints): readonly ContractCase[] {
  return [
    {
      title: 'A fingerprint is twelve lower-case hexadecimal digits, whatever the secret.',
      run: () => {
        const { of } = make();
        for (const secret of SECRETS) assertEqual(/^[0-9a-f]{12}$/.test(of(secret)), true, of(secret));
      },
    },
    {
      title: 'Equal secrets have equal fingerprints, now and later.',
      run: () => {
        const [now, later] = [make(), make()];
        assertEqual(SECRETS.map(now.of), SECRETS.map(later.of));
        assertEqual(SECRETS.map(now.of), SECRETS.map(now.of));
      },
    },
    {
      title: 'Different secrets have different fingerprints, however little they differ.',
      run: () => {
        assertEqual(new Set(SECRETS.map(make().of)).size, SECRETS.length);
      },
    },
    {
      title: 'A key that is kept is said to be kept.',
      run: () => {
        assertEqual(make().key, 'installation');
      },
    },
  ];
}
