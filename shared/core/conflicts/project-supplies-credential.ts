import type { Conflict, Severity } from '../conflict.ts';
import type { Mode } from '../context.ts';
import type { Facts, LayerId } from '../facts.ts';
import type { Origin } from '../origin.ts';
import { isProjectLayer } from '../settings/effective.ts';
import { HELPER_SETTING } from '../sources/api-key-helper.ts';
import { WATCHED } from '../sources/index.ts';
import { BASE_URL } from '../sources/steering.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The folder's own settings bring a key, a helper or a base URL; print runs take them without asking. */
export const projectSuppliesCredential: ConflictRule = {
  code: 'project-supplies-credential',
  find: ({ facts }): readonly Conflict[] => [
    ...suppliedVariables(facts).map(({ name, layer, origin }) =>
      conflict(name, layer, origin, ['print', 'bare']),
    ),
    ...facts.helpers
      .filter((helper) => isProjectLayer(helper.layer) && !helper.blank)
      .map(({ layer, origin }) => conflict(HELPER_SETTING, layer, origin, ['print'])),
  ],
};

/** What a project brings that Claude Code takes from there; an OAuth token is another conflict's business. */
function suppliedVariables(
  facts: Facts,
): readonly { readonly name: string; readonly layer: LayerId; readonly origin: Origin }[] {
  return facts.layers
    .filter(({ id }) => isProjectLayer(id))
    .flatMap(({ id, entries }) =>
      Object.values(entries)
        .filter(({ name, state, headers }) => {
          const watched = WATCHED.get(name);
          if (state !== 'value' || watched === undefined || watched.source === 'oauth-token') return false;
          if (headers !== null) return headers.authorization !== null || headers.xApiKey !== null;
          return name === BASE_URL || (watched.role === 'credential' && watched.kind === 'secret');
        })
        .map(({ name, origin }) => ({ name, layer: id, origin })),
    );
}

function conflict(name: string, layer: LayerId, origin: Origin, modes: readonly Mode[]): Conflict {
  // A local file is the user's own; a project file came with the folder, perhaps from a stranger.
  const severity: Severity = layer === 'project' ? 'warning' : 'info';
  return {
    code: 'project-supplies-credential',
    severity,
    modes,
    about: { name, origin },
    remedies: [
      { id: 'leave-project-settings-out', target: name, origin },
      { id: 'clear-credential', target: name, origin },
    ],
  };
}
