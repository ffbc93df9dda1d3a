import type { Facts, HelperSetting, Layer, Place } from '../../core/facts.ts';
import { managedFolder, pathStyle, profileFolder } from '../../core/known-folders.ts';
import { ancestors, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Reading } from '../../core/reading.ts';
import { effective, launchLayer, notProjectLayer } from '../../core/settings/effective.ts';
import { CONSOLE_KEY } from '../../core/sources/console-key.ts';
import { PROFILE_FOLDER } from '../../core/sources/profile.ts';
import { CONFIG_FOLDER, MANAGED_BY_HOST, SIMPLE, STORE_FOLDER } from '../../core/sources/steering.ts';
import type { Ports } from '../../ports/ports.ts';
import { baseLayer } from './base-layer.ts';
import { readClaudeJson, type ClaudeJsonReading } from './claude-json-file.ts';
import { readCloudChains } from './cloud-chains.ts';
import { readElsewhere } from './elsewhere.ts';
import { startPass } from './file-pass.ts';
import type { GatherRequest } from './gather-request.ts';
import { readLoginStore } from './login-store.ts';
import { readProfiles } from './profiles.ts';
import { runHelper } from './run-helper.ts';
import {
  helpersOf,
  layerOf,
  policyOf,
  readSettings,
  settingsOrigin,
  type RawHelper,
  type RawSettings,
} from './settings-layers.ts';

export type GatherPorts = Ports;

/**
 * Reads everything that can decide the answer for one folder, in one pass, each file once. Impure, but writes nothing and
 * runs nothing that the request does not ask for. Never throws for what it finds: trouble is part of the facts.
 */
export async function gatherFacts(ports: GatherPorts, request: GatherRequest): Promise<Facts> {
  const pass = startPass(ports.files);
  const { platform } = ports.environment;
  const style = pathStyle(platform);
  const takenAt = ports.clock.now();
  const home = ports.environment.home ?? request.folder;
  const base = await baseLayer(ports, pass, request, style);
  const variables = base.variables;
  const configVariable = variables[CONFIG_FOLDER];
  const configFolder = configFolderOf(configVariable, home, request.folder, style);
  const place = placeOf(ports, request, configFolder, style);
  const settings = readSettings(
    pass,
    place,
    style,
    { user: joinPath(style, configFolder, 'settings.json'), managedFolder: managedFolder(platform) },
    request,
    await ports.managed.read(),
  );
  const claudeJson = readClaudeJson(pass, style, home, configFolder, configVariable);
  const layers = layersOf(ports, base.layer(claudeJson.content.tails), claudeJson, settings);
  const helpers = helpersOf(settings, ports.fingerprints.of);
  const storeFolder = storeFolderOf(layers, configFolder, home, request.folder, style);
  const trusted = isTrusted(place, style, claudeJson);
  const profileRoot = effective(layers, PROFILE_FOLDER)?.entry;
  return {
    place,
    takenAt,
    layers,
    helpers: await settleHelpers(ports, request, helpers, variables, { layers, trusted }),
    settingsFiles: settings.map(({ file }) => file),
    policy: policyOf(settings),
    secretFiles: [],
    claudeJson: claudeJson.facts,
    store: await readLoginStore(ports, pass, style, storeFolder, variables),
    consoleKey: consoleKeyReading(ports, claudeJson),
    profiles: readProfiles(
      pass,
      style,
      profileRoot?.state === 'value' ? (profileRoot.text ?? '') : profileFolder(platform, variables, home),
      layers,
      ports.fingerprints.of,
    ),
    cloud: readCloudChains({ pass, style, platform, home, variables, layers }),
    elsewhere: request.brief ? [] : readElsewhere(ports, pass, place, style, base, layers),
    trusted,
    fingerprintKey: ports.fingerprints.key,
  };
}

/**
 * Used as written: no `~`, relative to the start folder. Set to an empty text, settings and credentials are looked for in the
 * start folder (observed).
 */
function configFolderOf(value: string | undefined, home: string, folder: string, style: PathStyle): string {
  if (value === undefined) return joinPath(style, home, '.claude');
  return value === '' ? folder : joinPath(style, folder, value);
}

/** `CLAUDE_SECURESTORAGE_CONFIG_DIR` moves the store alone; empty, it means the usual folder (observed). */
function storeFolderOf(
  layers: readonly Layer[],
  configFolder: string,
  home: string,
  folder: string,
  style: PathStyle,
): string {
  const own = effective(layers, STORE_FOLDER)?.entry;
  if (own !== undefined) {
    return own.state === 'empty' ? joinPath(style, home, '.claude') : joinPath(style, folder, own.text ?? '');
  }
  const moved = effective(layers, CONFIG_FOLDER);
  if (moved === null || moved.layer === 'base') return configFolder;
  return configFolderOf(moved.entry.text ?? '', home, folder, style);
}

