import { programKind } from '../core/platform/linux-process.ts';
import type { RunningProgram, RunningPrograms } from '../ports/running-programs.ts';
import type { Fingerprints } from '../ports/fingerprints.ts';

/** A process as a test lays it. */
export interface MadeUpProcess {
  readonly processId: number;
  readonly parent?: number;
  /** What the kernel calls it. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly executable?: string;
  /** Leads its session, on a terminal. Otherwise there is none. */
  readonly onTerminal?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
  readonly folder?: string | null;
  /** Seconds after the system’s start. */
  readonly startedAfter?: number;
  readonly ended?: true;
  readonly ofAnother?: true;
}

export interface MadeUpProcesses {
  readonly processes: readonly MadeUpProcess[];
  /** The one that asks. */
  readonly processId: number;
  /** When the system started: milliseconds since 1970, whole seconds. */
  readonly systemStart: number;
}

/** Processes in memory; `null`: a system where nobody can look at them. */
export function memoryRunningPrograms(
  given: MadeUpProcesses | null,
  fingerprints: Pick<Fingerprints, 'of'>,
): RunningPrograms {
  return {
    list: (names) =>
      given === null ? null : given.processes.flatMap((one) => shown(one, given, names, fingerprints)),
  };
}

function shown(
  one: MadeUpProcess,
  { processes, processId, systemStart }: MadeUpProcesses,
  names: readonly string[],
  fingerprints: Pick<Fingerprints, 'of'>,
): readonly RunningProgram[] {
  const { command, args = [command], executable = null, onTerminal = false, variables = {} } = one;
  if (one.ended === true || one.ofAnother === true) return [];
  const stat = {
    command,
    state: 'S',
    parent: one.parent ?? 1,
    group: one.processId,
    session: one.processId,
    terminal: onTerminal ? 34816 : 0,
    foreground: onTerminal ? one.processId : -1,
    started: 0,
  };
  const kind = programKind(stat, one.processId, args, executable);
  if (kind === null) return [];
  return [
    {
      processId: one.processId,
      kind,
      startedAt: systemStart + (one.startedAfter ?? 0) * 1000,
      folder: one.folder ?? null,
      holds: Object.entries(variables).flatMap(([name, value]) =>
        names.includes(name) && value.trim() !== ''
          ? [{ name, fingerprint: fingerprints.of(value.trim()) }]
          : [],
      ),
      isOurs: descends(processes, processId, one.processId),
    },
  ];
}

function descends(processes: readonly MadeUpProcess[], from: number, ancestor: number): boolean {
  let at: number | undefined = from;
  for (let steps = 0; at !== undefined && steps <= processes.length; steps++) {
    if (at === ancestor) return true;
    at = processes.find(({ processId }) => processId === at)?.parent;
  }
  return false;
}
