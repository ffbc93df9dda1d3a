import type { WantedNames } from './assignment.ts';
import type { ShellEvent } from './shell-events.ts';
import type { ShellWord } from './shell-word.ts';
import { readSourcePath } from './source-path.ts';

/** `direnv` is bash with the functions that direnv offers to a `.envrc`. */
export type PosixDialect = 'bash' | 'zsh' | 'direnv';

/** A simple command: assignments, then perhaps a name and arguments. */
export interface SimpleCommand {
  readonly assignments: readonly ShellWord[];
  readonly name: ShellWord | null;
  readonly args: readonly ShellWord[];
}

export type NewEvent = Pick<ShellEvent, 'action' | 'name'> &
  Partial<Pick<ShellEvent, 'value' | 'exports' | 'syntax' | 'conditional' | 'scoped'>>;

/** Where a command is, and who hears what it does. */
export interface CommandPlace {
  readonly text: string;
  readonly dialect: PosixDialect;
  readonly wanted: WantedNames;
  /** Names made local by the function around the command; null outside of functions. */
  readonly locals: Set<string> | null;
  /** Whether `local` here is run whenever the function is. */
  readonly makesLocalSurely: boolean;
  emit(event: NewEvent): void;
  /** The file ends here, surely or (with `perhaps`) only when the command succeeds or fails. */
  leave(perhaps: boolean): void;
}

/** The commands whose arguments matter; those of all others are not kept. */
export function readsArguments(name: string): boolean {
  return COMMANDS.has(name);
}

export function readCommand(command: SimpleCommand, place: CommandPlace): void {
  const { name, assignments, args } = command;
  if (name === null) {
    for (const word of assignments) assign(word, place, {});
    return;
  }
  for (const word of assignments) {
    // A computed name may turn out empty; a special builtin keeps the assignments in some shells.
    const stays = name.computed || SPECIAL.has(name.text);
    assign(word, place, stays ? { conditional: true } : { scoped: true });
  }
  if (name.computed) return;
  switch (name.text) {
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
    case 'integer':
    case 'float':
      declare(name.text, args, place);
      break;
    case 'unset':
      unset(args, place);
      break;
    case 'set':
      setOptions(args, place);
      break;
    case 'setopt':
    case 'unsetopt':
      zshOptions(args, name.text === 'setopt', place);
      break;
    case '.':
    case 'source':
    case 'dotenv':
    case 'dotenv_if_exists':
    case 'source_env':
    case 'source_env_if_exists':
      source(name.text, args, place);
      break;
    case 'env':
      for (const word of args) if (word.equals > 0) assign(word, place, { scoped: true });
      break;
    case 'read':
      for (const word of args) computed(word.text.replace(/\?.*/s, ''), place);
      break;
    case 'printf':
      if (args[0]?.text === '-v') computed(args[1]?.text ?? '', place);
      break;
    case 'return':
    case 'exit':
    case 'logout':
    case 'bye':
      place.leave(false);
      break;
    case 'exec':
      if (args.length > 0) place.leave(true);
      break;
  }
}

const COMMANDS = new Set([
  'export',
  'declare',
  'typeset',
  'local',
  'readonly',
  'integer',
  'float',
  'unset',
  'set',
  'setopt',
  'unsetopt',
  '.',
  'source',
  'dotenv',
  'dotenv_if_exists',
  'source_env',
  'source_env_if_exists',
  'env',
  'read',
  'printf',
  'exec',
]);

/** Assignments before these outlive the command in POSIX shells (dash), and before `export NAME` in bash, too. */
const SPECIAL = new Set([
  ':',
  '.',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'times',
  'trap',
  'unset',
]);

interface Assigned {
  readonly action: 'set' | 'array';
  readonly name: string;
  readonly value: string | null;
}

/** `NAME=value`, `NAME+=value`, `NAME[…]=value`, cut at the `=` at `equals`; only a plain one has a known value. */
function cut(word: ShellWord, equals: number, text: string): Assigned {
  const left = word.text.slice(0, equals);
  const name = /^[A-Za-z_]\w*/.exec(left)?.[0] ?? '';
  const plain = name === left && !word.computed && !word.tilde;
  const list = word.equals >= 0 && (left.includes('[') || text.charAt(word.start + equals + 1) === '(');
  return { action: list ? 'array' : 'set', name, value: plain ? word.text.slice(equals + 1) : null };
}

function assign(word: ShellWord, place: CommandPlace, doubt: { conditional?: true; scoped?: true }): void {
  const assigned = cut(word, word.equals, place.text);
  const { name } = assigned;
  if (!place.wanted(name)) return;
  place.emit({ ...assigned, ...doubt, ...(place.locals?.has(name) ? { scoped: true } : {}) });
}

function computed(name: string, place: CommandPlace): void {
  if (name === '' || !place.wanted(name)) return;
  place.emit({ action: 'set', name, value: null, ...(place.locals?.has(name) ? { scoped: true } : {}) });
}

interface Declaration {
  export: boolean;
  unexport: boolean;
  global: boolean;
  readonly: boolean;
  array: boolean;
  /** The attribute changes the value: upper case, integer, width. */
  transforms: boolean;
  /** `-f`, `-F` and `-p` are about functions, or only print. */
  other: boolean;
}

