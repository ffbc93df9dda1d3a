import { joinPath, parentFolder, type PathStyle } from '../../core/paths.ts';
import {
  certaintyOf,
  type Assignment,
  type SourceReference,
  type StartupText,
} from '../../core/startup/assignment.ts';
import { expandPath } from '../../core/startup/expand-path.ts';
import { readEnvironmentFile } from '../../core/startup/environment-file.ts';
import { readFishUniversalVariables } from '../../core/startup/fish-variables.ts';
import { readFish } from '../../core/startup/fish.ts';
import { lastEffective } from '../../core/startup/last-effective.ts';
import { readPosixShell } from '../../core/startup/posix-shell.ts';
import { readPowerShell } from '../../core/startup/powershell.ts';
import {
  startupFiles,
  type ShellName,
  type StartupEntry,
  type StartupSurroundings,
  type StartupSyntax,
} from '../../core/startup/startup-files.ts';
import type { Environment } from '../../ports/environment.ts';
import { parseOnce } from '../parse-once.ts';
import type { FilePass } from './file-pass.ts';
import { isWorthFinding, lineOrigin, mentionsCredentials, noteSecret, type FoundLine } from './found-line.ts';
import type { SecretSink } from './secret-sink.ts';
import { isWorthParsing, ZDOTDIR } from './worth-parsing.ts';

/** What one shell's start-up files would export. */
export interface ShellLines {
  readonly shell: ShellName;
  /** Whether it is the login shell, so that new terminals get these. */
  readonly isLoginShell: boolean;
  /** The most likely line of each name last. */
  readonly lines: readonly FoundLine[];
  /** Where its start-up files are or would be, with the folders that hold some, and those that they source. */
  readonly files: readonly string[];
  /** How each file that was looked for is to be read. */
  readonly syntaxes: ReadonlyMap<string, FileSyntax>;
}

export type FileSyntax = StartupSyntax | 'dotenv';

type Reader = (text: string) => StartupText;

const wanted = (name: string): boolean => name === ZDOTDIR || isWorthFinding(name);
const READERS: Readonly<Record<StartupSyntax, Reader>> = {
  bash: (text) => readPosixShell(text, wanted, 'bash'),
  zsh: (text) => readPosixShell(text, wanted, 'zsh'),
  fish: (text) => readFish(text, wanted),
  'fish-variables': (text) => readFishUniversalVariables(text, wanted),
  powershell: (text) => readPowerShell(text, wanted),
};
const DOTENV: Reader = (text) => readEnvironmentFile(text, wanted, 'dotenv');
const SHELLS: readonly ShellName[] = ['zsh', 'bash', 'fish', 'sh', 'pwsh', 'powershell'];

/** Reads the start-up files of every shell there is, without running them; files that they source one level deep. */
export function readStartupLines(
  pass: FilePass,
  style: PathStyle,
  environment: Environment,
  sink: SecretSink,
): readonly ShellLines[] {
  const login = loginShell(environment);
  const shells = SHELLS.filter((shell) => shell !== 'powershell' || environment.platform === 'win32');
  return shells
    .map((shell): ShellLines => {
      const files = new Map<string, FileSyntax>();
      const places = new Set<string>();
      const lines =
        environment.home === null
          ? []
          : readShell({ pass, style, environment, sink, files, places }, shell, environment.home);
      return {
        shell,
        isLoginShell: shell === login,
        lines,
        files: [...new Set([...files.keys(), ...places])],
        syntaxes: files,
      };
    })
    .filter(({ lines, isLoginShell }) => lines.length > 0 || isLoginShell);
}

/** By `SHELL`, else what the system usually has. */
export function loginShell({ platform, variables }: Environment): ShellName {
  const name = (variables['SHELL'] ?? '').split('/').at(-1);
  const usual = platform === 'win32' ? 'pwsh' : platform === 'darwin' ? 'zsh' : 'bash';
  return SHELLS.find((shell) => shell === name) ?? usual;
}

