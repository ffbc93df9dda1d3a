import { isKnownMember } from '../settings/forms/settings-forms.ts';
import { WATCHED } from '../sources/index.ts';

export const HIDDEN = '••••••••';

/** A piece of a line as it may be shown. */
export interface MaskedPiece {
  readonly text: string;
  /** Where it stands in the line. */
  readonly at: number;
  /** Everybody knows it, wherever it is found: a keyword, a known name, punctuation, or what Credence itself writes. */
  readonly isPublic: boolean;
}

/**
 * One line of a profile, a settings file or the like, in any of their syntaxes, without what could be a secret. It is a list of
 * what may be shown, not of what may not: names where names stand, keywords, punctuation, and in comments that are prose short
 * plain words. All else is dots.
 *
 * @param own what Credence itself writes, to be shown as it is
 */
export function maskLine(line: string, own: readonly string[]): readonly MaskedPiece[] {
  const pieces: MaskedPiece[] = [];
  const next = own.filter((text) => text !== '').map((text) => ({ text, at: wordIn(line, text, 0) }));
  for (let from = 0; ;) {
    let first: { readonly text: string; readonly at: number } | null = null;
    for (const found of next) {
      if (found.at >= 0 && found.at < from) found.at = wordIn(line, found.text, from);
      if (found.at >= 0 && (first === null || found.at < first.at)) first = found;
    }
    maskPart(line.slice(from, first?.at), from, pieces);
    if (first === null) return pieces;
    pieces.push({ ...first, isPublic: true });
    from = first.at + first.text.length;
  }
}

/** Not behind a letter: that would be the end of something longer. */
function wordIn(line: string, text: string, from: number): number {
  let at = line.indexOf(text, from);
  while (at > 0 && /[\w-]/.test(line.charAt(at - 1))) at = line.indexOf(text, at + 1);
  return at;
}

/** Takes a piece of what is shown. */
type Show = (text: string, at: number, isPublic: boolean) => void;

function maskPart(part: string, offset: number, pieces: MaskedPiece[]): void {
  const show: Show = (text, at, isPublic) => {
    if (text === '') return;
    // Of several that are hidden in a row nobody has to know how many.
    const isMore =
      text === HIDDEN && /^\s+$/.test(pieces.at(-1)?.text ?? '') && pieces.at(-2)?.text === HIDDEN;
    if (isMore) pieces.pop();
    else if (text !== HIDDEN || pieces.at(-1)?.text !== HIDDEN)
      pieces.push({ text, at: offset + at, isPublic });
  };
  maskCode(part, 0, show);
}

/** A name in a declaration stands alone: the first word, or each. */
const DECLARING: ReadonlyMap<string, 'first' | 'each'> = new Map([
  ['set', 'first'],
  ['setenv', 'first'],
  ...['export', 'unset', 'declare', 'typeset', 'local', 'readonly'].map((word) => [word, 'each'] as const),
]);
const KEYWORDS: ReadonlySet<string> = new Set([
  ...DECLARING.keys(),
  ...[
    'if',
    'then',
    'else',
    'elif',
    'fi',
    'for',
    'do',
    'done',
    'while',
    'case',
    'esac',
    'function',
    'end',
    'begin',
  ],
  ...['source', 'eval', 'return', 'alias', 'env', 'credence', 'true', 'false', 'null'],
]);

