import type { Facts, HelperSetting, Layer, LayerId, Place } from '../../core/facts.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import type { Origin, SettingsScope } from '../../core/origin.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import type { LimitKey } from '../../core/settings/administrator-limits.ts';
import { organisationOfHelper } from '../../core/helper/organisation-of-helper.ts';
import { makeEntry, type ApprovalTails, type Entry } from '../../core/settings/entry.ts';
import {
  type LoginPolicy,
  type RawVariable,
  type SettingsContent,
  type SettingsFile,
  type SettingsParse,
  type SettingsParsers,
} from '../../core/settings/settings-file.ts';
import { eraOf } from '../../core/rules/versions.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { Reading } from '../../core/reading.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';
import { AWS_EXPORT } from '../../core/sources/cloud-provider.ts';
import type { ManagedPreferences } from '../../ports/session-variables.ts';
import { parseOnce } from '../parse-once.ts';
import { SETTINGS_LIMIT, type FilePass } from './file-pass.ts';
import type { GatherRequest } from './gather-request.ts';

/** A settings file with its raw content; stays inside the gathering frame. */
export interface RawSettings {
  readonly layer: LayerId;
  readonly file: SettingsFile;
  readonly content: SettingsContent | null;
}

export interface SettingsPaths {
  readonly user: string;
  readonly managedFolder: string;
}

/** Settings from outside files: see the ManagedPreferences port. */
export type PolicyText = Awaited<ReturnType<ManagedPreferences['read']>>[number];

/** Settings files on disk, taken as the version in question takes them. */
export interface SettingsSource {
  readonly pass: FilePass;
  readonly parsers: SettingsParsers;
}

/** Reads the settings files of every scope, lowest first (`managed` from files and from the system's policy store). */
export function readSettings(
  source: SettingsSource,
  place: Pick<Place, 'folder' | 'repositoryRoot'>,
  style: PathStyle,
  paths: SettingsPaths,
  request: GatherRequest,
  restricted: boolean,
  preferences: readonly PolicyText[],
): readonly RawSettings[] {
  const wanted = (scope: SettingsScope): boolean =>
    !restricted && (request.settingSources?.includes(scope) ?? true);
  const read = (layer: LayerId, scope: SettingsScope, path: string): RawSettings =>
    wanted(scope) || scope === 'managed' ? fromFile(source, layer, scope, path) : notRead(layer, scope, path);
  const local = (folder: string): string =>
    joinPath(style, folder, joinPath(style, '.claude', 'settings.local.json'));
  const project = joinPath(style, place.folder, joinPath(style, '.claude', 'settings.json'));
  const all = [
    read('user', 'user', paths.user),
    // In the home folder both are one file, and it is the user's (measured).
    ...(project === paths.user ? [] : [read('project', 'project', project)]),
    read('local-folder', 'local', local(place.folder)),
  ];
  const root = place.repositoryRoot;
  if (root !== null && root !== place.folder) all.push(read('local-root', 'local', local(root)));
  if (request.settingsFlag !== null) all.push(fromFlag(source, style, place.folder, request.settingsFlag));
  const dropIns = eraOf(request.version, 'older')['managed-drop-ins'];
  return [...all, ...readManaged(source, style, paths.managedFolder, dropIns, preferences)];
}

function notRead(layer: LayerId, scope: SettingsScope, path: string): RawSettings {
  return { layer, file: { ...fileFacts(scope, path), state: 'not-read' }, content: null };
}

function fileFacts(scope: SettingsScope, path: string | null): SettingsFile {
  return {
    scope,
    path,
    realPath: null,
    state: 'absent',
    reason: null,
    key: null,
  };
}

function fromFile(
  { pass, parsers }: SettingsSource,
  layer: LayerId,
  scope: SettingsScope,
  path: string,
): RawSettings {
  const reading = pass.read(path, SETTINGS_LIMIT);
  const facts = fileFacts(scope, path);
  if (reading.state === 'absent') return { layer, file: facts, content: null };
  if (reading.state !== 'read') {
    return { layer, file: { ...facts, state: 'unreadable', reason: reading.state }, content: null };
  }
  return fromParsed(parseOnce(reading, scope === 'managed' ? parsers.managed : parsers.own), layer, {
    ...facts,
    realPath: reading.realPath === path ? null : reading.realPath,
  });
}

