import { readFishSet } from '../../startup/fish-set.ts';
import { FishWords, type FishWord } from '../../startup/fish-words.ts';
import type { LeftReason } from '../text-edit.ts';
import type { LineTarget } from './shell-edit.ts';

/** Other flags erase, ask, append, or end with the file. */
const FLAG = /^(?:-[gxU]+|--(?:global|export|universal))$/;
const NAME = /^[A-Za-z_]\w*$/;

/** What a line of a fish script sets, when it does nothing but that with constants; otherwise why not. */
export function readFishLine(line: string): readonly LineTarget[] | LeftReason {
  const words = new FishWords(line);
  const targets: LineTarget[] = [];
  let command: FishWord[] = [];
  for (;;) {
    const token = words.next();
    if (typeof token !== 'string') {
      if (token.redirect) return 'shared-line';
      command.push(token);
    } else if (token === '' || token === ';' || token === '\n') {
      const read = readCommand(command, line);
      if (typeof read === 'string') return read;
      targets.push(...read);
      command = [];
      if (token === '') return targets.length === 0 ? 'shared-line' : targets;
    } else {
      return 'shared-line';
    }
  }
}

function readCommand(words: readonly FishWord[], line: string): readonly LineTarget[] | LeftReason {
  const [first, ...args] = words;
  if (first === undefined) return [];
  const command = line.slice(first.start, first.end);
  if (command === 'set') return readSet(args);
  return command === 'export' ? readExport(args) : 'shared-line';
}

function readSet(args: readonly FishWord[]): readonly LineTarget[] | LeftReason {
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at];
    if (word?.text.startsWith('-') !== true) break;
    if (word.text === '--') {
      at++;
      break;
    }
    if (word.computed || !FLAG.test(word.text)) return 'computed';
  }
  const set = readFishSet(args);
  const [name] = set?.names ?? [];
  const target = args[at];
  if (set?.action !== 'set' || name === undefined || target?.text !== name || !NAME.test(name))
    return 'computed';
  if (set.value === null) return 'computed';
  const start = args[at + 1]?.start ?? target.end;
  const end = args.at(-1)?.end ?? target.end;
  // A list of several is not what a command prints as one line.
  const lookUp = set.only === null ? null : (['(', ')'] as const);
  return [{ name, value: set.value, start, end, lookUp, command: 'set' }];
}

function readExport(args: readonly FishWord[]): readonly LineTarget[] | LeftReason {
  const targets: LineTarget[] = [];
  for (const { text, computed, start, end } of args) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    if (computed || !NAME.test(name)) return 'computed';
    const value = equals < 0 ? null : text.slice(equals + 1);
    targets.push({ name, value, start, end, lookUp: [`${name}=(`, ')'], command: 'export' });
  }
  return targets.length === 0 ? 'shared-line' : targets;
}
