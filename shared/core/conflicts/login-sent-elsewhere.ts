import { baseUrlOf, goesElsewhere } from '../rules/payer.ts';
import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { LEAVE } from '../conflict-finding/remedies.ts';

/** A base URL changes the host only: a Claude login or OAuth token then goes to whatever host it names. */
export const loginSentElsewhere: ConflictRule = {
  code: 'login-sent-elsewhere',
  find: (view) =>
    perMode('login-sent-elsewhere', view, (verdict) => {
      const source = verdict.authorization?.source;
      if (source !== 'claude-login' && source !== 'oauth-token') return null;
      const url = baseUrlOf(view.facts, verdict.provider);
      if (url === null || verdict.provider !== 'firstParty' || !goesElsewhere(view.facts)) return null;
      return {
        key: source,
        severity: 'critical',
        about: { source, origin: url.entry.origin, detail: url.entry.text ?? '' },
        remedies: [{ id: 'unset-base-url', target: url.entry.name, origin: url.entry.origin }, LEAVE],
      };
    }),
};