function placeOf(ports: GatherPorts, request: GatherRequest, configFolder: string, style: PathStyle): Place {
  const { files, environment } = ports;
  return {
    platform: environment.platform,
    surface: request.surface,
    home: environment.home,
    folder: request.folder,
    realFolder: files.realPath(request.folder),
    repositoryRoot: repositoryRoot(ports, request.folder, style),
    configFolder,
    insideContainer: environment.insideContainer,
  };
}

/**
 * The root of the git repository around a folder, where its local settings count: not when it is the home folder, not on
 * Windows, and only when root and `.git` belong to the user (documented).
 */
function repositoryRoot(ports: GatherPorts, folder: string, style: PathStyle): string | null {
  const { files, environment } = ports;
  if (environment.platform === 'win32') return null;
  for (const candidate of ancestors(folder, style)) {
    const git = files.inspect(joinPath(style, candidate, '.git'));
    if (git === null) continue;
    const owner = files.inspect(candidate)?.ownerId;
    const owned =
      environment.userId === null || (git.ownerId === environment.userId && owner === environment.userId);
    return owned && candidate !== environment.home ? candidate : null;
  }
  return null;
}

function layersOf(
  ports: GatherPorts,
  base: Layer | null,
  claudeJson: ClaudeJsonReading,
  settings: readonly RawSettings[],
): readonly Layer[] {
  const { content, facts, realPath } = claudeJson;
  const fingerprintOf = ports.fingerprints.of;
  const parts = (id: Layer['id']): Layer | null =>
    layerOf(
      id,
      settings
        .filter((file) => file.layer === id)
        .map(({ file, content: found }) => ({
          variables: found?.variables ?? [],
          originOf: ({ line, name }) => settingsOrigin(file, line, name),
        })),
      fingerprintOf,
      content.tails,
    );
  const fromClaudeJson = layerOf(
    'claude-json',
    [
      {
        variables: content.variables,
        originOf: ({ line, name }) => ({
          kind: 'claude-json',
          path: facts.path,
          ...(realPath === null ? {} : { realPath }),
          line,
          name: `env.${name}`,
        }),
      },
    ],
    fingerprintOf,
    content.tails,
  );
  const files = (['user', 'project', 'local-folder', 'local-root', 'flag', 'managed'] as const).map(parts);
  return [base, fromClaudeJson, ...files].filter((layer) => layer !== null);
}

function consoleKeyReading(
  ports: GatherPorts,
  { content, facts, realPath }: ClaudeJsonReading,
): Reading | null {
  if (content.consoleKey === null) return null;
  return {
    source: 'console-key',
    origin: {
      kind: 'claude-json',
      path: facts.path,
      ...(realPath === null ? {} : { realPath }),
      line: content.consoleKey.line,
      name: CONSOLE_KEY,
    },
    fingerprint: ports.fingerprints.of(content.consoleKey.text),
    flaw: null,
  };
}

/** A folder's own entry, or that of any folder above it; by real path (measured). */
function isTrusted(place: Place, style: PathStyle, { content }: ClaudeJsonReading): boolean {
  return ancestors(place.realFolder, style).some((folder) => content.trusted.has(folder));
}

/**
 * Runs the helper that would count, if that was asked for: bare runs take it from `--settings` only, an embedding program
 * keeps those of settings back, and before the trust question is answered none runs.
 */
async function settleHelpers(
  ports: GatherPorts,
  request: GatherRequest,
  helpers: readonly RawHelper[],
  variables: Readonly<Record<string, string | undefined>>,
  { layers, trusted }: { readonly layers: readonly Layer[]; readonly trusted: boolean },
): Promise<readonly HelperSetting[]> {
  const settings = helpers.map(({ setting }) => setting);
  if (!request.runHelper || (request.mode === 'interactive' && !trusted)) return settings;
  const simple = request.mode === 'bare' || effective(layers, SIMPLE, notProjectLayer)?.entry.on === true;
  if (!simple && effective(layers, MANAGED_BY_HOST, launchLayer)?.entry.on === true) return settings;
  const counting = helpers.filter(({ setting }) => !simple || setting.layer === 'flag').at(-1);
  if (counting === undefined || counting.setting.blank) return settings;
  const run = await runHelper(
    ports.processes,
    counting.text,
    request.folder,
    ports.environment.platform,
    variables,
    ports.fingerprints.of,
  );
  return helpers.map((helper) => (helper === counting ? { ...helper.setting, run } : helper.setting));
}
