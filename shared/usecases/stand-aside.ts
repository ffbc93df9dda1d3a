import type { Conflict, ConflictCode, RemedyName } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
import type { Origin } from '../core/origin.ts';
import { effective } from '../core/settings/effective.ts';
import type { Environment } from '../ports/environment.ts';
import type { Ports } from '../ports/ports.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import type { GatherRequest } from './gather/gather-request.ts';
import { findConflicts } from '../core/conflicts/index.ts';
import type { ClaudeCodeVersion } from '../core/context.ts';

/** What keeps the wished answer from being true, and can be kept out of one program’s environment. */
const CODES: readonly ConflictCode[] = [
  'metered-over-subscription',
  'stale-key',
  'two-credentials-sent',
  'provider-hides-login',
];

export interface StoodAside {
  /** Variables of the process to leave out, in the order in which they were found. */
  readonly names: readonly string[];
  /** Conflicts that no environment can settle: what they point at stands elsewhere. */
  readonly left: readonly { readonly name: string; readonly origin: Origin }[];
  /** With the variables taken away. */
  readonly facts: Facts;
}

/**
 * Which variables of the process’s environment to take away so that the conflicts of an everyday session in this folder are gone.
 * What is taken away may bring out the next one, so it looks again with what is left; of two credentials one is taken.
 */
export async function standAside(
  ports: Ports,
  request: GatherRequest,
  claudeCode: ClaudeCodeVersion,
): Promise<StoodAside> {
  const names: string[] = [];
  const left = new Map<string, StoodAside['left'][number]>();
  for (;;) {
    const facts = await gatherFacts(without(ports, names), request);
    const found = findConflicts(facts, claudeCode).filter(
      ({ code, modes }) => CODES.includes(code) && (modes.includes('interactive') || modes.includes('print')),
    );
    const next = found.map((conflict) => variableOf(conflict, facts)).find((name) => name !== null);
    if (next === undefined || names.includes(next)) {
      for (const conflict of found) noteLeft(conflict, left);
      return { names, left: [...left.values()], facts };
    }
    names.push(next);
  }
}

function without(ports: Ports, names: readonly string[]): Ports {
  const { environment } = ports;
  const variables = Object.fromEntries(
    Object.entries(environment.variables).filter(([name]) => !names.includes(name)),
  );
  return {
    ...ports,
    environment: environmentWith(environment, variables),
  };
}

/** The other fields are asked of the system when they are read, and one of them fails where the folder is gone. */
function environmentWith(environment: Environment, variables: Environment['variables']): Environment {
  return Object.create(environment, { variables: { value: variables } }) as Environment;
}

/** The first variable of the process that the conflict points at; of what is set above it, the process’s is no help. */
function variableOf({ remedies }: Conflict, facts: Facts): string | null {
  for (const { id, target } of remedies) {
    if (target === undefined || !isTaking(id)) continue;
    if (effective(facts.layers, target)?.layer === 'base') return target;
  }
  return null;
}

function isTaking(id: RemedyName['id']): boolean {
  return id === 'clear-credential' || id === 'switch-provider-off';
}

function noteLeft({ about, remedies }: Conflict, left: Map<string, StoodAside['left'][number]>): void {
  const [first] = remedies;
  const origin = first?.origin ?? about.origin;
  const name = first?.target ?? about.name ?? about.source;
  if (origin !== undefined && name !== undefined)
    left.set(`${name} ${origin.path ?? origin.kind}`, { name, origin });
}
