import { isCallbackOf } from './callback-query.ts';
import { queryParameters, sameState } from './query.ts';

/** What an attempt knows of itself. */
export interface PasteAttempt {
  readonly state: string;
  /** `http://127.0.0.1:PORT/callback`. */
  readonly redirectUri: string;
  /** Whether the provider names itself in each answer. */
  readonly tellsIssuer: boolean;
}

export type Pasted =
  | {
      readonly kind: 'query';
      /** Secret. */
      readonly query: string;
    }
  | { readonly kind: 'not-of-this-attempt' | 'unreadable' };

/**
 * Reads what a person pasted: the whole address at which the browser stopped, its query, or `code#state` as some providers’
 * pages show it. The state has to be this attempt’s.
 */
export function pastedCallback(text: string, attempt: PasteAttempt): Pasted {
  if (text.length > LONGEST) return { kind: 'unreadable' };
  const plain = unwrapped(text);
  const asked = plain.indexOf('?');
  if (asked > 0) {
    // Browsers hide the scheme, and some leave it out of what they copy.
    const before = plain.slice(0, asked).replace(/^http:\/\//i, '');
    const own = attempt.redirectUri.replace(/^http:\/\//, '');
    if (before !== own)
      return { kind: looksLikeCallback(plain.slice(asked + 1)) ? 'not-of-this-attempt' : 'unreadable' };
    return ofQuery(plain.slice(asked + 1), attempt);
  }
  const rest = plain.slice(asked + 1);
  if (/(?:^|&)(?:code|error|state)=/.test(rest)) return ofQuery(rest, attempt);
  return ofCode(rest, attempt);
}

/** Longer than any browser takes. */
const LONGEST = 32_768;

/**
 * Marks of a terminal around what is pasted, lines that a mail or a terminal broke, quotation marks and what cannot be seen: none of
 * it is ever part of an address.
 */
function unwrapped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- as terminals send them
      .replace(/\u001b\[20[01]~/g, '')
      .replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
      .replace(/^[<"'“”‘’`([]+/u, '')
      // Looked at from the first one of a run only: from each of them, a long one in the middle would take seconds.
      .replace(/(?<![>"'“”‘’`)\]])[>"'“”‘’`)\]]+$/u, '')
  );
}

function ofQuery(text: string, attempt: PasteAttempt): Pasted {
  const query = text.replace(/#.*$/, '');
  const isWhole = !attempt.tellsIssuer || queryParameters(query)?.has('iss') === true;
  if (isCallbackOf(query, attempt.state)) return isWhole ? { kind: 'query', query } : { kind: 'unreadable' };
  return { kind: looksLikeCallback(query) ? 'not-of-this-attempt' : 'unreadable' };
}

/** Well formed, so it is of another attempt; else it was not copied as a whole. */
function looksLikeCallback(query: string): boolean {
  const state = queryParameters(query.replace(/#.*$/, ''))?.get('state')?.[0];
  return state !== undefined && state !== '' && isCallbackOf(query.replace(/#.*$/, ''), state);
}

/** Visible ASCII without what has a meaning in addresses (RFC 6749, A.11, is wider; no provider makes such codes). */
const CODE = /^[A-Za-z0-9._~+/=-]{6,4096}$/;

/** Never a code alone: any word would pass for one, and what somebody pasted by mistake, as a password, would be sent away. */
function ofCode(text: string, attempt: PasteAttempt): Pasted {
  const [code = '', state, ...more] = text.split('#');
  if (!CODE.test(code) || state === undefined || state === '' || more.length > 0)
    return { kind: 'unreadable' };
  if (!sameState(attempt.state, state)) return { kind: 'not-of-this-attempt' };
  // Such a page names no issuer, and one that is announced is not to be done without (RFC 9207).
  if (attempt.tellsIssuer) return { kind: 'unreadable' };
  return { kind: 'query', query: `code=${encodeURIComponent(code)}&state=${encodeURIComponent(state)}` };
}
