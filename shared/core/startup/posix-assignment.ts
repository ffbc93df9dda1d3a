import type { ShellWord } from './shell-word.ts';
import { readHomePath } from './source-path.ts';

export interface CutAssignment {
  readonly action: 'set' | 'array';
  readonly name: string;
  readonly value: string | null;
}

/** `NAME=value`, `NAME+=value`, `NAME[…]=value`, cut at the `=` at `equals`; only a plain one has a known value. */
export function cutAssignment(word: ShellWord, equals: number, text: string): CutAssignment {
  const left = word.text.slice(0, equals);
  const name = /^[A-Za-z_]\w*/.exec(left)?.[0] ?? '';
  const plain = name === left && !word.computed && !word.tilde;
  const list = word.equals >= 0 && (left.includes('[') || text.charAt(word.start + equals + 1) === '(');
  return { action: list ? 'array' : 'set', name, value: plain ? word.text.slice(equals + 1) : null };
}

/** See `Assignment`. */
export function pathAsWritten(word: ShellWord, text: string): string | null {
  if (!word.computed && !word.tilde) return null;
  const [left, right] = splitOnce(text.slice(word.start, word.end));
  return left.endsWith('+') || left.endsWith(']') ? null : readHomePath(right);
}

function splitOnce(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}