function fromParsed(parsed: SettingsParse, layer: LayerId, facts: SettingsFile): RawSettings {
  if (!parsed.ok) {
    return {
      layer,
      file: {
        ...facts,
        state: 'dropped',
        reason: parsed.reason,
        key: parsed.key,
        ...(parsed.asksForSandbox ? { asksForSandbox: true } : {}),
      },
      content: null,
    };
  }
  return { layer, file: { ...facts, state: 'used' }, content: parsed.content };
}

/** Text between braces is JSON, everything else a path, relative to the start folder; an empty text is nothing (measured). */
function fromFlag(source: SettingsSource, style: PathStyle, folder: string, flag: string): RawSettings {
  const inline = (text: string): RawSettings =>
    fromParsed(source.parsers.own(text), 'flag', { ...fileFacts('flag', null), state: 'used' });
  if (flag === '') return inline('');
  // Text that was cut short is taken for a path by Claude Code, which then stops; here it must not be shown as one.
  if (flag.trim().startsWith('{')) return inline(flag);
  return fromFile(source, 'flag', 'flag', joinPath(style, folder, flag));
}

/** `managed-settings.json`, then the drop-ins by name; policy stores stand above or below the files (documented). */
function readManaged(
  source: SettingsSource,
  style: PathStyle,
  folder: string,
  withDropIns: boolean,
  preferences: readonly PolicyText[],
): readonly RawSettings[] {
  const policy = (rank: 'above-files' | 'below-files'): readonly RawSettings[] =>
    preferences
      .filter((preference) => preference.rank === rank)
      .map(({ path, text, trouble }): RawSettings => {
        const facts: SettingsFile = { ...fileFacts('managed', path), state: 'used' };
        if (trouble === undefined) return fromParsed(source.parsers.managed(text), 'managed', facts);
        return { layer: 'managed', file: { ...facts, state: 'unreadable', reason: trouble }, content: null };
      });
  const dropIns = joinPath(style, folder, 'managed-settings.d');
  const files = [
    joinPath(style, folder, 'managed-settings.json'),
    ...(withDropIns ? source.pass.list(dropIns) : [])
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map((name) => joinPath(style, dropIns, name)),
  ].map((path) => fromFile(source, 'managed', 'managed', path));
  const locked = withDropIns ? lockedFolder(source.pass, dropIns) : [];
  return [...policy('below-files'), ...files, ...locked, ...policy('above-files')];
}

/** A folder of drop-ins that is there and cannot be listed is trouble of its own: nobody knows what is in it. */
function lockedFolder(pass: FilePass, folder: string): readonly RawSettings[] {
  if (pass.store.list(folder) !== null || pass.store.inspect(folder)?.kind !== 'folder') return [];
  const file: SettingsFile = { ...fileFacts('managed', folder), state: 'unreadable', reason: 'denied' };
  return [{ layer: 'managed', file, content: null }];
}

/**
 * What `CLAUDE_CONFIG_DIR` in user, `--settings` or managed settings makes of them: the user settings of that folder are read
 * as well and stand above the old ones, whose variables stay and whose helper is lost. One step only; project and local
 * settings cannot do this (measured).
 */
export function moveUserSettings(
  source: SettingsSource,
  settings: readonly RawSettings[],
  moved: string,
): readonly RawSettings[] {
  return settings.flatMap((file): readonly RawSettings[] => {
    if (file.layer !== 'user' || file.file.state === 'not-read') return [file];
    const old = file.content === null ? file : { ...file, content: { ...file.content, helper: null } };
    return [old, fromFile(source, 'user', 'user', moved)];
  });
}

/** The text of a variable in the highest of some layers' files, before any entry is made. */
export function rawVariable(
  settings: readonly RawSettings[],
  name: string,
  counts: (layer: LayerId) => boolean,
): string | null {
  let text: string | null = null;
  for (const { layer, content } of settings) {
    if (counts(layer)) text = content?.variables.find((variable) => variable.name === name)?.text ?? text;
  }
  return text;
}

/** All variables that files give to the process and to a helper, whatever their names; higher files overwrite. */
export function rawEnvironment(settings: readonly RawSettings[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...settings.map(({ content }) => content?.environment() ?? {})) as Record<
    string,
    string
  >;
}

/** The origin of a member of a settings file. */
export function settingsOrigin(file: SettingsFile, line: number, name: string): Origin {
  return {
    kind: 'settings',
    scope: file.scope,
    ...(file.path === null ? {} : { path: file.path, line }),
    ...(file.realPath === null ? {} : { realPath: file.realPath }),
    name,
  };
}