function declare(command: string, args: readonly ShellWord[], place: CommandPlace): void {
  const declaration: Declaration = {
    export: command === 'export',
    unexport: false,
    global: false,
    readonly: command === 'readonly',
    array: false,
    transforms: command === 'integer' || command === 'float',
    other: false,
  };
  let options = true;
  for (const word of args) {
    if (options && !word.computed && /^[-+]./.test(word.text)) {
      if (word.text === '--') options = false;
      else readFlags(word.text, declaration, command, place.dialect);
    } else {
      options = false;
      if (!declaration.other) declareOne(word, command, declaration, place);
    }
  }
}

function readFlags(flags: string, declaration: Declaration, command: string, dialect: PosixDialect): void {
  const on = flags.startsWith('-');
  for (const flag of flags.slice(1)) {
    switch (flag) {
      case 'x':
        if (on) declaration.export = true;
        else declaration.unexport = true;
        // zsh's GLOBAL_EXPORT, on unless somebody turns it off.
        declaration.global ||= on && dialect === 'zsh' && command !== 'local';
        break;
      case 'n': // `export -n`; `declare -n` makes a reference, whose value is another name
        if (declaration.export) declaration.unexport = true;
        declaration.export = false;
        declaration.transforms = true;
        break;
      case 'g':
        declaration.global = true;
        break;
      case 'r':
        declaration.readonly = on;
        break;
      case 'f':
      case 'F':
      case 'p':
        declaration.other = true;
        break;
      case 'a':
      case 'A':
        declaration.array ||= on;
        break;
      case 't':
      case 'h':
        break;
      default:
        declaration.transforms ||= on;
    }
  }
}

function declareOne(word: ShellWord, command: string, declaration: Declaration, place: CommandPlace): void {
  const { locals } = place;
  const equals = word.equals >= 0 ? word.equals : word.text.indexOf('=');
  if (equals < 0 && word.computed) return;
  const assigned = cut(word, equals < 0 ? word.text.length : equals, place.text);
  const { name } = assigned;
  if (!place.wanted(name)) return;
  const makesLocal = command !== 'export' && command !== 'readonly' && !declaration.global && locals !== null;
  if (makesLocal && place.makesLocalSurely) locals.add(name);
  const local = { scoped: makesLocal || command === 'local' || (locals?.has(name) ?? false) };
  if (equals >= 0) {
    const value = declaration.transforms || word.braces ? null : assigned.value;
    const action = declaration.array ? 'array' : assigned.action;
    place.emit({ action, name, value, exports: declaration.export, ...local });
  } else if (declaration.array) {
    place.emit({ action: 'array', name, ...local });
  } else if (declaration.export) {
    place.emit({ action: 'export', name, ...local });
  }
  if (declaration.unexport) place.emit({ action: 'unexport', name, ...local });
  if (declaration.readonly) place.emit({ action: 'readonly', name, ...local });
}

function unset(args: readonly ShellWord[], place: CommandPlace): void {
  let options = true;
  for (const word of args) {
    if (options && /^-./.test(word.text)) {
      if (/[fmn]/.test(word.text)) return;
    } else {
      options = false;
      const name = word.text;
      if (word.computed || !place.wanted(name)) continue;
      place.emit({ action: 'unset', name, scoped: place.locals?.has(name) ?? false });
    }
  }
}

function setOptions(args: readonly ShellWord[], place: CommandPlace): void {
  for (let index = 0; index < args.length; index++) {
    const flags = args[index]?.text ?? '';
    if (!/^[-+][a-zA-Z]/.test(flags)) return;
    const named = flags.endsWith('o') ? args[++index]?.text : undefined;
    if (flags.includes('a') || named === 'allexport') exportAll(flags.startsWith('-'), place);
  }
}

function zshOptions(args: readonly ShellWord[], on: boolean, place: CommandPlace): void {
  for (const word of args) {
    const option = word.text.toLowerCase().replaceAll('_', '');
    if (option === 'allexport') exportAll(on, place);
    if (option === 'noallexport') exportAll(!on, place);
  }
}

function exportAll(on: boolean, place: CommandPlace): void {
  place.emit({ action: on ? 'export-all' : 'stop-export-all', name: '' });
}

function source(command: string, args: readonly ShellWord[], place: CommandPlace): void {
  const direnv = command !== '.' && command !== 'source';
  if (direnv && place.dialect !== 'direnv') return;
  const word = args.find((arg) => arg.text !== '--');
  const dotenv = command.startsWith('dotenv');
  if (word === undefined && !dotenv) return;
  const path = word === undefined ? '.env' : readSourcePath(place.text.slice(word.start, word.end));
  // `source_env` takes a folder for the .envrc in it.
  const folder = command.startsWith('source_env') && path !== null && /(?:^|\/)\.{0,2}$/.test(path);
  place.emit({
    action: 'source',
    name: '',
    value: folder ? `${path.replace(/\/$/, '')}/.envrc` : path,
    syntax: dotenv ? 'dotenv' : direnv || place.dialect !== 'direnv' ? 'same' : 'shell',
    ...(command.endsWith('_if_exists') ? { conditional: true } : {}),
  });
}
