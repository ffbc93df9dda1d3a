import type { Surface } from '../../core/context.ts';
import type { LikelyOrigin } from '../../core/origin.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { BaseEnvironment } from './base-layer.ts';
import type { FoundLine } from './found-line.ts';

/** Lines of one kind of place, and why they reach no request from here. */
export interface LineGroup {
  readonly lines: readonly FoundLine[];
  readonly flaw: Flaw;
  /** Whether the process may have its value from here. */
  readonly feedsProcess: boolean;
}

export interface Elsewhere {
  /** Where the values of the process probably came from, best first, by name. */
  readonly likely: ReadonlyMap<string, readonly LikelyOrigin[]>;
  /** Credentials that stand somewhere and are not what the process carries. */
  readonly readings: readonly Reading[];
}

/**
 * Splits the lines found outside the files that Claude Code reads: those that explain a value of the process, and those that
 * bring one of their own.
 */
export function sortElsewhere(
  surface: Surface,
  base: BaseEnvironment,
  groups: readonly LineGroup[],
  fingerprintOf: FingerprintOf,
): Elsewhere {
  const likely = new Map<string, LikelyOrigin[]>();
  const readings: Reading[] = [];
  const carriesProcess = surface === 'terminal' || surface === 'container';
  for (const { lines, flaw, feedsProcess } of groups) {
    for (const line of lines) {
      if (base.origins.get(line.name) === line.origin) continue;
      const carried = base.variables[line.name];
      const match = carriesProcess && feedsProcess ? likelyOrigin(line, carried) : null;
      if (match !== null) likely.set(line.name, [...(likely.get(line.name) ?? []), match]);
      else if (isCredential(line) && !(carriesProcess && feedsProcess && line.text === carried))
        readings.push(readingOf(line, flaw, fingerprintOf));
    }
  }
  for (const places of likely.values()) places.sort((one, other) => rank(one) - rank(other));
  return { likely, readings };
}

/** A constant that differs from what the process carries did not give it; a computed one may have. */
function likelyOrigin(line: FoundLine, carried: string | undefined): LikelyOrigin | null {
  const { path, line: at } = line.origin;
  if (carried === undefined || path === undefined || at === undefined) return null;
  if (line.text !== null && line.text !== carried) return null;
  return { path, line: at, certainty: line.certainty };
}

const CERTAINTIES: readonly LikelyOrigin['certainty'][] = ['literal', 'conditional', 'computed'];
const rank = ({ certainty }: LikelyOrigin): number => CERTAINTIES.indexOf(certainty);

function isCredential({ name, text }: FoundLine): boolean {
  const variable = WATCHED.get(name);
  if (variable?.source == null || text?.trim() === '') return false;
  return variable.role === 'credential' && variable.kind !== 'headers';
}

function readingOf({ name, text, origin }: FoundLine, flaw: Flaw, fingerprintOf: FingerprintOf): Reading {
  const source = WATCHED.get(name)?.source ?? 'api-key';
  return { source, origin, fingerprint: text === null ? null : fingerprintOf(text.trim()), flaw };
}
