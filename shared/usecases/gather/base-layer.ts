import type { Layer } from '../../core/facts.ts';
import type { LikelyOrigin, Origin } from '../../core/origin.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { makeEntry, type ApprovalTails, type Entry } from '../../core/settings/entry.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { Surface } from '../../core/context.ts';
import type { Environment } from '../../ports/environment.ts';
import type { SessionVariable } from '../../ports/session-variables.ts';
import type { EditorLines } from './editor-lines.ts';
import type { FoundLine } from './found-line.ts';
import type { SessionLines } from './session-lines.ts';

/** The environment that Claude Code is started with on one surface: raw values, so this never leaves the gathering frame. */
export interface BaseEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly origins: ReadonlyMap<string, Origin>;
  /** Set, but to something that only a shell or the session could tell. */
  readonly computed: ReadonlySet<string>;
}

/** Everything a session could bring, whether or not the surface in question gets it. */
export interface Surroundings {
  readonly session: SessionLines;
  readonly asked: readonly SessionVariable[];
  readonly editor: EditorLines;
  /** What the next terminal will have; `null` when this one is meant. */
  readonly next: readonly FoundLine[] | null;
}

/** Puts together what a program inherits when it is started from a surface. */
export function baseEnvironment(
  surface: Surface,
  environment: Environment,
  around: Surroundings,
): BaseEnvironment {
  const sessionAsked = around.asked.map(askedLine);
  switch (surface) {
    case 'terminal':
    case 'container':
      return around.next === null ? fromProcess(environment) : fromLines(environment, around.next);
    case 'scheduled':
      return fromLines(environment, around.session.login);
    case 'desktop':
      return fromLines(environment, [...around.session.login, ...around.session.desktop, ...sessionAsked]);
    case 'vscode': {
      // Inside an editor's own terminal the editor has what this process has; else it was most likely started from the desktop.
      const below = isInsideEditor(environment)
        ? fromProcess(environment)
        : fromLines(environment, [...around.session.login, ...around.session.desktop, ...sessionAsked]);
      return overlaid(below, around.editor.extension);
    }
  }
}

/** Whether this process runs in a terminal of VS Code or a relative of it. */
export function isInsideEditor({ variables }: Environment): boolean {
  return variables['TERM_PROGRAM'] === 'vscode';
}

function fromProcess({ variables }: Environment): BaseEnvironment {
  return { variables, origins: new Map(), computed: new Set() };
}

/** Folders and paths are the user's on every surface; nothing else of this process is. */
const SHARED = [
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'PATH',
  'Path',
  'USER',
  'ComSpec',
  'SystemRoot',
  'LANG',
] as const;

function fromLines(environment: Environment, lines: readonly FoundLine[]): BaseEnvironment {
  const variables: Record<string, string | undefined> = {};
  for (const name of SHARED) {
    const value = environment.variables[name];
    if (value !== undefined) variables[name] = value;
  }
  return overlaid({ variables, origins: new Map(), computed: new Set() }, lines);
}

function overlaid(below: BaseEnvironment, lines: readonly FoundLine[]): BaseEnvironment {
  const variables = { ...below.variables };
  const origins = new Map(below.origins);
  const computed = new Set(below.computed);
  for (const { name, text, origin } of lines) {
    variables[name] = text ?? '';
    origins.set(name, origin);
    if (text === null) computed.add(name);
    else computed.delete(name);
  }
  return { variables, origins, computed };
}

function askedLine({ name, text, kind, path }: SessionVariable): FoundLine {
  return { name, text, certainty: 'literal', origin: { kind, path, name } };
}

/** The entries of the base layer, each with the start-up lines that probably gave it its value. */
export function baseLayer(
  base: BaseEnvironment,
  tails: ApprovalTails,
  fingerprintOf: FingerprintOf,
  likely: ReadonlyMap<string, readonly LikelyOrigin[]>,
): Layer {
  const entries: Record<string, Entry> = {};
  for (const variable of WATCHED.values()) {
    const text = base.variables[variable.name];
    if (text === undefined) continue;
    const origin = base.origins.get(variable.name) ?? { kind: 'process', name: variable.name };
    const entry = base.computed.has(variable.name)
      ? computedEntry(variable.name, origin)
      : makeEntry(variable, text, origin, fingerprintOf, tails);
    const likelyFrom = likely.get(variable.name);
    entries[variable.name] = likelyFrom === undefined ? entry : { ...entry, likelyFrom };
  }
  return { id: 'base', entries };
}

/** Something is set, and nobody can tell what: it counts as set, and has no fingerprint. */
function computedEntry(name: string, origin: Origin): Entry {
  return {
    name,
    origin,
    state: 'value',
    fingerprint: null,
    on: false,
    text: null,
    approval: 'unanswered',
    headers: null,
    endsAt: null,
  };
}