const BLANKS = /\s+/y;
const WORD = /[^\s"'`{}[\](),;=:]+/y;
/** What is assigned, as far as it is not quoted. */
const BARE_VALUE = /[^\s"'`;]+/y;
const ASSIGNED = /\s*=/y;
const NAMING = /\s*[:=]/y;
const POWERSHELL = /\$env:/iy;
const COMMENT = /#+!?|\/\/+/y;

function maskCode(line: string, from: number, show: Show): void {
  let at = from;
  let declared: 'first' | 'each' | null = null;
  let isName = false;
  while (at < line.length) {
    const begun = at;
    const startsWord = at === from || /[\s;({]/.test(line.charAt(at - 1));
    const blanks = matched(BLANKS, line, at);
    const comment = startsWord ? matched(COMMENT, line, at) : '';
    const variable = matched(POWERSHELL, line, at);
    const sign = line.charAt(at);
    if (blanks !== '') {
      at += blanks.length;
      show(blanks, begun, false);
    } else if (comment !== '') {
      show(comment, begun, false);
      maskComment(line, begun + comment.length, show);
      return;
    } else if (variable !== '') {
      at += variable.length;
      show(variable, begun, true);
      isName = true;
    } else if (QUOTES.includes(sign)) {
      at = maskQuoted(line, at, show);
    } else if (sign === '=') {
      const value = matched(BARE_VALUE, line, at + 1);
      at += 1 + value.length;
      show(sign, begun, false);
      showUnlessSecret(value, begun + 1, show);
    } else if (STRUCTURE.includes(sign)) {
      at++;
      show(sign, begun, false);
      if (sign === ';') declared = null;
    } else {
      const word = matched(WORD, line, at);
      at += word.length;
      const name = word.endsWith('+') ? word.slice(0, -1) : word;
      const isNamed = isName || (startsWord && matched(ASSIGNED, line, at) !== '');
      isName = false;
      if (KEYWORDS.has(word)) {
        show(word, begun, true);
        declared = DECLARING.get(word) ?? declared;
      } else if (WATCHED.has(name)) {
        show(word, begun, true);
        if (declared === 'first') declared = null;
      } else if (/^--?[A-Za-z]{1,3}$/.test(word)) show(word, begun, false);
      else if (isVariableName(name) && (isNamed || declared === 'first')) {
        show(word, begun, false);
        if (declared === 'first') declared = null;
      } else if (declared === 'each' && isVariableName(word) && word === word.toUpperCase())
        show(word, begun, false);
      else showUnlessSecret(word, begun, show);
    }
  }
}

const QUOTES = '"\'`';
const STRUCTURE = '{}[](),;:';

/** @returns behind it */
function maskQuoted(line: string, start: number, show: Show): number {
  const quote = line.charAt(start);
  let end = start + 1;
  while (end < line.length && line.charAt(end) !== quote)
    end += line.charAt(end) === '\\' && quote !== "'" ? 2 : 1;
  const isClosed = end < line.length;
  const inner = line.slice(start + 1, end);
  const isKnown = WATCHED.has(inner) || isKnownMember(inner);
  show(quote, start, false);
  if (isClosed && (isKnown || (isPlainName(inner) && matched(NAMING, line, end + 1) !== '')))
    show(inner, start + 1, isKnown);
  else showUnlessSecret(inner, start + 1, show);
  if (!isClosed) return line.length;
  show(quote, end, false);
  return end + 1;
}

/** A few signs alone are none. */
function showUnlessSecret(text: string, at: number, show: Show): void {
  const isSigns = text.length <= 3 && /^[!-/:-@[-`{-~]*$/.test(text);
  show(isSigns ? text : HIDDEN, at, !isSigns);
}

function matched(pattern: RegExp, line: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? '';
}

/** What in a comment makes it something that was code once. */
const CODE = /[=$`{}|<>\\":]|\b(?:export|set|setenv|unset|declare|typeset|local|readonly)\b/;
const SENSITIVE = /key|token|pass|pwd|secret|cred|auth|login|pin|code|bearer|api|account|user/i;
const SENSITIVE_WORDS = /^(?:api|keys?|tokens?|passwords?|secrets?|credentials?|login|account)$/i;
const PLAIN_WORD = /^\p{L}{1,12}$/u;

function maskComment(line: string, from: number, show: Show): void {
  const body = line.slice(from);
  if (CODE.test(body)) {
    maskCode(line, from, show);
    return;
  }
  const isSensitive = SENSITIVE.test(body.replaceAll('credence', ''));
  for (const { 0: chunk, index } of body.matchAll(/\s+|\S+/g)) {
    const at = from + index;
    const [, before = '', word = '', behind = ''] = /^(\(?)(.*?)([.,;!?)]{0,3})$/s.exec(chunk) ?? [];
    const isPlain = isSensitive ? SENSITIVE_WORDS.test(word) : PLAIN_WORD.test(word);
    if (/^\s/.test(chunk)) show(chunk, at, false);
    else if (isPlain || WATCHED.has(word) || KEYWORDS.has(word)) {
      show(before, at, false);
      show(word, at + before.length, WATCHED.has(word) || KEYWORDS.has(word));
      show(behind, at + before.length + word.length, false);
    } else showUnlessSecret(chunk, at, show);
  }
}

/** `MY_GATEWAY_URL`, `path`; a token is longer, or mixes digits and letters. */
function isVariableName(text: string): boolean {
  return /^\w+$/.test(text) && isPlainName(text);
}

/** Also `editor.fontSize`, `some-setting`. */
function isPlainName(text: string): boolean {
  return (
    text.length <= 48 && /[A-Za-z]/.test(text) && text.split(/[._-]/).every((part) => NAME_PART.test(part))
  );
}

const NAME_PART = /^(?:[A-Z]{1,11}\d?|[a-z]{1,11}\d?|[A-Za-z][a-z]{1,11}(?:[A-Z][a-z]{2,11}){0,3}|)$/;
