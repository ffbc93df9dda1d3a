import type { Facts } from './facts.ts';
import type { Origin } from './origin.ts';
import type { LimitKey } from './settings/administrator-limits.ts';
import type { LoginPolicy } from './settings/settings-file.ts';
import type { Verdict } from './verdict.ts';

/** The member of managed settings that keeps a session from sending anything. */
export interface BlockingPolicy {
  readonly key: LoginPolicy['key'] | LimitKey;
  readonly origin: Origin;
}

/** Which member stands behind a refusal by policy; `null` for every other answer. */
export function blockingPolicy({ policy, limits }: Facts, verdict: Verdict): BlockingPolicy | null {
  if (verdict.refuses !== 'policy') return null;
  const limit = (...keys: readonly LimitKey[]): BlockingPolicy | null =>
    limits.find(({ key }) => keys.includes(key)) ?? null;
  switch (verdict.gate ?? '') {
    case 'gate/version-too-old':
      return limit('requiredMinimumVersion');
    case 'gate/version-too-new':
      return limit('requiredMaximumVersion');
    case 'gate/provider-not-allowed':
      return limit('allowedProviders');
    case 'gate/policy-helper-missing':
      return limit('policyHelper');
    case 'gate/organisation-misconfigured':
      return limit('forceLoginOrgUUID');
    case 'gate/gateway-policy':
      return policy?.demands === 'gateway' ? policy : limit('forceLoginGatewayUrl');
    default:
      return policy;
  }
}
