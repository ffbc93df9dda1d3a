import type { Digests } from '../ports/digests.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** What `sha256sum` says of them. */
const KNOWN: readonly (readonly [what: string, text: string, digest: string])[] = [
  ['nothing', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['three letters', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'text beyond ASCII',
    '/home/é/\u{1f511}',
    'da815c129fd61d5fbf949ea81704c7608ea6f9c7735f769d5b84c879a5592a9e',
  ],
  ['55 bytes', 'x'.repeat(55), 'd5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072'],
  ['56 bytes', 'x'.repeat(56), '04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e'],
  ['64 bytes', 'x'.repeat(64), '7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c'],
  ['1,000 bytes', 'x'.repeat(1000), '44f8354494a5ba03ba1792a8d3e9c534c47a9181980fde7a3f44b06ef2ae7c7f'],
];

export function digestsContract(make: () => Digests): readonly ContractCase[] {
  return KNOWN.map(([what, text, digest]) => ({
    title: `SHA-256 of ${what} is what others find.`,
    run: () => {
      assertEqual(make().sha256(text), digest);
    },
  }));
}
