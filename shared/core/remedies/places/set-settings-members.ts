import { HELPER_SETTING } from '../../sources/api-key-helper.ts';
import { bytesOfText } from '../byte-text.ts';
import type { Bytes, Span } from '../text-edit.ts';
import { isUtf16, membersNamed, textOf } from './json-edit.ts';
import { BYTE_ORDER_MARK, parseJsonTree, type JsonItem, type JsonNode } from './json-tree.ts';

/** What a settings file is to say. */
export interface SettingsMember {
  /** `env`: a variable. `top`: `apiKeyHelper`. */
  readonly in: 'env' | 'top';
  readonly name: string;
  readonly text: string;
}

export type MembersSet =
  | {
      readonly state: 'set';
      /** None: the file says all of it already. */
      readonly spans: readonly Span[];
      /** The texts that are replaced. Secret. */
      readonly replaced: readonly Bytes[];
    }
  | { readonly state: 'left'; readonly why: 'malformed' | 'encoding' };

/** A variable that is set to nothing here, so that one of the shell does not count. */
export const cancelling = (name: string): SettingsMember => ({ in: 'env', name, text: '' });
export const helperMember = (command: string): SettingsMember => ({
  in: 'top',
  name: HELPER_SETTING,
  text: command,
});

/**
 * Sets members of Claude Code’s settings file, written as their neighbours are; of members with the same name the last, which
 * is the one that counts. Of two wishes for the same member the last.
 *
 * @param bytes `null` or blank: a whole new file is made
 */
export function setSettingsMembers(bytes: Bytes | null, members: readonly SettingsMember[]): MembersSet {
  if (members.length === 0) return { state: 'set', spans: [], replaced: [] };
  const start = bytes?.startsWith(BYTE_ORDER_MARK) === true ? BYTE_ORDER_MARK.length : 0;
  if (bytes === null || /^[ \t\r\n]*$/.test(bytes.slice(start)))
    return wholeFile(bytes ?? '', start, members);
  if (isUtf16(bytes)) return { state: 'left', why: 'encoding' };
  const root = parseJsonTree(bytes, 'json', 2);
  const env = root === null ? undefined : membersNamed(root, 'env').at(-1)?.value;
  if (root?.kind !== 'object' || (env !== undefined && env.kind !== 'object'))
    return { state: 'left', why: 'malformed' };
  const style = styleOf(bytes, root);
  const inEnv = wishes(members, 'env');
  const inRoot = [...wishes(members, 'top')].map(([name, text]): Wish => [name, quoted(text)]);
  const created: Wish[] =
    env === undefined && inEnv.size > 0 ? [['env', newObject([...inEnv].map(asWish), style, 1)]] : [];
  const edits = [
    env === undefined ? NOTHING : inObject(bytes, env, [...inEnv].map(asWish), style, 1),
    inObject(bytes, root, [...created, ...inRoot], style, 0),
  ];
  return {
    state: 'set',
    spans: edits.flatMap(({ spans }) => spans).toSorted((a, b) => a.start - b.start),
    replaced: edits.flatMap(({ replaced }) => replaced),
  };
}

/** A name and what stands behind its colon. */
type Wish = readonly [name: string, value: Bytes];
interface Edit {
  readonly spans: readonly Span[];
  readonly replaced: readonly Bytes[];
}
const NOTHING: Edit = { spans: [], replaced: [] };

const quoted = (text: string): Bytes => bytesOfText(JSON.stringify(text));
const asWish = ([name, text]: readonly [string, string]): Wish => [name, quoted(text)];

function wishes(
  members: readonly SettingsMember[],
  place: SettingsMember['in'],
): ReadonlyMap<string, string> {
  return new Map(members.filter((member) => member.in === place).map(({ name, text }) => [name, text]));
}

function wholeFile(bytes: Bytes, start: number, members: readonly SettingsMember[]): MembersSet {
  const style: Style = {
    newline: bytes.includes('\r\n') ? '\r\n' : '\n',
    indent: '  ',
    colon: ': ',
    comma: ', ',
  };
  const env = [...wishes(members, 'env')].map(asWish);
  const root: Wish[] = env.length === 0 ? [] : [['env', newObject(env, style, 1)]];
  const text =
    newObject([...root, ...[...wishes(members, 'top')].map(asWish)], style, 0) + (style.newline ?? '');
  return { state: 'set', spans: [{ start, end: bytes.length, text }], replaced: [] };
}

function inObject(
  bytes: Bytes,
  object: JsonNode,
  wanted: readonly Wish[],
  style: Style,
  level: number,
): Edit {
  const spans: Span[] = [];
  const replaced: Bytes[] = [];
  const missing: Wish[] = [];
  for (const [name, text] of wanted) {
    const value = membersNamed(object, bytesOfText(name)).at(-1)?.value;
    if (value === undefined) missing.push([name, text]);
    else if (bytes.slice(value.start, value.end) !== text) {
      spans.push({ start: value.start, end: value.end, text });
      replaced.push(textOf(bytes, value));
    }
  }
  if (missing.length > 0) spans.push(added(bytes, object, missing, style, level));
  return { spans, replaced };
}

function added(bytes: Bytes, object: JsonNode, missing: readonly Wish[], style: Style, level: number): Span {
  const last = object.items.at(-1);
  if (last === undefined)
    return { start: object.start, end: object.end, text: newObject(missing, style, level) };
  const at = last.value.end;
  const lead = leadOf(bytes, last);
  const lines = lead.includes('\n');
  const text = missing
    .map(([name, value]) => `,${lines ? lead : style.comma.slice(1)}${member(name, value, style)}`)
    .join('');
  return { start: at, end: at, text };
}

const member = (name: string, value: Bytes, style: Style): Bytes => quoted(name) + style.colon + value;

/** The blanks between an item and what comes before it; of empty lines only the last line break. */
function leadOf(bytes: Bytes, { start }: JsonItem): Bytes {
  let from = start;
  while (' \t'.includes(bytes.charAt(from - 1))) from--;
  if (bytes.charAt(from - 1) !== '\n') return bytes.slice(from, start);
  return bytes.slice(bytes.charAt(from - 2) === '\r' ? from - 2 : from - 1, start);
}

/** How a file is written. */
interface Style {
  /** `null`: all on one line. */
  readonly newline: string | null;
  /** Of one level. */
  readonly indent: string;
  readonly colon: string;
  readonly comma: string;
}

function styleOf(bytes: Bytes, root: JsonNode): Style {
  const first = root.items[0];
  const lead = first === undefined ? '' : bytes.slice(root.start + 1, first.start);
  const isOneLine = first !== undefined && !lead.includes('\n');
  const second = root.items[1];
  const comma = first?.comma ?? null;
  return {
    newline: isOneLine ? null : bytes.includes('\r\n') ? '\r\n' : '\n',
    indent: first === undefined ? '  ' : lead.slice(lead.lastIndexOf('\n') + 1),
    colon: first === undefined || /[ \t]$/.test(bytes.slice(first.start, first.value.start)) ? ': ' : ':',
    comma: second !== undefined && comma !== null && second.start === comma + 1 ? ',' : ', ',
  };
}

/** @param level how deep the object itself stands */
function newObject(members: readonly Wish[], style: Style, level: number): Bytes {
  const { newline, indent } = style;
  const texts = members.map(([name, value]) => member(name, value, style));
  if (newline === null) return `{${texts.join(style.comma)}}`;
  const inner = newline + indent.repeat(level + 1);
  return `{${inner}${texts.join(`,${inner}`)}${newline}${indent.repeat(level)}}`;
}