interface Reading {
  readonly pass: FilePass;
  readonly style: PathStyle;
  readonly environment: Environment;
  readonly sink: SecretSink;
  /** Every file that was looked for. */
  readonly files: Map<string, FileSyntax>;
  /** Where another could appear that would be read instead, or as well. */
  readonly places: Set<string>;
}

interface PlacedAssignment {
  readonly assignment: Assignment;
  readonly path: string;
}

/**
 * What people sit at is a login shell in some terminals and not in others, so both kinds of start are read: the login files
 * first, then the interactive ones that were not among them.
 */
function readShell(reading: Reading, shell: ShellName, home: string): readonly FoundLine[] {
  const placed: PlacedAssignment[] = [];
  const exported = new Set<string>();
  const seen = reading.files;
  let zdotdir = reading.environment.variables[ZDOTDIR] ?? null;
  for (const kind of ['login', 'interactive'] as const) {
    let entries = startupFiles(shell, kind, around(reading, home, zdotdir));
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at];
      const before = zdotdir;
      for (const { path, syntax } of entry === undefined ? [] : filesOf(reading, entry)) {
        if (seen.has(path)) continue;
        seen.set(path, syntax);
        for (const found of readFile(reading, path, syntax, home, zdotdir, exported)) {
          if (found.assignment.name === ZDOTDIR)
            zdotdir = zdotdirOf(found.assignment, reading, zdotdir, home);
          else placed.push(found);
        }
      }
      // Each step may move ZDOTDIR; the entries stay the same in number and order.
      if (zdotdir !== before) entries = startupFiles(shell, kind, around(reading, home, zdotdir));
    }
  }
  return effectiveLines(reading, placed, exported);
}

function around(
  { environment: { platform, variables } }: Reading,
  home: string,
  zdotdir: string | null,
): StartupSurroundings {
  return {
    platform,
    home,
    zdotdir,
    xdgConfigHome: variables['XDG_CONFIG_HOME'] ?? null,
    bashEnv: variables['BASH_ENV'] ?? null,
    env: variables['ENV'] ?? null,
    documents: null,
    powershellHome: null,
  };
}

/** A constant, or a path that begins with one of the few variables whose value is known, as in `$HOME/.config/zsh`. */
function zdotdirOf(
  { value, pathAsWritten }: Assignment,
  { environment }: Reading,
  before: string | null,
  home: string,
): string {
  const xdgConfigHome = environment.variables['XDG_CONFIG_HOME'] ?? null;
  const expanded =
    pathAsWritten == null ? null : expandPath(pathAsWritten, { home, zdotdir: before, xdgConfigHome });
  return value ?? expanded ?? before ?? home;
}

interface NamedFile {
  readonly path: string;
  readonly syntax: StartupSyntax;
}

function filesOf({ pass, style, places }: Reading, entry: StartupEntry): readonly NamedFile[] {
  const { syntax } = entry;
  switch (entry.kind) {
    case 'file':
      return [{ path: entry.path, syntax }];
    case 'firstOf': {
      for (const candidate of entry.paths) places.add(candidate);
      const path = entry.paths.find((candidate) => pass.read(candidate).state === 'read');
      return path === undefined ? [] : [{ path, syntax }];
    }
    case 'folders': {
      const byName = new Map<string, string>();
      for (const folder of entry.paths) {
        places.add(folder);
        for (const name of pass.list(folder)) {
          if (name.endsWith(entry.ending) && !byName.has(name))
            byName.set(name, joinPath(style, folder, name));
        }
      }
      return [...byName.keys()].sort().map((name) => ({ path: byName.get(name) ?? '', syntax }));
    }
  }
}

