import {
  certaintyOf,
  type Assignment,
  type BareExport,
  type SourceReference,
  type SourceSyntax,
  type StartupText,
} from './assignment.ts';

/** What one statement does to the environment, before it is known which variables end up exported. */
export interface ShellEvent {
  readonly action:
    | 'set'
    /** A list, which no program gets; what is set later becomes its first item. */
    | 'array'
    | 'unset'
    | 'export'
    | 'unexport'
    | 'readonly'
    | 'export-all'
    | 'stop-export-all'
    | 'source';
  /** Empty where no variable is meant. */
  readonly name: string;
  readonly line: number;
  /** The value set, or the path of a sourced file; null when computed. */
  readonly value: string | null;
  /** See `Assignment`. */
  readonly pathAsWritten: string | null;
  /** The statement itself exports. */
  readonly exports: boolean;
  readonly syntax: SourceSyntax;
  /** Both are raised afterwards when the statement turns out to be part of a pipeline, a job or a broken line. */
  conditional: boolean;
  scoped: boolean;
}

/** How far something holds: not, perhaps (a conditional statement says so), or surely. */
type Level = 0 | 1 | 2;

interface NameState {
  exported: Level;
  readonly: boolean;
  /** Taken out of the environment, value kept. */
  hidden: boolean;
  array: boolean;
  /** Records set without being exported, which a later `export NAME` exports. */
  pending: number[];
}

/** Follows the export attribute through the statements of one file, in order. */
export function resolveEvents(events: readonly ShellEvent[]): StartupText {
  const assignments: Assignment[] = [];
  const sources: SourceReference[] = [];
  const exports: BareExport[] = [];
  const names = new Map<string, NameState>();
  let exportAll: Level = 0;
  /** Setting a read-only variable is an error that ends the file in most shells. */
  let failed = false;

  function stateOf(name: string): NameState {
    let state = names.get(name);
    if (state === undefined) {
      state = { exported: 0, readonly: false, hidden: false, array: false, pending: [] };
      names.set(name, state);
    }
    return state;
  }

  function exportPending(state: NameState, conditional: boolean): void {
    for (const index of state.pending) {
      const record = assignments[index];
      if (record === undefined) continue;
      const doubt = record.conditional || conditional;
      assignments[index] = {
        ...record,
        exported: true,
        conditional: doubt,
        certainty: certaintyOf(record.value, doubt),
      };
    }
    state.pending = [];
  }

  /** Before a removal, and at the end: what only a conditional `export NAME` exports is exported perhaps. */
  function settle(state: NameState): void {
    if (state.exported === 1) exportPending(state, true);
    state.pending = [];
  }

  function set(event: ShellEvent, state: NameState): void {
    const { name, line } = event;
    state.array ||= event.action === 'array';
    const value = state.array ? null : event.value;
    failed ||= state.readonly;
    const level: Level = event.exports ? 2 : max(state.exported, exportAll);
    const conditional = event.conditional || failed || level === 1;
    if (level === 0) state.pending.push(assignments.length);
    assignments.push({
      name,
      line,
      certainty: certaintyOf(value, conditional),
      conditional,
      exported: level > 0,
      value,
      pathAsWritten: value === null && !state.array ? event.pathAsWritten : null,
      kind: 'set',
    });
    const gained: Level = event.exports ? 2 : exportAll;
    state.exported = max(state.exported, event.conditional ? atMostPerhaps(gained) : gained);
  }

  function remove(event: ShellEvent, state: NameState): void {
    failed ||= state.readonly && event.action === 'unset';
    const conditional = event.conditional || failed;
    if (!conditional) {
      settle(state);
      state.array &&= event.action === 'unexport';
    }
    assignments.push({
      name: event.name,
      line: event.line,
      certainty: conditional ? 'conditional' : 'literal',
      conditional,
      exported: true,
      value: null,
      pathAsWritten: null,
      kind: 'unset',
    });
    state.exported = conditional ? atMostPerhaps(state.exported) : 0;
    state.hidden = event.action === 'unexport';
  }

  for (const event of events) {
    const { action, name, line, value } = event;
    const conditional = event.conditional || failed;
    if (event.scoped) {
      if (action === 'set' || action === 'array') {
        const certainty = certaintyOf(value, conditional);
        const { pathAsWritten } = event;
        const common = { name, line, certainty, conditional, value, pathAsWritten };
        assignments.push({ ...common, exported: false, kind: 'scoped' });
      }
      continue;
    }
    switch (action) {
      case 'set':
      case 'array':
        set(event, stateOf(name));
        break;
      case 'unset':
      case 'unexport':
        remove(event, stateOf(name));
        break;
      case 'export': {
        const state = stateOf(name);
        exports.push({ name, line, conditional });
        if (state.hidden) set({ ...event, action: 'set', value: null, exports: true }, state);
        state.hidden = false;
        if (!conditional) exportPending(state, false);
        state.exported = max(state.exported, conditional ? 1 : 2);
        break;
      }
      case 'readonly':
        stateOf(name).readonly = true;
        break;
      case 'export-all':
        exportAll = conditional ? max(exportAll, 1) : 2;
        break;
      case 'stop-export-all':
        exportAll = conditional ? atMostPerhaps(exportAll) : 0;
        break;
      case 'source':
        sources.push({ line, path: value, conditional, exportsAll: exportAll > 0, syntax: event.syntax });
        break;
    }
  }
  for (const state of names.values()) settle(state);
  // In a loop, or in a function that is called again, what stands before a `set -a` may run after it.
  if (events.some((event) => event.action === 'export-all' && event.conditional && !event.scoped)) {
    assignments.forEach((record, index) => {
      if (record.kind === 'set' && record.conditional) assignments[index] = { ...record, exported: true };
    });
  }
  return { assignments, sources, exports };
}

function max(a: Level, b: Level): Level {
  return a > b ? a : b;
}

function atMostPerhaps(level: Level): Level {
  return level === 0 ? 0 : 1;
}
