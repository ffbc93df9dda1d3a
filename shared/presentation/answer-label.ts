import type { Facts } from '../core/facts.ts';
import { winnerOf } from '../core/settle-ladder.ts';
import type { Verdict } from '../core/verdict.ts';
import { fullTitle, sourceTitle } from './source-label.ts';

/** The answer in one to three words, for a cell or a prompt: “Max login”, “asks first”, “nothing”, “not known”. */
export function answerLabel(verdict: Verdict, facts: Facts): string {
  switch (verdict.outcome) {
    case 'asks':
      return 'asks first';
    case 'refuses':
      return verdict.refuses === 'not-logged-in' ? 'not logged in' : 'nothing';
    case 'unknown':
      return 'not known';
    case 'sends': {
      const winner = winnerOf(verdict);
      if (winner === null) return 'no credential';
      const title = fullTitle(winner.source, facts, verdict.provider);
      const other = winner === verdict.authorization ? verdict.xApiKey : verdict.authorization;
      return other === null || other.source === winner.source
        ? title
        : `${title} + ${sourceTitle(other.source)}`;
    }
  }
}
