import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { providerSwitch } from '../conflict-finding/provider-switch.ts';

/** A cloud switch is on and nothing usable was found behind it. */
export const providerWithoutCredential: ConflictRule = {
  code: 'provider-without-credential',
  find: (view) =>
    perMode('provider-without-credential', view, ({ provider, unknown }) => {
      if (unknown !== 'cloud-chain' || provider === 'firstParty' || provider === 'gateway') return null;
      const on = providerSwitch(view.facts, provider);
      if (on === null) return null;
      return {
        key: provider,
        severity: 'critical',
        about: { source: 'cloud-provider', name: on.name, detail: provider, origin: on.origin },
        remedies: [
          { id: 'sign-in-to-provider', target: provider },
          { id: 'switch-provider-off', target: on.name, origin: on.origin },
        ],
      };
    }),
};
