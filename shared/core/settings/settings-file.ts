import type { SettingsScope } from '../origin.ts';
import { eraOf } from '../rules/versions.ts';
import { isWatched } from '../sources/index.ts';
import { administratorLimits, LIMIT_KEYS, type AdministratorLimit } from './administrator-limits.ts';
import { HELPER_SETTING } from '../sources/api-key-helper.ts';
import { jsonLines } from './json-lines.ts';
import { isJsonObject, parseStrictJson, valueToText, type JsonObject, type JsonValue } from './json-value.ts';
import type { FormEdition } from './forms/form.ts';
import { wrongMembers } from './forms/settings-forms.ts';

/** What one settings file says about credentials; raw values, so this never leaves the gathering frame. */
export interface SettingsContent {
  readonly variables: readonly RawVariable[];
  readonly helper: { readonly text: string; readonly line: number } | null;
  readonly policy: LoginPolicy | null;
  readonly limits: readonly AdministratorLimit[];
  /** Every variable of the `env` block as text, also those that decide nothing: a helper sees them. */
  readonly environment: () => Readonly<Record<string, string>>;
}

export interface RawVariable {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** `forceLoginMethod` and `forceLoginOrgUUID`: in managed settings they keep keys, tokens and helpers from being used. */
export interface LoginPolicy {
  readonly key: 'forceLoginMethod' | 'forceLoginOrgUUID';
  /** Nothing but a gateway session will do, not even a Claude login. */
  readonly demands?: 'gateway';
  readonly line: number;
}

/** Why a settings file as a whole is not used. */
export type DropReason = 'not-json' | 'not-an-object' | 'wrong-type';

export type SettingsParse =
  | { readonly ok: true; readonly content: SettingsContent }
  | { readonly ok: false; readonly reason: DropReason; readonly key: string | null };

const EMPTY: SettingsContent = {
  variables: [],
  helper: null,
  policy: null,
  limits: [],
  environment: () => ({}),
};
const ENV = new Set(['env']);

/** How settings files are taken. */
export interface SettingsDialect {
  /** Wrong members are left out instead of dropping the file: managed files (documented). */
  readonly tolerant: boolean;
  readonly edition: FormEdition;
}

/** Reads a settings file as Claude Code does: strict JSON, one wrong type drops all of it. An empty file says nothing. */
export function parseSettings(text: string, { tolerant, edition }: SettingsDialect): SettingsParse {
  if (text.trim() === '') return { ok: true, content: EMPTY };
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return { ok: false, reason: 'not-json', key: null };
  if (!isJsonObject(parsed.value)) return { ok: false, reason: 'not-an-object', key: null };
  const wrong = wrongMembers(parsed.value, edition);
  if (wrong[0] !== undefined && !tolerant) return { ok: false, reason: 'wrong-type', key: wrong[0] };
  return { ok: true, content: readContent(parsed.value, text, new Set(wrong)) };
}

/** Parsers of settings files: each is the same function every time, so that results can be kept under it. */
export interface SettingsParsers {
  /** A user's or a project's file. */
  readonly own: (text: string) => SettingsParse;
  /** An administrator's. */
  readonly managed: (text: string) => SettingsParse;
}

const parsersOf = (edition: FormEdition): SettingsParsers => ({
  own: (text) => parseSettings(text, { tolerant: false, edition }),
  // Leaving wrong members out came together with the later ones (measured).
  managed: (text) => parseSettings(text, { tolerant: edition.later, edition }),
});
const TODAY = parsersOf({ later: true, today: true });
const LATER = parsersOf({ later: true, today: false });
const OLDEST = parsersOf({ later: false, today: false });

/** The parsers for a version of Claude Code. */
export function settingsParsers(version: string): SettingsParsers {
  const era = eraOf(version, 'older');
  if (era['settings-forms']) return TODAY;
  return era['settings-members'] ? LATER : OLDEST;
}

function readContent(settings: JsonObject, text: string, left: ReadonlySet<string>): SettingsContent {
  const env = settings['env'];
  const names = isJsonObject(env) && !left.has('env') ? Object.keys(env).filter(isWatched) : [];
  const helper = settings[HELPER_SETTING];
  const policyKey = POLICY_KEYS.find((key) => isPolicy(key, settings[key]));
  const environment = (): Record<string, string> =>
    isJsonObject(env) && !left.has('env')
      ? Object.fromEntries(Object.entries(env).map(([name, value]) => [name, valueToText(value)]))
      : {};
  const says = [
    names.length > 0,
    helper !== undefined,
    policyKey !== undefined,
    LIMIT_KEYS.some((key) => settings[key] !== undefined),
  ];
  if (!says.includes(true)) return { ...EMPTY, environment };
  const lines = jsonLines(text, ENV);
  const lineOf = (path: string): number => lines.get(path) ?? 1;
  return {
    variables: names.map((name) => ({
      name,
      text: valueToText((env as JsonObject)[name] ?? null),
      line: lineOf(`env.${name}`),
    })),
    helper: typeof helper === 'string' ? { text: helper, line: lineOf(HELPER_SETTING) } : null,
    policy: policyKey === undefined ? null : policyOf(policyKey, settings[policyKey], lineOf(policyKey)),
    limits: administratorLimits(settings, lineOf),
    environment,
  };
}

const POLICY_KEYS = ['forceLoginMethod', 'forceLoginOrgUUID'] as const;
const LOGIN_METHODS: readonly JsonValue[] = ['claudeai', 'console', 'gateway'];

/** A method that is none is passed over; an organisation of whatever type is not (measured). */
function isPolicy(key: LoginPolicy['key'], value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  return key === 'forceLoginOrgUUID' || LOGIN_METHODS.includes(value);
}

function policyOf(key: LoginPolicy['key'], value: JsonValue | undefined, line: number): LoginPolicy {
  return { key, line, ...(value === 'gateway' ? { demands: value } : {}) };
}

/** A settings file that was looked at, whatever became of it. */
export interface SettingsFile {
  readonly scope: SettingsScope;
  /** `null` for settings given inline on the command line. */
  readonly path: string | null;
  readonly realPath: string | null;
  readonly state: 'used' | 'absent' | 'dropped' | 'unreadable' | 'not-read';
  readonly reason: DropReason | FileTrouble | null;
  /** The member of a wrong type. */
  readonly key: string | null;
}

/** Why a file could not be read. Absent is none of these. */
export type FileTrouble = 'denied' | 'too-large' | 'not-a-file' | 'link-loop' | 'failed';
