import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';
import { BASE_URL } from '../../core/sources/steering.ts';
import { readRecords } from '../changes/change-book.ts';
import type { ChangePorts } from '../changes/change-ports.ts';

/** A place in settings of Claude Code that asks Credence for the token of one organisation. */
export interface NamedHelper {
  readonly origin: Origin;
  /** What takes it out. */
  readonly by:
    /** The change that put it there, as long as the file is as that left it. */
    | { readonly kind: 'undo'; readonly id: string }
    | { readonly kind: 'clear'; readonly names: readonly string[] }
    /** Only the administrator. */
    | { readonly kind: 'nobody' };
}

type Ports = Pick<ChangePorts, 'changes' | 'files' | 'digests'>;

/** Larger settings are none of Credence’s making: bytes. */
const MOST_BYTES = 1024 * 1024;

/** Which settings seen from this folder name `credence token --provider NAME`, lowest first. Reads only. */
export function helpersOfOrganisation(
  { helpers, layers }: Pick<Facts, 'helpers' | 'layers'>,
  provider: string,
  ports: Ports,
): readonly NamedHelper[] {
  return helpers
    .filter(({ organisation }) => organisation === provider)
    .map(({ origin, layer }): NamedHelper => {
      if (origin.scope === 'managed') return { origin, by: { kind: 'nobody' } };
      const id = undoOf(origin, ports);
      if (id !== null) return { origin, by: { kind: 'undo', id } };
      // With the gateway alone, Claude Code would send it whatever else is there.
      const hasGateway = layers.some((one) => one.id === layer && one.entries[BASE_URL] !== undefined);
      return { origin, by: { kind: 'clear', names: [HELPER_SETTING, ...(hasGateway ? [BASE_URL] : [])] } };
    });
}

/** “Use for Claude Code” wrote the file last, and nobody has changed it since. */
function undoOf({ path, realPath }: Origin, ports: Ports): string | null {
  const reading = path === undefined ? null : ports.files.read(path, MOST_BYTES);
  if (reading?.state !== 'read') return null;
  const digest = ports.digests.sha256(reading.text);
  const found = readRecords(ports).find(
    ({ state, steps }) =>
      state === 'applied' &&
      steps.some((step) => step.kind === 'file' && (step.path === path || step.path === realPath)),
  );
  if (found?.goal.kind !== 'use-provider' || !found.kept) return null;
  return found.steps.every((step) => step.kind === 'file' && step.after === digest) ? found.id : null;
}
