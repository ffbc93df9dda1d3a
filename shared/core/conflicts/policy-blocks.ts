import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** Managed settings force a login method, and a key, token or helper stands in its way. */
export const policyBlocks: ConflictRule = {
  code: 'policy-blocks',
  find: (view) =>
    perMode('policy-blocks', view, ({ refuses }) => {
      const { policy } = view.facts;
      if (refuses !== 'policy' || policy === null) return null;
      return {
        key: policy.key,
        severity: 'critical',
        about: { name: policy.key, origin: policy.origin },
        remedies: [
          { id: 'clear-credential' },
          { id: 'ask-administrator', target: policy.key, origin: policy.origin },
        ],
      };
    }),
};
