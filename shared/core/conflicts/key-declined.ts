import type { Conflict } from '../conflict.ts';
import { effective } from '../settings/effective.ts';
import { API_KEY } from '../sources/api-key.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The key was declined once: interactive sessions pass over it in silence, print runs still use it. */
export const keyDeclined: ConflictRule = {
  code: 'key-declined',
  find: ({ facts, verdicts }): readonly Conflict[] => {
    const entry = effective(facts.layers, API_KEY)?.entry;
    if (entry?.state !== 'value' || entry.approval !== 'rejected') return [];
    const { provider, xApiKey } = verdicts.interactive;
    // A bare session takes no notice of the answer.
    if (provider !== 'firstParty' || xApiKey?.reading.origin === entry.origin) return [];
    return [
      {
        code: 'key-declined',
        severity: 'info',
        modes: ['interactive'],
        about: { source: 'api-key', origin: entry.origin, name: API_KEY },
        remedies: [
          { id: 'forget-approval', target: API_KEY },
          { id: 'clear-credential', target: API_KEY, origin: entry.origin },
        ],
      },
    ];
  },
};
