import { cutAssignment, pathAsWritten } from './posix-assignment.ts';
import type { CommandPlace } from './posix-command-place.ts';
import { readDeclaration } from './posix-declaration.ts';
import type { ShellWord } from './shell-word.ts';
import { readSourcePath } from './source-path.ts';

/** A simple command: assignments, then perhaps a name and arguments. */
export interface SimpleCommand {
  readonly assignments: readonly ShellWord[];
  readonly name: ShellWord | null;
  readonly args: readonly ShellWord[];
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
      readDeclaration(name.text, args, place);
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

function assign(word: ShellWord, place: CommandPlace, doubt: { conditional?: true; scoped?: true }): void {
  const assigned = cutAssignment(word, word.equals, place.text);
  const { name } = assigned;
  if (!place.wanted(name)) return;
  place.emit({
    ...assigned,
    pathAsWritten: pathAsWritten(word, place.text),
    ...doubt,
    ...(place.locals?.has(name) ? { scoped: true } : {}),
  });
}

function computed(name: string, place: CommandPlace): void {
  if (name === '' || !place.wanted(name)) return;
  place.emit({ action: 'set', name, value: null, ...(place.locals?.has(name) ? { scoped: true } : {}) });
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
