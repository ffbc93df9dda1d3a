import type { EffectiveEntry, Layer, LayerId } from '../facts.ts';

/** The value that counts for a variable: the highest layer that sets it, be it with an empty text. */
export function effective(
  layers: readonly Layer[],
  name: string,
  counts: (layer: LayerId) => boolean = everyLayer,
): EffectiveEntry | null {
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at];
    const entry = layer?.entries[name];
    if (layer !== undefined && entry !== undefined && counts(layer.id)) return { entry, layer: layer.id };
  }
  return null;
}

const everyLayer = (): boolean => true;

/** What the process was started with, before any file. */
export const launchLayer = (layer: LayerId): boolean => layer === 'base';

/** The files that a folder brings with it. */
export const isProjectLayer = (layer: LayerId): boolean =>
  layer === 'project' || layer === 'local-folder' || layer === 'local-root';

/** Whether bare mode is switched on by a variable: a project's own files cannot do that (measured). */
export const notProjectLayer = (layer: LayerId): boolean => !isProjectLayer(layer);
