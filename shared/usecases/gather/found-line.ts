import type { LikelyOrigin, Origin } from '../../core/origin.ts';
import type { Assignment, StartupText } from '../../core/startup/assignment.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { FilePass } from './file-pass.ts';
import type { SecretSink } from './secret-sink.ts';

/** A line somewhere that gives a watched variable a value; raw, so this never leaves the gathering frame. */
export interface FoundLine {
  readonly name: string;
  /** `null`: depends on an expansion or a command. */
  readonly text: string | null;
  readonly certainty: LikelyOrigin['certainty'];
  readonly origin: Origin;
}

/** Names that are worth finding elsewhere: credentials, switches and what steers, not regions and projects. */
export function isWorthFinding(name: string): boolean {
  const variable = WATCHED.get(name);
  return variable !== undefined && (variable.role !== 'support' || variable.source === null);
}

/** A cheap look before a file is parsed: most files name nothing of interest. */
export function mentionsCredentials(text: string): boolean {
  return /ANTHROPIC_|CLAUDE_CO|AWS_BEARER|CLAUDE_SECURE/.test(text);
}

/** What one file sets, the last line of each name; a credential in clear is noted with its place. */
export function linesOf(
  text: StartupText,
  originOf: (assignment: Assignment) => Origin,
  sink: SecretSink,
): readonly FoundLine[] {
  const lines = new Map<string, FoundLine>();
  for (const assignment of text.assignments) {
    if (assignment.kind === 'unset' && !assignment.conditional) lines.delete(assignment.name);
    if (assignment.kind !== 'set') continue;
    const origin = originOf(assignment);
    const line = { name: assignment.name, text: assignment.value, certainty: assignment.certainty, origin };
    noteSecret(line, sink);
    if (assignment.exported) lines.set(assignment.name, line);
  }
  return [...lines.values()];
}

/** A value in clear, wherever it stands, is readable by whoever may read the file. */
export function noteSecret({ name, text, origin }: FoundLine, sink: SecretSink): void {
  const variable = WATCHED.get(name);
  if (variable?.kind !== 'secret' || variable.role !== 'credential' || text === null || text.trim() === '')
    return;
  sink.add(origin);
}

/** The origin of a line in a file, with the file that a link leads to. */
export function lineOrigin(
  pass: FilePass,
  kind: Origin['kind'],
  path: string,
  line: number,
  name: string,
): Origin {
  const reading = pass.read(path);
  const real = reading.state === 'read' && reading.realPath !== path ? { realPath: reading.realPath } : {};
  return { kind, path, ...real, line, name };
}
