import type { Facts } from '../core/facts.ts';
import { effective } from '../core/settings/effective.ts';
import type { Entry } from '../core/settings/entry.ts';
import { CUSTOM_HEADERS } from '../core/sources/custom-headers.ts';
import { BASE_URL } from '../core/sources/steering.ts';
import type { Verdict } from '../core/verdict.ts';
import { readingPhrase } from './origin-label.ts';

/** What makes every request fail, when that is no file; `null` for all other answers. */
export function failingClause({
  facts,
  verdict,
}: {
  readonly facts: Facts;
  readonly verdict: Verdict;
}): string | null {
  switch (verdict.gate ?? '') {
    case 'gate/value-not-sendable':
      return unsendableClause(facts);
    case 'gate/headers-unusable':
      return `${CUSTOM_HEADERS}${placeOfVariable(CUSTOM_HEADERS, facts)} holds a header that no request can have`;
    case 'gate/login-scopes':
      return 'the scopes of the Claude login are neither a list nor text';
    case 'gate/base-url-unusable':
      return `${BASE_URL}${placeOfVariable(BASE_URL, facts)} is no address that a request can go to`;
    default:
      return null;
  }
}

/** “ from ~/.zshrc:42”: where the value of a variable stands that counts. */
function placeOfVariable(name: string, facts: Facts): string {
  const entry = effective(facts.layers, name)?.entry;
  return entry === undefined ? '' : ` from ${entryPlace(entry, facts)}`;
}

function entryPlace({ origin, likelyFrom }: Entry, facts: Facts): string {
  const reading = { source: 'api-key' as const, origin, fingerprint: null, flaw: null };
  return readingPhrase(likelyFrom === undefined ? reading : { ...reading, likelyFrom }, facts);
}

const isUnsendable = ({ unsendable, headers }: Entry): boolean =>
  unsendable === true || headers?.unsendable.authorization === true;

/** Names the credential when there can be no doubt which one it is. */
function unsendableClause(facts: Facts): string {
  const entries = facts.layers
    .flatMap(({ entries }) => Object.values(entries))
    .filter((entry) => isUnsendable(entry) && effective(facts.layers, entry.name)?.entry === entry);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1)
    return 'a credential holds a character that no header can carry';
  return `${entry.name} from ${entryPlace(entry, facts)} holds a character that no header can carry`;
}
