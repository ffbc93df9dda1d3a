import type { ShellWord } from '../../startup/shell-word.ts';
import { ShellWords } from '../../startup/shell-words.ts';
import type { LeftReason } from '../text-edit.ts';
import type { LineTarget } from './shell-edit.ts';

const DECLARATIONS = new Set(['export', 'declare', 'typeset', 'readonly']);
/** Other flags change the value, take the variable out of the environment, or only print. */
const FLAGS = /^-[xgr]+$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * What a line sets, when it is nothing but assignments of constants and declarations with `;` between them; otherwise why
 * not.
 *
 * @param line a whole line of a script, on which a list at top level begins and ends
 */
export function readPosixLine(line: string, zsh: boolean): readonly LineTarget[] | LeftReason {
  const words = new ShellWords(line, zsh);
  const targets: LineTarget[] = [];
  let command: ShellWord[] = [];
  for (;;) {
    const token = words.next(command.length > 0);
    if (typeof token !== 'string') {
      if (token.redirect !== '') return 'shared-line';
      if (token.defaults.length > 0) return 'computed';
      command.push(token);
    } else if (token === '' || token === ';' || token === '\n') {
      const read = readCommand(command, zsh);
      if (typeof read === 'string') return read;
      targets.push(...read);
      command = [];
      if (token === '') return targets.length === 0 ? 'shared-line' : targets;
    } else {
      return token === '$(' ? 'computed' : 'shared-line';
    }
  }
}

function readCommand(words: readonly ShellWord[], zsh: boolean): readonly LineTarget[] | LeftReason {
  const [first] = words;
  if (first === undefined) return [];
  if (first.equals > 0) {
    const assigned = words.filter((word) => word.equals > 0);
    if (assigned.length < words.length) return 'one-command';
    return readTargets(words, '', zsh);
  }
  if (first.quoted || first.computed || !DECLARATIONS.has(first.text)) return 'shared-line';
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word.computed || !word.text.startsWith('-')) break;
    if (word.text === '--') {
      at++;
      break;
    }
    if (!FLAGS.test(word.text)) return 'computed';
  }
  return at === words.length ? 'shared-line' : readTargets(words.slice(at), first.text, zsh);
}

function readTargets(
  words: readonly ShellWord[],
  command: string,
  zsh: boolean,
): readonly LineTarget[] | LeftReason {
  const targets: LineTarget[] = [];
  for (const word of words) {
    const equals = word.equals >= 0 ? word.equals : word.text.indexOf('=');
    const name = equals < 0 ? word.text : word.text.slice(0, equals);
    // Behind a command, braces are expanded before the command sees its arguments.
    const constant = !word.computed && !word.tilde && (command === '' || !word.braces);
    // With its name between quotes it is no assignment, and stands for the files that match.
    const matches = word.equals < 0 && equals >= 0 && (zsh || /[*?[]/.test(word.text));
    if (!constant || matches || !NAME.test(name)) return 'computed';
    const value = equals < 0 ? null : word.text.slice(equals + 1);
    const lookUp = [`${name}="$(`, ')"'] as const;
    targets.push({ name, value, start: word.start, end: word.end, lookUp, command });
  }
  return targets;
}
