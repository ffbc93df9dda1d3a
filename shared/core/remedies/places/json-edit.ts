import { lineCounter } from '../../line-counter.ts';
import { parseStrictJson, valueToText } from '../../settings/json-value.ts';
import { bytesOfText, textOfBytes } from '../byte-text.ts';
import {
  NO_EDIT,
  type Bytes,
  type EditedLine,
  type EditRequest,
  type EditResult,
  type LeftLine,
  type LeftReason,
  type Span,
} from '../text-edit.ts';
import { removeItems } from './json-removal.ts';
import { parseJsonTree, stringAt, type JsonDialect, type JsonItem, type JsonNode } from './json-tree.ts';

/** A place in a file of JSON that sets a name. */
export interface JsonFinding {
  readonly name: string;
  readonly container: JsonNode;
  readonly item: JsonItem;
  /** See `EditedLine`. */
  readonly value: Bytes | null;
  /** The file is not the way to be rid of it. */
  readonly fixed?: boolean;
}

export interface JsonPlace {
  readonly dialect: JsonDialect;
  /** How many brackets deep something is looked for. */
  readonly depth: number;
  readonly find: (root: JsonNode, bytes: Bytes, names: ReadonlySet<string>) => readonly JsonFinding[];
}

/** Edits a file of JSON: what is found is taken out, or becomes a comment where the dialect has comments. */
export function editJson(bytes: Bytes, request: EditRequest, place: JsonPlace): EditResult {
  const names = new Set(request.names);
  if (isUtf16(bytes)) return leftEverywhere(bytes.replaceAll('\0', ''), names, 'encoding');
  if (!mayHold(bytes, names)) return NO_EDIT;
  const root = parseJsonTree(bytes, place.dialect, place.depth);
  if (root?.kind !== 'object') return leftEverywhere(bytes, names, 'malformed');
  const found = place.find(root, bytes, names).toSorted((a, b) => a.item.start - b.item.start);
  const lineOf = lineCounter(bytes);
  // JSON values are taken as they are: nothing is run to get them.
  const isLeft = ({ fixed }: JsonFinding): boolean => fixed === true || request.how.kind === 'look-up';
  const withLines = found.map((finding) => ({ ...finding, line: lineOf(finding.item.start) }));
  const left = withLines
    .filter(isLeft)
    .map(({ name, line }): LeftLine => ({ name, line, why: 'not-possible' }));
  const changed = withLines.filter((finding) => !isLeft(finding));
  const prefix =
    request.how.kind === 'comment-out' && place.dialect === 'jsonc'
      ? `// credence ${request.marker}: `
      : null;
  const { spans, commentedOut } = removeFound(bytes, changed, prefix);
  const done = changed.map(({ name, line, value, item }): EditedLine => ({
    name,
    line,
    action: commentedOut.has(item) ? 'commented-out' : 'removed',
    value,
  }));
  return { spans, done, left };
}

/** Takes what was found out of whatever it stands in. */
function removeFound(
  bytes: Bytes,
  found: readonly Pick<JsonFinding, 'container' | 'item'>[],
  commentPrefix: Bytes | null,
): { readonly spans: readonly Span[]; readonly commentedOut: ReadonlySet<JsonItem> } {
  const gone = new Set(found.map(({ item }) => item));
  const containers = new Set(found.map(({ container }) => container));
  const removals = [...containers].map((container) => removeItems(bytes, container, gone, commentPrefix));
  return {
    spans: removals.flatMap(({ spans }) => spans).toSorted((a, b) => a.start - b.start || a.end - b.end),
    commentedOut: new Set(removals.flatMap(({ commentedOut }) => [...commentedOut])),
  };
}

/** All members of an object that are called so. */
export function membersNamed(object: JsonNode, name: Bytes): readonly JsonItem[] {
  return object.items.filter((item) => item.name === name);
}

/** What stands in members of an object that are called by one of the names, however often. */
export function findMembers(
  bytes: Bytes,
  object: JsonNode,
  names: ReadonlySet<string>,
): readonly JsonFinding[] {
  if (object.kind !== 'object') return [];
  return object.items.flatMap((item) => {
    const name = textOfBytes(item.name ?? '');
    return names.has(name) ? [{ name, container: object, item, value: textOf(bytes, item.value) }] : [];
  });
}

/** A value as the text of a variable, as Claude Code makes it. */
export function textOf(bytes: Bytes, { kind, start, end }: JsonNode): Bytes {
  if (kind === 'string') return stringAt(bytes, start, end);
  const parsed = parseStrictJson(textOfBytes(bytes.slice(start, end)));
  return parsed.ok ? bytesOfText(valueToText(parsed.value)) : bytes.slice(start, end);
}

/** UTF-16, by its byte order mark. */
export function isUtf16(bytes: Bytes): boolean {
  return bytes.startsWith('\xff\xfe') || bytes.startsWith('\xfe\xff');
}

/** Names may be written with escapes. */
function mayHold(bytes: Bytes, names: ReadonlySet<string>): boolean {
  return bytes.includes('\\u') || [...names].some((name) => bytes.includes(bytesOfText(name)));
}

function leftEverywhere(bytes: Bytes, names: ReadonlySet<string>, why: LeftReason): EditResult {
  const left = [...names].flatMap((name): LeftLine[] => {
    const at = bytes.indexOf(bytesOfText(name));
    return at < 0 ? [] : [{ name, line: lineCounter(bytes)(at), why }];
  });
  return { ...NO_EDIT, left };
}
