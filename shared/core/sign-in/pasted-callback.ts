import { isCallbackOf } from './callback-query.ts';
import { queryParameters } from './query.ts';

/** What an attempt knows of itself. */
export interface PasteAttempt {
  readonly state: string;
  /** `http://127.0.0.1:PORT/callback`. */
  readonly redirectUri: string;
  /** Of the provider, where it names itself in each answer; `null`: it does not. */
  readonly issuer: string | null;
}

export type Pasted =
  | {
      readonly kind: 'query';
      /** Secret. */
      readonly query: string;
    }
  | { readonly kind: 'not-of-this-attempt' | 'unreadable' };

/**
 * Reads what a person pasted: the whole address at which the browser stopped, its query, or a code as a provider’s page shows it,
 * alone or as `code#state`. Where there is a state, it has to be this attempt’s.
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

/** Marks of a terminal around what is pasted, lines that a mail or a terminal broke, quotation marks and what cannot be seen: none of it is ever part of an address. */
function unwrapped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- as terminals send them
      .replace(/\u001b\[20[01]~/g, '')
      .replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
      .replace(/^[<"'“”‘’`([]+|[>"'“”‘’`)\]]+$/gu, '')
  );
}

function ofQuery(text: string, attempt: PasteAttempt): Pasted {
  const query = text.replace(/#.*$/, '');
  if (isCallbackOf(query, attempt.state)) return { kind: 'query', query };
  return { kind: looksLikeCallback(query) ? 'not-of-this-attempt' : 'unreadable' };
}

/** Well formed, so it is of another attempt; else it was not copied as a whole. */
function looksLikeCallback(query: string): boolean {
  const state = queryParameters(query.replace(/#.*$/, ''))?.get('state')?.[0];
  return state !== undefined && state !== '' && isCallbackOf(query.replace(/#.*$/, ''), state);
}

/** Visible ASCII without what has a meaning in addresses (RFC 6749, A.11, is wider; no provider makes such codes). */
const CODE = /^[A-Za-z0-9._~+/=-]{6,4096}$/;

function ofCode(text: string, attempt: PasteAttempt): Pasted {
  const [code = '', state, ...more] = text.split('#');
  if (!CODE.test(code) || more.length > 0) return { kind: 'unreadable' };
  const own = encodeURIComponent(attempt.state);
  if (state !== undefined && state !== attempt.state) return { kind: 'not-of-this-attempt' };
  // A page that shows a code names no issuer; PKCE binds the code to this attempt all the same.
  const issuer = attempt.issuer === null ? '' : `&iss=${encodeURIComponent(attempt.issuer)}`;
  return { kind: 'query', query: `code=${encodeURIComponent(code)}&state=${own}${issuer}` };
}
