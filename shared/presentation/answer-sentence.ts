import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import type { Ladder } from '../core/ladder.ts';
import { winnerOf } from '../core/settle-ladder.ts';
import type { Refusal, Slot, Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { destination } from './base-url-words.ts';
import { helperProblem } from './helper-problems.ts';
import { MODE_SUBJECTS } from './mode-words.ts';
import { readingPhrase } from './origin-label.ts';
import { obstacleOf, questionClause } from './refusal-sentences.ts';
import { sentence } from './sentence-case.ts';
import { loginPhrase, slotPhraseWithPlace, sourcePhrase } from './source-label.ts';

/** The answer in one sentence: “Print runs send the API key from ~/.zshrc:42, not your Max login.” */
export function answerSentence(inspection: Inspection): string {
  const { verdict, facts, context, ladder } = inspection;
  switch (verdict.outcome) {
    case 'sends':
      return sentence(
        `${MODE_SUBJECTS[context.mode]} ${sends(verdict, facts, MANY)}${insteadOf(verdict, ladder, facts)}${unrun(verdict)}`,
      );
    case 'asks':
      return asks(verdict, facts);
    case 'refuses':
    case 'unknown':
      return obstacleOf(verdict, facts, context)?.headline ?? 'What is sent cannot be told.';
  }
}

/** What one answer to a question leads to: “It uses your Max login.” */
export function branchSentence(verdict: Verdict, facts: Facts, context: Context): string {
  return verdict.outcome === 'unknown'
    ? (obstacleOf(verdict, facts, context)?.headline ?? 'What is sent then cannot be told.')
    : sentence(branch(verdict, facts));
}

function asks({ asks: question, after }: Verdict, facts: Facts): string {
  const first = `Claude Code asks first ${question === null ? 'a question' : questionClause(question, facts)}`;
  return after === null
    ? `${first}.`
    : sentence(`${first}; after a yes ${branch(after.yes, facts)}, after a no ${branch(after.no, facts)}`);
}

/** Singular or plural: “it sends”, “print runs send”. */
interface Verbs {
  readonly send: string;
  readonly use: string;
}
const MANY: Verbs = { send: 'send', use: 'use' };
const ONE: Verbs = { send: 'sends', use: 'uses' };

function branch(verdict: Verdict, facts: Facts): string {
  switch (verdict.outcome) {
    case 'sends':
      return `it ${sends(verdict, facts, ONE)}`;
    case 'asks':
      return `it asks ${verdict.asks === null ? 'again' : questionClause(verdict.asks, facts)}`;
    case 'refuses':
      return verdict.refuses === null ? 'it sends nothing' : REFUSED[verdict.refuses];
    case 'unknown':
      return 'what it sends cannot be told';
  }
}

const REFUSED: Readonly<Record<Refusal, string>> = {
  'not-logged-in': 'it sends nothing, because you are not logged in',
  'profile-expired': 'it sends nothing, because the profile has ended',
  'helper-unusable': 'it sends nothing, because the helper’s output is not usable',
  policy: 'it refuses to start, because managed settings say how to log in',
  'folder-not-trusted': 'it sends nothing',
  'config-broken': 'it does not start',
  unsupported: 'it sends nothing',
};

function sends(verdict: Verdict, facts: Facts, verbs: Verbs): string {
  const { authorization, xApiKey, provider } = verdict;
  const where = destination(facts, provider);
  const winner = winnerOf(verdict);
  if (winner === null) return `${verbs.send} requests${where} without any credential`;
  const other = winner === authorization ? xApiKey : authorization;
  const beside = other === null || isSameHelper(winner, other) ? null : other;
  if (beside === null) {
    const verb = USED.has(winner.source) && where === '' ? verbs.use : verbs.send;
    return `${verb} ${what(winner, facts)}${where}`;
  }
  // With an auth token the first request does not wait for the helper (measured).
  const later = winner.source === 'auth-token' && beside.source === 'api-key-helper' && !beside.broken;
  return `${verbs.send} ${what(winner, facts)}${where}, and ${what(beside, facts)} beside it${later ? ' as soon as there is one' : ''}`;
}

/** A login is used rather than sent, in the words of people. */
const USED: ReadonlySet<string> = new Set(['claude-login', 'profile']);

function what(slot: Slot, facts: Facts): string {
  if (!slot.broken || slot.run?.ok !== false) return slotPhraseWithPlace(slot, facts);
  return `nothing usable, because the API key helper in ${readingPhrase(slot.reading, facts)} ${helperProblem(slot.run.problem)}`;
}

const isSameHelper = (one: Slot, other: Slot): boolean =>
  one.source === 'api-key-helper' && other.source === 'api-key-helper';

/** The subscription that is passed over, if there is one that could be used. */
function insteadOf(verdict: Verdict, ladder: Ladder, facts: Facts): string {
  const { authorization, xApiKey } = verdict;
  if (authorization !== null && xApiKey !== null && !isSameHelper(authorization, xApiKey)) return '';
  const isPassedOver = (source: 'claude-login' | 'oauth-token'): boolean =>
    ladder.some(
      (rung) => rung.source === source && rung.state === 'shadowed' && rung.reason.code === 'outranked',
    );
  if (isPassedOver('claude-login')) return `, not ${loginPhrase(facts)}`;
  return isPassedOver('oauth-token') ? `, not ${sourcePhrase('oauth-token', facts)}` : '';
}

function unrun({ authorization, xApiKey }: Verdict): string {
  const open = [authorization, xApiKey].some((slot) => slot?.helper === 'not-run');
  return open ? '; the helper was not run for this answer' : '';
}
