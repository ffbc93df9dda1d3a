import type { Conflict } from '../conflict.ts';
import { isProjectLayer } from '../settings/effective.ts';
import { eraOf } from '../rules/versions.ts';
import { OAUTH_TOKEN } from '../sources/oauth-token.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** A project file sets the OAuth token, which this version refuses to take from there. */
export const projectVariableIgnored: ConflictRule = {
  code: 'project-variable-ignored',
  find: ({ facts, claudeCode }): readonly Conflict[] => {
    const era = eraOf(claudeCode.version, 'older');
    if (era['project-oauth-used'] && !era['project-oauth-ignored']) return [];
    return facts.layers
      .filter(({ id }) => isProjectLayer(id))
      .flatMap(({ entries }): Conflict[] => {
        const entry = entries[OAUTH_TOKEN];
        if (entry?.state !== 'value') return [];
        const { origin } = entry;
        return [
          inEveryMode(
            'project-variable-ignored',
            'info',
            { source: 'oauth-token', name: OAUTH_TOKEN, origin },
            [{ id: 'clear-credential', target: OAUTH_TOKEN, origin }],
          ),
        ];
      });
  },
};
