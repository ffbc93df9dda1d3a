import type { LoginLink } from './claude-login.ts';
import { endWord, hearText, NO_WORDS, type WordSearch, type WordSign } from './known-words.ts';
import { linkFound, NO_LINK, searchOn, stateOfLink, type LinkSearch } from './link-search.ts';
import { NO_ESCAPE, readText, type EscapeState } from './visible-text.ts';

/**
 * What is remembered of the output of `claude auth login`. Bounded, and the same however the output was cut into pieces. Once a
 * code was sent nothing is remembered of what follows but signs: a program may repeat what it was given.
 */
export interface LoginOutput {
  readonly output: StreamOutput;
  readonly error: StreamOutput;
  readonly codeSent: boolean;
}

interface StreamOutput {
  readonly escape: EscapeState;
  readonly links: LinkSearch;
  readonly words: WordSearch;
  /** Something can be seen since the start, or since the code was sent. */
  readonly printed: boolean;
  /** The line that is being written has something in it: a prompt waits like this. */
  readonly lineOpen: boolean;
}

const NOTHING: StreamOutput = {
  escape: NO_ESCAPE,
  links: NO_LINK,
  words: NO_WORDS,
  printed: false,
  lineOpen: false,
};
export const NO_OUTPUT: LoginOutput = { output: NOTHING, error: NOTHING, codeSent: false };

/** What the output means. No word of it is a contract, so nothing hangs on a sentence alone. */
export interface LoginReading {
  readonly link: LoginLink | null;
  readonly printed: boolean;
  /** There is something to answer: a link is shown, or a line waits. */
  readonly asksCode: boolean;
  /** It goes on waiting after a code, and says why: the code was not whole. */
  readonly saysIncomplete: boolean;
  readonly reason: 'code-refused' | 'no-connection' | 'usage' | 'other';
  /** What its words may be signs of. */
  readonly signs: readonly WordSign[];
}

/** One piece more, of any length. */
export function withPiece(output: LoginOutput, text: string, from: 'output' | 'error'): LoginOutput {
  return { ...output, [from]: readOn(output[from], text, output.codeSent) };
}

/** A code goes to the program now. Whatever line was being written is forgotten, and signs are listened for afresh. */
export function withCodeSent({ output, error }: LoginOutput): LoginOutput {
  return { output: forgotten(output), error: forgotten(error), codeSent: true };
}

/**
 * @param quiet nothing came for a while, or it has ended: what stands at the end is whole
 */
export function readingOf({ output, error, codeSent }: LoginOutput, quiet: boolean): LoginReading {
  const link = better(
    linkFound(output.links, quiet && !codeSent),
    linkFound(error.links, quiet && !codeSent),
  );
  const printed = output.printed || error.printed;
  const isOpen = output.lineOpen || error.lineOpen;
  const heard = [output, error].flatMap(({ words }) => (quiet ? endWord(words) : words).heard);
  return {
    link,
    printed: printed || codeSent,
    asksCode: codeSent || (link !== null && (isOpen || quiet)) || (isOpen && quiet),
    saysIncomplete: codeSent && quiet && (heard.includes('incomplete') || error.printed),
    reason: reasonOf(heard, codeSent),
    signs: heard,
  };
}

function reasonOf(heard: readonly WordSign[], codeSent: boolean): LoginReading['reason'] {
  if (heard.includes('no-connection')) return 'no-connection';
  if (codeSent && heard.includes('refused')) return 'code-refused';
  return heard.includes('usage') ? 'usage' : 'other';
}

function better(one: LoginLink | null, other: LoginLink | null): LoginLink | null {
  if (one === null || other === null) return one ?? other;
  return stateOfLink(one) === null && stateOfLink(other) !== null ? other : one;
}

function readOn(stream: StreamOutput, text: string, codeSent: boolean): StreamOutput {
  let { links, words, printed, lineOpen } = stream;
  const escape = readText(stream.escape, text, (event) => {
    words = event.kind === 'text' ? hearText(words, event.text) : endWord(words);
    if (event.kind === 'text') {
      const isSeen = event.text.trim() !== '';
      printed ||= isSeen;
      lineOpen ||= isSeen;
    } else if (event.kind !== 'target') lineOpen = false;
    if (!codeSent) links = searchOn(links, event);
  });
  // A title that the program sets may hold the code.
  return { escape: codeSent ? { ...escape, held: '' } : escape, links, words, printed, lineOpen };
}

function forgotten({ escape, links }: StreamOutput): StreamOutput {
  return {
    escape: { ...escape, held: '' },
    links: { ...NO_LINK, best: linkFound(links, true) },
    words: NO_WORDS,
    printed: false,
    lineOpen: false,
  };
}
