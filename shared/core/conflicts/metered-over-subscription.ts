import { payerOf } from '../rules/payer.ts';
import { winnerOf } from '../settle-ladder.ts';
import { EVERYDAY_MODES, perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { LEAVE, clearingRemedies } from '../conflict-finding/remedies.ts';
import { plainOrigin, withLikelyOrigin } from '../conflict-finding/likely-origin.ts';
import { workingLogin } from '../conflict-finding/working-login.ts';

/** What wins is paid per use while a working subscription login stands by: the user pays twice. */
export const meteredOverSubscription: ConflictRule = {
  code: 'metered-over-subscription',
  find: (view) => {
    const login = workingLogin(view.facts);
    if (login === null) return [];
    return perMode(
      'metered-over-subscription',
      view,
      (verdict) => {
        const winner = winnerOf(verdict);
        if (winner === null || payerOf(view.facts, verdict) !== 'metered') return null;
        const reading = withLikelyOrigin(winner.reading, view.facts);
        return {
          key: winner.source,
          severity: 'warning',
          about: {
            source: winner.source,
            origin: plainOrigin(reading, view.facts),
            other: 'claude-login',
            ...(login.plan === null ? {} : { detail: login.plan }),
          },
          remedies: [...clearingRemedies(reading), LEAVE],
        };
      },
      EVERYDAY_MODES,
    );
  },
};