/** Entries of one layer; of several files in a layer (managed drop-ins) the later one overwrites. */
export function layerOf(
  id: LayerId,
  parts: readonly {
    readonly variables: readonly RawVariable[];
    readonly originOf: (variable: RawVariable) => Origin;
  }[],
  fingerprintOf: FingerprintOf,
  tails: ApprovalTails,
): Layer | null {
  const entries: Record<string, Entry> = {};
  let any = false;
  for (const { variables, originOf } of parts) {
    for (const variable of variables) {
      const watched = WATCHED.get(variable.name);
      if (watched === undefined) continue;
      entries[variable.name] = makeEntry(watched, variable.text, originOf(variable), fingerprintOf, tails);
      any = true;
    }
  }
  return any ? { id, entries } : null;
}

/** The helpers of all files that set one, lowest first. */
export function helpersOf(
  settings: readonly RawSettings[],
  fingerprintOf: FingerprintOf,
): readonly RawHelper[] {
  return settings.flatMap(({ layer, file, content }): RawHelper[] => {
    const helper = content?.helper;
    if (helper === undefined || helper === null) return [];
    // White space is no empty text: it is a helper that prints nothing (measured).
    const blank = helper.text === '';
    return [
      {
        text: helper.text,
        setting: {
          layer,
          origin: settingsOrigin(file, helper.line, HELPER_SETTING),
          blank,
          fingerprint: blank ? null : fingerprintOf(helper.text),
          program: blank ? null : programName(helper.text),
          organisation: organisationOfHelper(helper.text),
          run: null,
        },
      },
    ];
  });
}

/** A helper with its text, which counts as secret. */
export interface RawHelper {
  readonly text: string;
  readonly setting: HelperSetting;
}

/** The last part of the first word, if it looks like a program's name. */
function programName(command: string): string | null {
  const first = command.trim().split(/\s+/, 1)[0] ?? '';
  const name = first.split(/[\\/]/).at(-1) ?? '';
  return /^[A-Za-z0-9._+-]{1,40}$/.test(name) && !/[A-Za-z0-9]{25,}/.test(name) ? name : null;
}

/** The login policy of the highest managed file that sets one. */
export function policyOf(
  settings: readonly RawSettings[],
): (LoginPolicy & { readonly origin: Origin }) | null {
  for (const { file, content } of [...settings].reverse()) {
    if (file.scope !== 'managed' || content?.policy == null) continue;
    return { ...content.policy, origin: settingsOrigin(file, content.policy.line, content.policy.key) };
  }
  return null;
}

/** The way that `claude auth login` takes whatever it is asked for, as the highest file that forces one says. */
export function forcedLoginOf(settings: readonly RawSettings[]): Facts['forcedLogin'] {
  for (const { file, content } of [...settings].reverse()) {
    const policy = content?.policy;
    // It runs in the home folder, where no project has a say.
    if (policy?.method === undefined || (file.scope !== 'user' && file.scope !== 'managed')) continue;
    return { method: policy.method, origin: settingsOrigin(file, policy.line, policy.key) };
  }
  return null;
}

/** The command that gives AWS credentials, as the highest file names it. */
export function awsExportOf(settings: readonly RawSettings[]): Reading | null {
  const found = settings.findLast(({ content }) => (content?.awsExportLine ?? null) !== null);
  if (found?.content?.awsExportLine == null) return null;
  const origin = settingsOrigin(found.file, found.content.awsExportLine, AWS_EXPORT);
  return { source: 'cloud-provider', origin, fingerprint: null, flaw: null };
}

/**
 * What managed files demand beside that: the highest file’s, lists of providers joined. A program for policies that cannot be
 * started names none.
 */
export function limitsOf(
  settings: readonly RawSettings[],
  canStart: (path: string) => boolean,
): Facts['limits'] {
  const limits = new Map<LimitKey, Facts['limits'][number]>();
  for (const { file, content } of settings) {
    if (file.scope !== 'managed') continue;
    for (const limit of content?.limits ?? []) {
      const lower = limit.key === 'allowedProviders' ? (limits.get(limit.key)?.names ?? []) : [];
      const origin = settingsOrigin(file, limit.line, limit.key);
      const names = limit.key === 'policyHelper' ? limit.names.filter(canStart) : limit.names;
      limits.set(limit.key, { ...limit, names: [...lower, ...names], origin });
    }
  }
  return [...limits.values()];
}
