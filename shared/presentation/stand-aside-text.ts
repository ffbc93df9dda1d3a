import type { Facts } from '../core/facts.ts';
import { SOURCE_IDS } from '../core/source-id.ts';
import { SOURCES } from '../core/sources/index.ts';
import type { StoodAside } from '../usecases/stand-aside.ts';
import { placeOf } from './conflict-sentences/place-phrases.ts';
import { printable } from './printable.ts';
import { sentence } from './sentence-case.ts';

/** What a program will still find, because it does not come from its environment. */
export function leftSentence({ name, origin }: StoodAside['left'][number], facts: Facts): string {
  const source = SOURCE_IDS.find((id) => id === name);
  const what = source === undefined ? printable(name) : SOURCES[source].phrase;
  return sentence(
    `${what} stands in ${placeOf(origin, facts)}, where no environment can take it away, so it still counts`,
  );
}
