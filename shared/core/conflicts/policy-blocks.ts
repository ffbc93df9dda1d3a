import { blockingPolicy } from '../policy.ts';
import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** Managed settings keep what is set here from being used: a login is forced, a provider or this version is not allowed. */
export const policyBlocks: ConflictRule = {
  code: 'policy-blocks',
  find: (view) =>
    perMode('policy-blocks', view, (verdict) => {
      const policy = blockingPolicy(view.facts, verdict);
      if (policy === null) return null;
      return {
        key: policy.key,
        severity: 'critical',
        about: { name: policy.key, origin: policy.origin },
        remedies: [
          ...(verdict.gate === 'gate/policy' ? [{ id: 'clear-credential' as const }] : []),
          { id: 'ask-administrator', target: policy.key, origin: policy.origin },
        ],
      };
    }),
};
