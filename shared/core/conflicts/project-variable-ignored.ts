import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import type { Conflict } from '../conflict.ts';
import { eraOf } from '../rules/versions.ts';
import { isProjectLayer } from '../settings/effective.ts';
import { FEDERATION_RULE } from '../sources/federation.ts';
import { WATCHED } from '../sources/index.ts';
import { OAUTH_TOKEN } from '../sources/oauth-token.ts';
import { PROFILE, PROFILE_FOLDER } from '../sources/profile.ts';
import { LAUNCH_ONLY, NOT_FROM_PROJECT } from '../sources/steering.ts';

const NEVER: readonly string[] = [
  ...NOT_FROM_PROJECT,
  ...LAUNCH_ONLY,
  PROFILE,
  PROFILE_FOLDER,
  FEDERATION_RULE,
];

/** A project file sets a variable that Claude Code refuses to take from there. */
export const projectVariableIgnored: ConflictRule = {
  code: 'project-variable-ignored',
  find: ({ facts, claudeCode }): readonly Conflict[] => {
    const era = eraOf(claudeCode.version, 'older');
    const takesOauth = era['project-oauth-used'] && !era['project-oauth-ignored'];
    const names = takesOauth ? NEVER : [OAUTH_TOKEN, ...NEVER];
    return facts.layers
      .filter(({ id }) => isProjectLayer(id))
      .flatMap(({ entries }): Conflict[] =>
        names.flatMap((name): Conflict[] => {
          const entry = entries[name];
          if (entry?.state !== 'value') return [];
          const { origin } = entry;
          const source = WATCHED.get(name)?.source;
          return [
            inEveryMode(
              'project-variable-ignored',
              'info',
              { ...(source == null ? {} : { source }), name, origin },
              [{ id: 'clear-credential', target: name, origin }],
            ),
          ];
        }),
      );
  },
};
