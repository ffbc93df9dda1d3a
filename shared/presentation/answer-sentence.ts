import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import type { Ladder } from '../core/ladder.ts';
import type { Origin } from '../core/origin.ts';
import { effective } from '../core/settings/effective.ts';
import { winnerOf } from '../core/settle-ladder.ts';
import type { SourceId } from '../core/source-id.ts';
import { API_KEY } from '../core/sources/api-key.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { destination } from './base-url-words.ts';
import { helperProblem } from './helper-problems.ts';
import { MODE_SUBJECTS } from './mode-words.ts';
import { readingPhrase } from './origin-label.ts';
import { obstacleOf, questionClause } from './refusal-sentences.ts';
import { refusalWords } from './refusals.ts';
import { sentence } from './sentence-case.ts';
import { loginPhrase, slotPhraseWithPlace, sourcePhrase } from './source-label.ts';

/** The answer in one sentence: “Print runs send the API key from ~/.zshrc:42, not your Max login.” */
export function answerSentence(inspection: Inspection): string {
  const { verdict, facts, context, ladder } = inspection;
  switch (verdict.outcome) {
    case 'sends': {
      const clause = sends(verdict, {
        facts,
        verbs: MANY,
        instead: passedOver(ladder, facts),
        askedFor: null,
      });
      return sentence(`${MODE_SUBJECTS[context.mode]} ${clause}${unrun(verdict)}`);
    }
    case 'asks':
      return asks(verdict, facts, context);
    case 'refuses':
    case 'unknown':
      return obstacleOf(verdict, facts, context)?.headline ?? 'What is sent cannot be told.';
  }
}

/** What one answer to a question leads to: “It uses your Max login.” */
export function branchSentence(verdict: Verdict, facts: Facts, context: Context): string {
  return verdict.outcome === 'unknown'
    ? (obstacleOf(verdict, facts, context)?.headline ?? 'What is sent then cannot be told.')
    : sentence(branch(verdict, { facts, context, askedFor: null }));
}

function asks({ asks: question, after }: Verdict, facts: Facts, context: Context): string {
  const first = `Claude Code asks first ${question === null ? 'a question' : questionClause(question, facts)}`;
  if (after === null) return `${first}.`;
  const askedFor =
    question === 'api-key-approval' ? (effective(facts.layers, API_KEY)?.entry.origin ?? null) : null;
  const [yes, no] = [after.yes, after.no].map((next) => branch(next, { facts, context, askedFor }));
  return `${first}; after a yes ${yes ?? ''}; after a no ${no ?? ''}.`;
}

/** How a clause is to be worded. */
interface Wording {
  readonly facts: Facts;
  readonly verbs: { readonly send: string; readonly use: string };
  /** The subscription that is passed over. */
  readonly instead: string | null;
  /** The key that the question is about: it need not be named again. */
  readonly askedFor: Origin | null;
}
const MANY: Wording['verbs'] = { send: 'send', use: 'use' };
const ONE: Wording['verbs'] = { send: 'sends', use: 'uses' };

function branch(
  verdict: Verdict,
  { facts, context, askedFor }: Pick<Wording, 'facts' | 'askedFor'> & { readonly context: Context },
): string {
  switch (verdict.outcome) {
    case 'sends':
      return `it ${sends(verdict, { facts, verbs: ONE, instead: null, askedFor })}`;
    case 'asks':
      return `it asks ${verdict.asks === null ? 'again' : questionClause(verdict.asks, facts)}`;
    case 'refuses':
      return refusalWords({ facts, context, verdict }).clause;
    case 'unknown':
      return 'what it sends cannot be told';
  }
}

function sends(verdict: Verdict, wording: Wording): string {
  const { facts, verbs, instead } = wording;
  const { authorization, xApiKey } = verdict;
  const where = destination(facts, verdict.provider);
  const winner = winnerOf(verdict);
  if (winner === null) return `${verbs.send} requests${where} without any credential`;
  const other = winner === authorization ? xApiKey : authorization;
  if (other !== null && !isSameHelper(winner, other)) {
    return `${verbs.send} ${what(winner, wording)}${where}, and beside it ${beside(winner, other, wording)}`;
  }
  const trouble = troubleOf(winner, facts);
  if (trouble !== null) {
    return `${verbs.send} nothing usable${where}${instead === null ? '' : ` instead of ${instead}`}, because ${trouble}`;
  }
  const verb = USED.has(winner.source) && where === '' ? verbs.use : verbs.send;
  return `${verb} ${what(winner, wording)}${where}${instead === null ? '' : `, not ${instead}`}`;
}

/** A login is used rather than sent, in the words of people. */
const USED: ReadonlySet<string> = new Set(['claude-login', 'profile']);

function what(slot: Slot, { facts, askedFor }: Wording): string {
  if (slot.source === 'api-key' && slot.reading.origin === askedFor) return 'that key';
  return troubleOf(slot, facts) === null ? slotPhraseWithPlace(slot, facts) : 'nothing usable';
}

function beside(winner: Slot, other: Slot, wording: Wording): string {
  const trouble = troubleOf(other, wording.facts);
  if (trouble !== null) return `nothing usable, because ${trouble}`;
  // With an auth token the first request does not wait for the helper (measured).
  const later = winner.source === 'auth-token' && other.source === 'api-key-helper';
  return `${what(other, wording)}${later ? ', as soon as there is one' : ''}`;
}

/** Why a helper’s output cannot be used; `null` when it can, or was not asked for. */
function troubleOf(slot: Slot, facts: Facts): string | null {
  if (!slot.broken || slot.run?.ok !== false) return null;
  return `the API key helper in ${readingPhrase(slot.reading, facts)} ${helperProblem(slot.run.problem)}`;
}

const isSameHelper = (one: Slot, other: Slot): boolean =>
  one.source === 'api-key-helper' && other.source === 'api-key-helper';

/** The subscription that could be used and is not, if there is one. */
function passedOver(ladder: Ladder, facts: Facts): string | null {
  const isOutranked = (source: SourceId): boolean =>
    ladder.some((rung) => rung.source === source && rung.reason.code === 'outranked');
  if (isOutranked('claude-login')) return loginPhrase(facts);
  return isOutranked('oauth-token') ? sourcePhrase('oauth-token', facts) : null;
}

function unrun({ authorization, xApiKey }: Verdict): string {
  const open = [authorization, xApiKey].find((slot) => slot?.helper === 'not-run');
  if (open == null) return '';
  return open.run === null
    ? '; the helper was not run for this answer'
    : '; the helper has not ended in time for this answer';
}
