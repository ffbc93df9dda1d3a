import type { SettingsScope } from '../origin.ts';
import { eraOf } from '../rules/versions.ts';
import { isWatched } from '../sources/index.ts';
import { administratorLimits, LIMIT_KEYS, type AdministratorLimit } from './administrator-limits.ts';
import { HELPER_SETTING } from '../sources/api-key-helper.ts';
import { AWS_EXPORT } from '../sources/cloud-provider.ts';
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
  /** The line of the command that gives AWS credentials. */
  readonly awsExportLine: number | null;
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
  /** The way that every login goes, whatever is asked for (observed, in user settings too). */
  readonly method?: LoginMethod;
  readonly line: number;
}

export type LoginMethod = 'claudeai' | 'console' | 'gateway';

/** Why a settings file as a whole is not used. */
export type DropReason = 'not-json' | 'not-an-object' | 'wrong-type';

export type SettingsParse =
  | { readonly ok: true; readonly content: SettingsContent }
  | {
      readonly ok: false;
      readonly reason: DropReason;
      readonly key: string | null;
      /** What is dropped would have switched a sandbox on, or meant to. */
      readonly asksForSandbox: boolean;
    };

const EMPTY: SettingsContent = {
  variables: [],
  helper: null,
  policy: null,
  limits: [],
  awsExportLine: null,
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
  const drop = (reason: DropReason, key: string | null, asksForSandbox: boolean): SettingsParse => ({
    ok: false,
    reason,
    key,
    asksForSandbox,
  });
  if (!parsed.ok) return drop('not-json', null, SANDBOX_ON.test(text));
  if (!isJsonObject(parsed.value)) return drop('not-an-object', null, false);
  const wrong = wrongMembers(parsed.value, edition);
  if (wrong[0] !== undefined && !tolerant)
    return drop('wrong-type', wrong[0], asksForSandbox(parsed.value['sandbox']));
  return { ok: true, content: readContent(parsed.value, text, new Set(wrong)) };
}

/** In a text that is not JSON. */
const SANDBOX_ON = /"sandbox"\s*:\s*\{[^{}]*"enabled"\s*:\s*true/;

/** Whatever is not plainly off (measured). */
function asksForSandbox(value: JsonValue | undefined): boolean {
  const isOff = (member: JsonValue | undefined): boolean =>
    member === undefined || member === null || member === false;
  return isJsonObject(value) ? !isOff(value['enabled']) : !isOff(value);
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
    settings[AWS_EXPORT] !== undefined,
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
    awsExportLine: isCommand(settings[AWS_EXPORT]) ? lineOf(AWS_EXPORT) : null,
    environment,
  };
}

const isCommand = (value: JsonValue | undefined): boolean => typeof value === 'string' && value.trim() !== '';

const POLICY_KEYS = ['forceLoginMethod', 'forceLoginOrgUUID'] as const;
const LOGIN_METHODS: readonly LoginMethod[] = ['claudeai', 'console', 'gateway'];
const methodIn = (value: JsonValue | undefined): LoginMethod | undefined =>
  LOGIN_METHODS.find((method) => method === value);

/** A method that is none is passed over; an organisation of whatever type is not (measured). */
function isPolicy(key: LoginPolicy['key'], value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  return key === 'forceLoginOrgUUID' || methodIn(value) !== undefined;
}

function policyOf(key: LoginPolicy['key'], value: JsonValue | undefined, line: number): LoginPolicy {
  const method = key === 'forceLoginMethod' ? methodIn(value) : undefined;
  return {
    key,
    line,
    ...(method === 'gateway' ? { demands: method } : {}),
    ...(method === undefined ? {} : { method }),
  };
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
  /** It is dropped, and would have switched a sandbox on, or meant to. */
  readonly asksForSandbox?: true;
}

/** Why a file could not be read. Absent is none of these. */
export type FileTrouble = 'denied' | 'too-large' | 'not-a-file' | 'link-loop' | 'failed';
