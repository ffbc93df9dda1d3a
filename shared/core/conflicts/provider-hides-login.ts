import { decidedSources } from '../conflict-finding/decided-sources.ts';
import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { providerSwitch } from '../conflict-finding/provider-switch.ts';
import { LEAVE } from '../conflict-finding/remedies.ts';

/** A cloud switch is on, so credentials of Claude's own that are there go unused. */
export const providerHidesLogin: ConflictRule = {
  code: 'provider-hides-login',
  find: (view) =>
    perMode('provider-hides-login', view, (verdict, mode) => {
      const { provider } = verdict;
      if (provider === 'firstParty' || provider === 'gateway') return null;
      const on = providerSwitch(view.facts, provider);
      const hidden = decidedSources(view, mode).find(
        (source) => verdict.authorization?.source !== source && verdict.xApiKey?.source !== source,
      );
      if (on === null || hidden === undefined) return null;
      return {
        key: `${provider} ${hidden}`,
        severity: 'warning',
        about: {
          source: 'cloud-provider',
          other: hidden,
          name: on.name,
          detail: provider,
          origin: on.origin,
        },
        remedies: [{ id: 'switch-provider-off', target: on.name, origin: on.origin }, LEAVE],
      };
    }),
};
