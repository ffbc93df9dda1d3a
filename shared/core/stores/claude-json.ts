import { CONSOLE_KEY } from '../sources/console-key.ts';
import { isWatched } from '../sources/index.ts';
import type { ApprovalTails } from '../settings/entry.ts';
import { jsonLines } from '../settings/json-lines.ts';
import {
  isJsonObject,
  parseStrictJson,
  valueToText,
  type JsonObject,
  type JsonValue,
} from '../settings/json-value.ts';
import type { RawVariable } from '../settings/settings-file.ts';

/** What `.claude.json` says about credentials; raw values, so this never leaves the gathering frame. */
export interface ClaudeJsonContent {
  readonly variables: readonly RawVariable[];
  readonly consoleKey: { readonly text: string; readonly line: number } | null;
  readonly tails: ApprovalTails;
  /** Folders whose own entry says that they are trusted. */
  readonly trusted: ReadonlySet<string>;
  readonly account: Account | null;
}

/** Display data of whoever logged in; alone it is no login (observed). */
export interface Account {
  readonly email: string | null;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
}

const NO_TAILS: ApprovalTails = { approved: new Set(), rejected: new Set() };
export const EMPTY_CLAUDE_JSON: ClaudeJsonContent = {
  variables: [],
  consoleKey: null,
  tails: NO_TAILS,
  trusted: new Set(),
  account: null,
};
const ENV = new Set(['env']);

/**
 * Reads `.claude.json`. `null` when it is not JSON: Claude Code then stops with an explanation (observed). An empty file
 * counts as defaults.
 */
export function parseClaudeJson(text: string): ClaudeJsonContent | null {
  if (text.trim() === '') return EMPTY_CLAUDE_JSON;
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return null;
  if (!isJsonObject(parsed.value)) return EMPTY_CLAUDE_JSON;
  const root = parsed.value;
  const env = root['env'];
  // Unlike in settings, null and objects are passed over (measured).
  const names = isJsonObject(env)
    ? Object.keys(env).filter((name) => isWatched(name) && typeof env[name] !== 'object')
    : [];
  const key = consoleKeyText(root[CONSOLE_KEY]);
  const members = key === null ? names : [...names, CONSOLE_KEY];
  const lines = members.length === 0 ? null : jsonLines(upToLast(members, text), ENV);
  return {
    variables: names.map((name) => ({
      name,
      text: valueToText((env as JsonObject)[name] ?? null),
      line: lines?.get(`env.${name}`) ?? 1,
    })),
    consoleKey: key === null ? null : { text: key, line: lines?.get(CONSOLE_KEY) ?? 1 },
    tails: tailsOf(root['customApiKeyResponses']),
    trusted: trustedFolders(root['projects']),
    account: accountOf(root['oauthAccount']),
  };
}

/**
 * The text as far as one of the members can stand in it: what is behind are projects and their histories, which may be long.
 * A name may be written with escapes; then all of the text is needed.
 */
function upToLast(members: readonly string[], text: string): string {
  const starts = members.map((name) => text.lastIndexOf(`"${name}"`));
  const end = Math.max(...members.map((name, at) => (starts[at] ?? 0) + name.length + 2));
  return starts.includes(-1) || text.includes('\\u', end) ? text : text.slice(0, end);
}

/** Only text counts, and white space around it does not; a line end within keeps it from being used (measured). */
function consoleKeyText(value: JsonValue | undefined): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || /[\r\n]/.test(text) ? null : text;
}

function tailsOf(value: JsonValue | undefined): ApprovalTails {
  if (!isJsonObject(value)) return NO_TAILS;
  return { approved: textSet(value['approved']), rejected: textSet(value['rejected']) };
}

function textSet(value: JsonValue | undefined): ReadonlySet<string> {
  if (!Array.isArray(value)) return new Set();
  return new Set((value as readonly JsonValue[]).filter((item) => typeof item === 'string'));
}

function trustedFolders(value: JsonValue | undefined): ReadonlySet<string> {
  if (!isJsonObject(value)) return new Set();
  const folders = Object.keys(value).filter((folder) => {
    const project = value[folder];
    return isJsonObject(project) && isTruthy(project['hasTrustDialogAccepted']);
  });
  return new Set(folders);
}

/** As JavaScript sees it: any text but the empty one, any number but zero (measured). */
function isTruthy(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function accountOf(value: JsonValue | undefined): Account | null {
  if (!isJsonObject(value)) return null;
  const text = (name: string): string | null => {
    const member = value[name];
    return typeof member === 'string' ? member : null;
  };
  return {
    email: text('emailAddress'),
    organisationId: text('organizationUuid'),
    organisationName: text('organizationName'),
  };
}
