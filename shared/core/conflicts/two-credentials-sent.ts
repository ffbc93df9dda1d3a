import { winnerOf } from '../settle-ladder.ts';
import type { Slot } from '../verdict.ts';
import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { plainOrigin, withLikelyOrigin } from '../conflict-finding/likely-origin.ts';
import { LEAVE, clearingRemedies } from '../conflict-finding/remedies.ts';

/** Both headers go out with different credentials, so the server decides which one counts. */
export const twoCredentialsSent: ConflictRule = {
  code: 'two-credentials-sent',
  find: (view) =>
    perMode('two-credentials-sent', view, (verdict) => {
      const { authorization, xApiKey } = verdict;
      const winner = winnerOf(verdict);
      if (authorization === null || xApiKey === null || winner === null || isSame(authorization, xApiKey))
        return null;
      const other = winner === authorization ? xApiKey : authorization;
      return {
        key: `${authorization.source} ${xApiKey.source}`,
        severity: 'warning',
        about: {
          source: winner.source,
          origin: plainOrigin(winner.reading, view.facts),
          other: other.source,
          otherOrigin: plainOrigin(other.reading, view.facts),
        },
        remedies: [
          ...clearingRemedies(withLikelyOrigin(other.reading, view.facts)).slice(0, 1),
          ...clearingRemedies(withLikelyOrigin(winner.reading, view.facts)).slice(0, 1),
          LEAVE,
        ],
      };
    }),
};

/** One helper's output in both headers is one credential; so are two places that hold the same secret. */
function isSame(one: Slot, other: Slot): boolean {
  if (one.reading.origin === other.reading.origin && one.source === 'api-key-helper') return true;
  const left = one.reading.fingerprint;
  const ran = one.helper !== 'not-run' && other.helper !== 'not-run';
  return ran && left !== null && left === other.reading.fingerprint;
}
