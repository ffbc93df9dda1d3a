import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import type { LimitKey } from '../settings/administrator-limits.ts';
import type { Question, Refusal, Slot, Unknown } from '../verdict.ts';
import type { Certainty } from './rule.ts';
import type { Answers, Situation } from './situation.ts';
import type { Era } from './versions.ts';

/** Before a slot is sent: what stops, asks, or keeps anybody from knowing. The first gate that answers decides. */
export interface Gate {
  readonly id: string;
  readonly certainty: Certainty;
  readonly evidence: string;
  readonly says: string;
  readonly check: (view: GateView) => GateAnswer | null;
}

export interface GateView {
  readonly facts: Facts;
  readonly context: Context;
  readonly era: Era;
  readonly situation: Situation;
  readonly authorization: Slot | null;
  readonly xApiKey: Slot | null;
  readonly answers: Answers;
}

export type GateAnswer =
  | { readonly kind: 'refuses'; readonly reason: Refusal }
  | { readonly kind: 'asks'; readonly question: Question }
  | { readonly kind: 'unknown'; readonly reason: Unknown };

export const refuses = (reason: Refusal): GateAnswer => ({ kind: 'refuses', reason });
export const unknown = (reason: Unknown): GateAnswer => ({ kind: 'unknown', reason });

/** A demand of managed settings beside a way of logging in. */
export const limitOf = ({ limits }: Facts, key: LimitKey): Facts['limits'][number] | undefined =>
  limits.find((limit) => limit.key === key);
export const isLimited = (facts: Facts, key: LimitKey): boolean => limitOf(facts, key) !== undefined;
