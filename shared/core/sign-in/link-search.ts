import type { LoginLink } from './claude-login.ts';
import { knownLink } from './known-hosts.ts';
import { linkParameter, linkParts, LONGEST_LINK } from './link-parts.ts';
import type { VisibleEvent } from './visible-text.ts';

/** The search for a link in lines of text as they come. Bounded; plain data, so that a piece may end anywhere. */
export interface LinkSearch {
  /** The line that is being written. */
  readonly line: string;
  /** It was longer than what is kept of it. */
  readonly isCut: boolean;
  /** A link up to the edge of a line, which may go on on the next one. */
  readonly wrapped: {
    readonly text: string;
    /** Columns of a line that is full: as the first one, or as what of the link stands in it. */
    readonly widths: readonly number[];
  } | null;
  readonly best: LoginLink | null;
}

export const NO_LINK: LinkSearch = { line: '', isCut: false, wrapped: null, best: null };

/** Characters of a line that are kept. */
const LONGEST_LINE = 4 * LONGEST_LINK;
/** Columns at which programs wrap. A link for logging in is longer, so one that ends its line further right is whole. */
const NARROWEST = 20;
const WIDEST = 250;

const LINK_CHARACTER = "[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]";
const LINKS = new RegExp(`https://${LINK_CHARACTER}+`, 'gi');
/** Where a narrow terminal breaks before the link has well begun. */
const SCHEME_AT_END = /(?:^|[^A-Za-z0-9])(h(?:t(?:t(?:p(?:s(?::\/{0,2})?)?)?)?)?)$/i;
const ALL_LINK = new RegExp(`^${LINK_CHARACTER}+$`);

export function searchOn(search: LinkSearch, event: VisibleEvent): LinkSearch {
  switch (event.kind) {
    case 'text':
      return written(search, event.text);
    case 'target':
      return offered(search, event.address);
    case 'line-end':
      return endLine(search, true);
    case 'jump':
      return endLine(search, false);
  }
}

function written(search: LinkSearch, text: string): LinkSearch {
  const room = LONGEST_LINE - search.line.length;
  return text.length <= room
    ? { ...search, line: search.line + text }
    : { ...search, line: search.line + text.slice(0, room), isCut: true };
}

/**
 * The best link so far: the latest of those that bind an attempt by their `state`, else the first one of a known host.
 *
 * @param quiet nothing more is coming, so what stands at the very end is whole
 */
export function linkFound(search: LinkSearch, quiet: boolean): LoginLink | null {
  if (quiet) return endLine(search, false).best;
  const { wrapped, line } = search;
  const goesOn = line.trim() === '' || isContinuation(line.trimStart());
  const settled = wrapped === null || goesOn ? search : offered(search, wrapped.text);
  return linksIn(line)
    .filter(({ end }) => end < line.length)
    .reduce<LinkSearch>((found, { text }) => offered(found, text), settled).best;
}

/** @param continues whether the next characters stand just below it */
function endLine(search: LinkSearch, continues: boolean): LinkSearch {
  const { wrapped, isCut } = search;
  const line = search.line.trimEnd();
  const width = line.length;
  const next: LinkSearch = { ...search, line: '', isCut: false, wrapped: null };
  const mayGoOn = continues && !isCut;
  if (wrapped !== null) {
    const part = line.trimStart();
    if (!isCut && isContinuation(part) && width <= Math.max(...wrapped.widths)) {
      const text = wrapped.text + part;
      const isFull = mayGoOn && wrapped.widths.includes(width) && text.length <= LONGEST_LINK;
      return isFull ? { ...next, wrapped: { text, widths: [width] } } : offered(next, text);
    }
    return endLine(offered({ ...search, wrapped: null }, wrapped.text), continues);
  }
  const links = linksIn(line).filter(({ end }) => !isCut || end < width);
  const last = links.at(-1);
  const atEdge = last?.end === width ? last.text : SCHEME_AT_END.exec(line)?.[1];
  const isWrapped = mayGoOn && atEdge !== undefined && width >= NARROWEST && width <= WIDEST;
  const settled = (isWrapped && last?.text === atEdge ? links.slice(0, -1) : links).reduce<LinkSearch>(
    (found, { text }) => offered(found, text),
    next,
  );
  return isWrapped ? { ...settled, wrapped: { text: atEdge, widths: [width, atEdge.length] } } : settled;
}

const isContinuation = (text: string): boolean => ALL_LINK.test(text) && !/^https?:\/\//i.test(text);

function linksIn(line: string): readonly { readonly text: string; readonly end: number }[] {
  return [...line.matchAll(LINKS)].map((match) => ({ text: match[0], end: match.index + match[0].length }));
}

/** From the first one of a run only: looked at from each of them, a long one in the middle would take seconds. */
const BEHIND_IT = /(?<![.,;:!?'")\]])[.,;:!?'")\]]+$/;

/** Takes a link that is better than what is there. What a sentence puts behind it is no part of it. */
function offered(search: LinkSearch, text: string): LinkSearch {
  const link = knownLink(text.replace(BEHIND_IT, ''));
  if (link === null) return search;
  const { best } = search;
  const isBetter =
    best === null || bindsAttempt(link) || (!bindsAttempt(best) && link.url.startsWith(best.url));
  return isBetter ? { ...search, best: link } : search;
}

const bindsAttempt = (link: LoginLink): boolean => stateOfLink(link) !== null;

/** What binds a login to its link; the second half of the code is the same. */
export function stateOfLink({ url }: LoginLink): string | null {
  const state = linkParameter(linkParts(url)?.query ?? '', 'state');
  return state === '' ? null : state;
}
