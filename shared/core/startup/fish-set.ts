import type { FishWord } from './fish-words.ts';

/** What a call of fish's `set` does to variables. */
export interface FishSet {
  readonly action: 'set' | 'erase';
  readonly names: readonly string[];
  /** The value as programs get it; null when computed. */
  readonly value: string | null;
  /** The word of the value, if it is one. */
  readonly only: FishWord | null;
  readonly exports: boolean;
  readonly unexports: boolean;
  readonly scope: 'local' | 'function' | 'wider' | 'unnamed';
}

const LONG: Readonly<Record<string, string>> = {
  '--export': 'x',
  '--unexport': 'u',
  '--global': 'g',
  '--local': 'l',
  '--function': 'f',
  '--universal': 'U',
  '--erase': 'e',
  '--append': 'a',
  '--prepend': 'p',
  '--query': 'q',
  '--show': 'S',
  '--names': 'n',
  '--long': 'L',
  '--help': 'h',
  '--path': 'P',
  '--unpath': '',
};

/** Null for a call that only asks or prints, and for one whose variable cannot be known. */
export function readFishSet(args: readonly FishWord[]): FishSet | null {
  let flags = '';
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at]?.text ?? '';
    if (!/^-./.test(word)) break;
    if (word === '--') {
      at++;
      break;
    }
    flags += word.startsWith('--') ? (LONG[word] ?? '') : word.slice(1);
  }
  if (/[qSnLh]/.test(flags)) return null;
  const rest = args.slice(at);
  const common = {
    exports: flags.includes('x'),
    unexports: flags.includes('u'),
    scope: scopeOf(flags),
  };
  if (flags.includes('e')) {
    const names = rest.filter((word) => !word.computed && !word.text.includes('[')).map((word) => word.text);
    return { action: 'erase', names, value: null, only: null, ...common };
  }
  const target = rest[0];
  if (target === undefined || target.computed) return null;
  const name = target.text.replace(/\[.*/s, '');
  const partial = name !== target.text || /[ap]/.test(flags);
  const separator = flags.includes('P') || name.endsWith('PATH') ? ':' : ' ';
  const values = rest.slice(1);
  return {
    action: 'set',
    names: [name],
    value: partial ? null : joined(values, separator),
    only: partial || values.length > 1 ? null : (values[0] ?? null),
    ...common,
  };
}

function scopeOf(flags: string): FishSet['scope'] {
  if (flags.includes('l')) return 'local';
  if (flags.includes('f')) return 'function';
  return /[gU]/.test(flags) ? 'wider' : 'unnamed';
}

function joined(values: readonly FishWord[], separator: string): string | null {
  if (values.some((word) => word.computed || word.text === '%self')) return null;
  return values.map((word) => word.text).join(separator);
}
