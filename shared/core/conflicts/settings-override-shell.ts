import type { Conflict } from '../conflict.ts';
import { effective, launchLayer } from '../settings/effective.ts';
import type { Entry } from '../settings/entry.ts';
import { WATCHED } from '../sources/index.ts';
import { BASE_URL } from '../sources/steering.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** A settings file replaces a variable that is exported in the shell, by another value. */
export const settingsOverrideShell: ConflictRule = {
  code: 'settings-override-shell',
  find: ({ facts, verdicts }): readonly Conflict[] => {
    if (verdicts.print.refuses === 'config-broken') return [];
    const base = facts.layers.find(({ id }) => launchLayer(id));
    if (base === undefined) return [];
    return Object.values(base.entries).flatMap((shell): Conflict[] => {
      const winning = effective(facts.layers, shell.name);
      if (winning === null || launchLayer(winning.layer) || !matters(shell.name)) return [];
      if (shell.state === 'empty' || isSame(shell, winning.entry)) return [];
      const source = WATCHED.get(shell.name)?.source;
      return [
        inEveryMode(
          'settings-override-shell',
          'info',
          {
            ...(source == null ? {} : { source }),
            name: shell.name,
            origin: winning.entry.origin,
            otherOrigin: shell.origin,
          },
          [{ id: 'clear-credential', target: shell.name, origin: winning.entry.origin }],
        ),
      ];
    });
  },
};

/** Regions and file paths may differ without anybody minding. */
function matters(name: string): boolean {
  const role = WATCHED.get(name)?.role;
  return role === 'credential' || role === 'switch' || name === BASE_URL;
}

function isSame(one: Entry, other: Entry): boolean {
  return (
    one.state === other.state &&
    one.fingerprint === other.fingerprint &&
    one.on === other.on &&
    one.text === other.text &&
    one.headers?.authorization === other.headers?.authorization &&
    one.headers?.xApiKey === other.headers?.xApiKey
  );
}
