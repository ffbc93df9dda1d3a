import type { Payer } from '../core/sources/source-definition.ts';
import { answeredVerdict, winnerOf } from '../core/settle-ladder.ts';
import type { Facts } from '../core/facts.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { otherHost } from './base-url-words.ts';
import { isOwnPlan, planName } from './source-label.ts';

/** Who pays, in a clause; for labels and lists. */
export const PAYER_PHRASES: Readonly<Record<Payer, string>> = {
  metered: 'you pay per use',
  subscription: 'a subscription pays',
  organisation: 'your organisation pays',
  unknown: 'who pays is not known',
};

/** Who pays for what is sent, in one sentence; `null` when nothing is sent. A question counts as answered with yes. */
export function payerSentence(inspection: Inspection): string | null {
  const { pays, verdict, facts } = inspection;
  if (pays === null) return null;
  const clause = payerClause(pays, answeredVerdict(verdict), inspection);
  const text = verdict.outcome === 'asks' ? `after a yes, ${clause}` : clause;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${onTop(pays, facts, inspection)}.`;
}

function payerClause(pays: Payer, verdict: Verdict, inspection: Inspection): string {
  const { facts } = inspection;
  const host = otherHost(facts, verdict.provider);
  if (winnerOf(verdict)?.broken === true) return 'nothing that is sent can be billed';
  if (sendsTwo(inspection)) return `which one is billed is up to ${host ?? 'the server'}`;
  // The price of a credential is known for its own issuer only.
  if (host !== null) return `who pays is up to ${host}`;
  switch (pays) {
    case 'metered':
      return PAYER_PHRASES.metered;
    case 'subscription':
      return subscriptionClause(verdict, facts);
    case 'organisation':
      return organisationClause(verdict);
    case 'unknown':
      return PAYER_PHRASES.unknown;
  }
}

function sendsTwo({ conflicts, context }: Inspection): boolean {
  return conflicts.some(({ code, modes }) => code === 'two-credentials-sent' && modes.includes(context.mode));
}

/** Whose subscription it is, only a login tells; a token may be anybody’s. */
function subscriptionClause(verdict: Verdict, facts: Facts): string {
  if (winnerOf(verdict)?.source !== 'claude-login') return 'the subscription behind the token pays';
  const { login } = facts.store;
  const plan = planName(login?.plan);
  if (plan === null) return 'the subscription behind the login pays';
  return isOwnPlan(login?.plan)
    ? 'it is included in your subscription'
    : `it is included in your organisation’s ${plan} plan`;
}

function organisationClause(verdict: Verdict): string {
  switch (verdict.provider) {
    case 'firstParty':
      return PAYER_PHRASES.organisation;
    case 'gateway':
      return 'who pays is up to the gateway';
    case 'bedrock':
    case 'foundry':
    case 'anthropicAws':
    case 'anthropicGoogleCloud':
    case 'mantle':
    case 'vertex':
      return winnerOf(verdict)?.source === 'cloud-provider'
        ? 'the cloud account behind it pays'
        : 'who pays is up to whoever answers there';
  }
}

/** A plan that is paid for already and not used. */
function onTop(pays: Payer, facts: Facts, inspection: Inspection): string {
  const plan = planName(facts.store.login?.plan);
  const twice = inspection.conflicts.some(
    ({ code, modes }) => code === 'metered-over-subscription' && modes.includes(inspection.context.mode),
  );
  const usable = winnerOf(answeredVerdict(inspection.verdict))?.broken === false;
  return pays === 'metered' && usable && twice && plan !== null && !sendsTwo(inspection)
    ? `, on top of ${plan}`
    : '';
}
