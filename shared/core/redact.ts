import { bytesOfText } from './remedies/byte-text.ts';
import { HIDDEN } from './remedies/mask-line.ts';

/** Takes what is secret out of text that another program has said, before a person reads it. */
export interface Redactor {
  /** Redacting twice is redacting once. */
  text(said: string): string;
  /** For what comes in pieces, however they are cut: whole lines are handed on, as {@link text} has them. */
  pieces(): { push(piece: string): string; end(): string };
}

/** Shorter ones would be found in words too. */
const SHORTEST = 6;
/** A line that is longer is handed on in parts: characters. No credential comes near that in any of its forms. */
const LONGEST_LINE = 131_072;

/**
 * Two lines of defence: what is known to be secret, in the forms in which programs quote it, and what looks like a credential.
 * What a program does to a secret beyond that (reverse it, wrap it, encrypt it) is not seen, so this is no reason to show what need
 * not be shown.
 *
 * @param secrets that are known, of one line each; of several lines each is one. Shorter ones than six characters are let be
 */
export function redactor(secrets: readonly string[]): Redactor {
  const known = secrets
    .flatMap((secret) => secret.split(/[\r\n]+/))
    .filter((secret) => secret.trim().length >= SHORTEST && !secret.includes('•'));
  const forms = [...new Set(known)].sort((one, other) => other.length - one.length).flatMap(formsOf);
  const literal = forms.length === 0 ? null : new RegExp(forms.join('|'), 'g');
  const text = (said: string): string => {
    const hidden = literal === null ? said : said.replace(literal, HIDDEN);
    return SHAPES.reduce((rest, shape) => rest.replace(shape, `$<before>${HIDDEN}`), hidden);
  };
  return { text, pieces: () => pieces(text) };
}

function pieces(text: (said: string) => string): ReturnType<Redactor['pieces']> {
  let held = '';
  return {
    push: (piece) => {
      held += piece;
      const line = held.lastIndexOf('\n') + 1;
      const end = line > 0 || held.length <= LONGEST_LINE ? line : held.length - LONGEST_LINE / 2;
      const ready = held.slice(0, end);
      held = held.slice(end);
      return text(ready);
    },
    end: () => {
      const rest = held;
      held = '';
      return text(rest);
    },
  };
}

/** As patterns, the widest first. */
function formsOf(secret: string): readonly string[] {
  const bytes = bytesOfText(secret);
  return [
    Array.from(secret, characterForms).join(''),
    Array.from(bytes, (byte) => caseless(hex(byte.charCodeAt(0), 2))).join(''),
    ...[0, 1, 2].flatMap((offset) => base64Form(bytes, offset)),
  ];
}

/** As it is, percent-encoded (URLs, RFC 3986), or escaped (JSON, RFC 8259); each character may be any of these. */
function characterForms(character: string): string {
  const percent = Array.from(bytesOfText(character), (byte) => `%${caseless(hex(byte.charCodeAt(0), 2))}`);
  const units = Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at), 4));
  const escaped = units.map((unit) => `\\\\u${caseless(unit)}`);
  const forms = [literally(character), percent.join(''), escaped.join('')];
  if (/["\\/]/.test(character)) forms.push(`\\\\${literally(character)}`);
  if (character === '\t') forms.push('\\\\t');
  if (character === ' ') forms.push('\\+');
  return `(?:${forms.join('|')})`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BITS_OF_DIGIT = 6;

/**
 * Within something longer that was encoded as a whole: of the digits those that the secret alone decides. In either alphabet (RFC
 * 4648).
 *
 * @param offset bytes before it, modulo three
 */
function base64Form(bytes: string, offset: number): readonly string[] {
  const first = Math.ceil((offset * 8) / BITS_OF_DIGIT);
  const last = Math.floor(((offset + bytes.length) * 8) / BITS_OF_DIGIT);
  const bit = (at: number): number => (bytes.charCodeAt((at >> 3) - offset) >> (7 - (at & 7))) & 1;
  let form = '';
  for (let digit = first; digit < last; digit++) {
    let value = 0;
    for (let at = 0; at < BITS_OF_DIGIT; at++) value = (value << 1) | bit(digit * BITS_OF_DIGIT + at);
    const character = DIGITS.charAt(value);
    form += character === '+' ? '[+-]' : character === '/' ? '[/_]' : character;
  }
  return last - first < SHORTEST ? [] : [form];
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
/** Of hexadecimal digits. */
const caseless = (digits: string): string =>
  digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
const literally = (character: string): string => character.replace(/[$()*+./?[\\\]^{|}-]/, '\\$&');

const SECRET_NAMES =
  'code|state|token|access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|code[_-]?verifier|device[_-]?code|' +
  'api[_-]?key|secret|password|passwd|authorization|x-api-key|cookie|set-cookie';

/**
 * What looks like a credential; what stands in `before` stays. Every repetition either ends in a match or has a limit, so that none
 * looks at one character more than so many times.
 */
const SHAPES: readonly RegExp[] = [
  // Of Anthropic, GitHub, GitLab, Slack, Google, AWS; JSON Web Tokens.
  /(?<before>)\b(?:sk-|gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|AIza|ya29\.|AKIA|ASIA|eyJ)[\w.~+/=-]{8,}/g,
  /(?<before>\b(?:bearer|basic|negotiate)[ \t]{1,8})[\w.~+/=-]{4,}/gi,
  new RegExp(
    `(?<before>(?:^|[^\\w-])["']?(?:${SECRET_NAMES})["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?)[^\\s&"'<>,;]+`,
    'gim',
  ),
  // A name and a password within an address.
  /(?<before>\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'<>]{1,512}(?=@)/gi,
  // What nobody types or reads: random text, as codes, keys and digests are.
  /(?<before>)[\w-]{40,}/g,
];
