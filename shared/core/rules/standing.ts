import type { Context } from '../context.ts';
import type { Facts, Layer, LayerId } from '../facts.ts';
import { effective, launchLayer, notProjectLayer } from '../settings/effective.ts';
import { MANAGED_BY_HOST, SIMPLE } from '../sources/steering.ts';
import type { Era } from './versions.ts';

/** What holds for a whole context before any source is looked at. */
export interface Standing {
  /** `--bare`, or `CLAUDE_CODE_SIMPLE`, today from anywhere but the folder's own files (measured). */
  readonly simple: boolean;
  /** An embedding program manages the provider; only its launch environment can say so (measured). */
  readonly hostManaged: boolean;
  /** It also keeps the stores, profiles and helpers back. */
  readonly storesKeptBack: boolean;
  /** Whether variables of a layer count. */
  readonly counts: (layer: LayerId) => boolean;
}

export function standingOf(facts: Facts, context: Context, era: Era): Standing {
  const managed = effective(facts.layers, MANAGED_BY_HOST, launchLayer)?.entry.on === true;
  const hostManaged = managed && era['host-managed-variables'];
  return {
    simple: context.mode === 'bare' || simpleBySwitch(facts.layers, era),
    hostManaged,
    storesKeptBack: hostManaged && era['host-managed-stores'],
    counts: hostManaged ? launchLayer : era['root-local-file'] ? everyLayer : startFolderOnly,
  };
}

/** Whether the variable makes a session bare. */
export function simpleBySwitch(layers: readonly Layer[], era: Era): boolean {
  const counts = era['simple-not-from-project'] ? notProjectLayer : everyLayer;
  return era.bare && effective(layers, SIMPLE, counts)?.entry.on === true;
}

const everyLayer = (): boolean => true;
/** Older versions take local settings from the start folder alone. */
const startFolderOnly = (layer: LayerId): boolean => layer !== 'local-root';
