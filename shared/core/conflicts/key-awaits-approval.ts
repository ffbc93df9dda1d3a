import type { Conflict } from '../conflict.ts';
import { effective } from '../settings/effective.ts';
import { API_KEY } from '../sources/api-key.ts';
import type { Verdict } from '../verdict.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** Interactive sessions will ask about the key; print runs use it unasked. */
export const keyAwaitsApproval: ConflictRule = {
  code: 'key-awaits-approval',
  find: ({ facts, asked }): readonly Conflict[] => {
    const entry = effective(facts.layers, API_KEY)?.entry;
    if (entry === undefined || !asksForKey(asked.interactive)) return [];
    return [
      {
        code: 'key-awaits-approval',
        severity: 'info',
        modes: ['interactive'],
        about: { source: 'api-key', origin: entry.origin, name: API_KEY },
        remedies: [
          { id: 'answer-approval', target: API_KEY },
          { id: 'clear-credential', target: API_KEY, origin: entry.origin },
        ],
      },
    ];
  },
};

/** The question about the key, perhaps after the one about the folder. */
function asksForKey(verdict: Verdict): boolean {
  if (verdict.asks === 'api-key-approval') return true;
  return verdict.asks === 'folder-trust' && verdict.after !== null && asksForKey(verdict.after.yes);
}
