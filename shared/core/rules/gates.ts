import type { Gate } from './gate.ts';
import { LOGIN_GATES } from './login-gates.ts';
import { POLICY_GATES } from './policy-gates.ts';
import { PROVIDER_GATES } from './provider-gates.ts';
import { REQUEST_GATES } from './request-gates.ts';
import { START_GATES } from './start-gates.ts';

/** All gates; the first one that answers decides, so the order counts. */
export const GATES: readonly Gate[] = [
  ...START_GATES,
  ...POLICY_GATES,
  ...REQUEST_GATES,
  ...PROVIDER_GATES,
  ...LOGIN_GATES,
];