/** One file, and what it sources: one level deep, in the place of the line that does so. */
function readFile(
  reading: Reading,
  path: string,
  syntax: FileSyntax,
  home: string,
  zdotdir: string | null,
  exported: Set<string>,
): readonly PlacedAssignment[] {
  const file = reading.pass.read(path);
  if (file.state !== 'read' || !isWorthParsing(file.text)) return [];
  const parsed = parseOnce(file, readerOf(syntax));
  for (const { name } of parsed.exports) exported.add(name);
  const own = parsed.assignments.map((assignment) => ({ assignment, path }));
  if (parsed.sources.length === 0) return own;
  const sourced = parsed.sources.map((source) => ({
    line: source.line,
    found: readSourced(reading, path, source, syntax, home, zdotdir, exported),
  }));
  return mergeByLine(own, sourced);
}

function readSourced(
  { pass, style, environment, files }: Reading,
  from: string,
  source: SourceReference,
  around: FileSyntax,
  home: string,
  zdotdir: string | null,
  exported: Set<string>,
): readonly PlacedAssignment[] {
  const scriptFolder = parentFolder(from, style);
  const xdgConfigHome = environment.variables['XDG_CONFIG_HOME'] ?? null;
  const expanded =
    source.path === null ? null : expandPath(source.path, { home, zdotdir, xdgConfigHome, scriptFolder });
  if (expanded === null) return [];
  const path = joinPath(style, home, expanded);
  const syntax = sourcedSyntax(source, around);
  files.set(path, syntax);
  const file = pass.read(path);
  if (file.state !== 'read' || !mentionsCredentials(file.text)) return [];
  const parsed = parseOnce(file, readerOf(syntax));
  for (const { name } of parsed.exports) exported.add(name);
  return parsed.assignments.map((assignment) => ({
    path,
    assignment: {
      ...assignment,
      exported: assignment.exported || source.exportsAll,
      conditional: assignment.conditional || source.conditional,
      certainty: certaintyOf(assignment.value, assignment.conditional || source.conditional),
    },
  }));
}

function sourcedSyntax({ syntax }: SourceReference, around: FileSyntax): FileSyntax {
  switch (syntax) {
    case 'same':
      return around;
    case 'shell':
      return 'bash';
    case 'dotenv':
      return 'dotenv';
  }
}

function readerOf(syntax: FileSyntax): Reader {
  return syntax === 'dotenv' ? DOTENV : READERS[syntax];
}

function mergeByLine(
  own: readonly PlacedAssignment[],
  sourced: readonly { readonly line: number; readonly found: readonly PlacedAssignment[] }[],
): readonly PlacedAssignment[] {
  const keyed = [...own.map((found) => ({ line: found.assignment.line, found: [found] })), ...sourced];
  return keyed.sort((one, other) => one.line - other.line).flatMap(({ found }) => found);
}

/** The likeliest are told: a file with thousands of conditional lines of one name would bury all the rest. */
const MOST_CANDIDATES = 40;

/** For each name the lines that the shell may end with, the likeliest last; only those that reach programs. */
function effectiveLines(
  { pass, sink }: Reading,
  placed: readonly PlacedAssignment[],
  exported: ReadonlySet<string>,
): readonly FoundLine[] {
  const lineFor = ({ assignment, path }: PlacedAssignment): FoundLine => ({
    name: assignment.name,
    text: assignment.value,
    certainty: assignment.certainty,
    origin: lineOrigin(pass, 'login-shell', path, assignment.line, assignment.name),
  });
  for (const found of placed) if (found.assignment.kind !== 'unset') noteSecret(lineFor(found), sink);
  const names = new Set(placed.map(({ assignment }) => assignment.name));
  return [...names].flatMap((name) => {
    const own = placed
      .filter(({ assignment }) => assignment.name === name)
      .map(({ assignment, path }) => ({ ...assignment, path }));
    return lastEffective(own)
      .slice(-MOST_CANDIDATES)
      .filter((candidate) => candidate.kind === 'set' && (candidate.exported || exported.has(name)))
      .map(({ path, ...assignment }) => lineFor({ assignment, path }));
  });
}
