import { CLOUD_RULES } from './cloud-rules.ts';
import { FIRST_PARTY_RULES } from './first-party-rules.ts';
import type { Rule } from './rule.ts';

/** First match per slot. The order of the rows is the precedence. */
export const RULES: readonly Rule[] = [...FIRST_PARTY_RULES, ...CLOUD_RULES];
