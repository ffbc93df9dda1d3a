/** What a word of a program may be a sign of. */
export type WordSign = 'no-connection' | 'refused' | 'incomplete' | 'usage' | 'unconfirmed';

const WORDS: Readonly<Record<string, WordSign>> = {
  econnrefused: 'no-connection',
  econnreset: 'no-connection',
  econnaborted: 'no-connection',
  enotfound: 'no-connection',
  etimedout: 'no-connection',
  eai_again: 'no-connection',
  ehostunreach: 'no-connection',
  enetunreach: 'no-connection',
  epipe: 'no-connection',
  getaddrinfo: 'no-connection',
  network: 'no-connection',
  offline: 'no-connection',
  unreachable: 'no-connection',
  internet: 'no-connection',
  dns: 'no-connection',
  tls: 'no-connection',
  ssl: 'no-connection',
  certificate: 'no-connection',
  proxy: 'no-connection',
  connection: 'no-connection',
  timeout: 'no-connection',
  invalid: 'refused',
  invalid_grant: 'refused',
  invalid_request: 'refused',
  expired: 'refused',
  denied: 'refused',
  rejected: 'refused',
  unauthorized: 'refused',
  forbidden: 'refused',
  '400': 'refused',
  '401': 'refused',
  '403': 'refused',
  full: 'incomplete',
  incomplete: 'incomplete',
  whole: 'incomplete',
  entire: 'incomplete',
  option: 'usage',
  options: 'usage',
  argument: 'usage',
  arguments: 'usage',
  usage: 'usage',
  unknown: 'usage',
  confirm: 'unconfirmed',
  confirmed: 'unconfirmed',
  revoke: 'unconfirmed',
};
const KNOWN = Object.keys(WORDS);
const BEGINNINGS: ReadonlySet<string> = new Set(
  KNOWN.flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1))),
);

/**
 * Listens for known words. All that it keeps of a text is the beginning of one of these words, so that whatever else was said,
 * a code too, is gone with its character.
 */
export interface WordSearch {
  /** What the current word has in common with a known one; `null`: it is none of them. */
  readonly prefix: string | null;
  readonly heard: readonly WordSign[];
}

export const NO_WORDS: WordSearch = { prefix: '', heard: [] };

/** A code is one word with all of these in it, so it is never taken for a known one, nor is any part of it. */
const IN_WORD = /[A-Za-z0-9_#%~+/=-]/;
/** Words, and what is between them. */
const PIECES = /[A-Za-z0-9_#%~+/=-]+|[^A-Za-z0-9_#%~+/=-]+/g;
const LONGEST_WORD = Math.max(...KNOWN.map((word) => word.length));

export function hearText(search: WordSearch, text: string): WordSearch {
  let now = search;
  for (const piece of text.match(PIECES) ?? []) {
    if (!IN_WORD.test(piece)) now = endWord(now);
    else if (now.prefix !== null) {
      const prefix = now.prefix + piece.slice(0, LONGEST_WORD).toLowerCase();
      const isOne = piece.length <= LONGEST_WORD && BEGINNINGS.has(prefix);
      now = { ...now, prefix: isOne ? prefix : null };
    }
  }
  return now;
}

/** The word is over, also where the text ends. */
export function endWord({ prefix, heard }: WordSearch): WordSearch {
  const sign = prefix === null || !Object.hasOwn(WORDS, prefix) ? undefined : WORDS[prefix];
  return { prefix: '', heard: sign === undefined || heard.includes(sign) ? heard : [...heard, sign] };
}
