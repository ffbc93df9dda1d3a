import { cutAssignment, pathAsWritten } from './posix-assignment.ts';
import type { CommandPlace, PosixDialect } from './posix-command-place.ts';
import type { ShellWord } from './shell-word.ts';

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

/** `export`, `declare` and their relatives. */
export function readDeclaration(command: string, args: readonly ShellWord[], place: CommandPlace): void {
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
  const assigned = cutAssignment(word, equals < 0 ? word.text.length : equals, place.text);
  const { name } = assigned;
  if (!place.wanted(name)) return;
  const makesLocal = command !== 'export' && command !== 'readonly' && !declaration.global && locals !== null;
  if (makesLocal && place.makesLocalSurely) locals.add(name);
  const local = { scoped: makesLocal || command === 'local' || (locals?.has(name) ?? false) };
  if (equals >= 0) {
    const value = declaration.transforms || word.braces ? null : assigned.value;
    const action = declaration.array ? 'array' : assigned.action;
    const path = declaration.transforms || word.braces ? null : pathAsWritten(word, place.text);
    place.emit({ action, name, value, pathAsWritten: path, exports: declaration.export, ...local });
  } else if (declaration.array) {
    place.emit({ action: 'array', name, ...local });
  } else if (declaration.export) {
    place.emit({ action: 'export', name, ...local });
  }
  if (declaration.unexport) place.emit({ action: 'unexport', name, ...local });
  if (declaration.readonly) place.emit({ action: 'readonly', name, ...local });
}
