import type { ClaudeJsonContent } from '../../core/stores/claude-json.ts';
import type { Facts, HelperSetting, Layer, Place } from '../../core/facts.ts';
import { managedFolder, pathStyle, profileFolder } from '../../core/known-folders.ts';
import { ancestors, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Reading } from '../../core/reading.ts';
import { effective, launchLayer, notProjectLayer } from '../../core/settings/effective.ts';
import { CONSOLE_KEY } from '../../core/sources/console-key.ts';
import { PROFILE_FOLDER } from '../../core/sources/profile.ts';
import {
  CONFIG_FOLDER,
  MANAGED_BY_HOST,
  SIMPLE,
  STORE_FOLDER,
  XDG_CONFIG_HOME,
} from '../../core/sources/steering.ts';
import type { Ports } from '../../ports/ports.ts';
import { baseEnvironment, baseLayer } from './base-layer.ts';
import { readClaudeJson, type ClaudeJsonReading } from './claude-json-file.ts';
import { readCloudChains } from './cloud-chains.ts';
import { sortElsewhere } from './elsewhere.ts';
import { startPass, type FilePass } from './file-pass.ts';
import type { GatherRequest } from './gather-request.ts';
import { keychainConsoleKey, readLoginStore } from './login-store.ts';
import { readProfiles } from './profiles.ts';
import { runHelper } from './run-helper.ts';
import { secretSink, type SecretSink } from './secret-sink.ts';
import {
  helpersOf,
  layerOf,
  moveUserSettings,
  policyOf,
  rawEnvironment,
  rawVariable,
  readSettings,
  settingsOrigin,
  type RawHelper,
  type RawSettings,
} from './settings-layers.ts';
import { lookAround } from './surroundings.ts';
import { trackedFiles } from './tracked-files.ts';

/**
 * Reads everything that can decide the answer for one folder, in one pass, each file once. Impure, but writes nothing and
 * runs nothing that the request does not ask for. Never throws for what it finds: trouble is part of the facts.
 */
export async function gatherFacts(ports: Ports, request: GatherRequest): Promise<Facts> {
  const pass = startPass(ports.files);
  const { environment, fingerprints } = ports;
  const style = pathStyle(environment.platform);
  const takenAt = ports.clock.now();
  const home = environment.home ?? request.folder;
  const root = repositoryRoot(ports, request.folder, style);
  const sink = secretSink(pass, environment.platform, trackedFiles(pass, style, root));
  const folders = { folder: request.folder, repositoryRoot: root, home: environment.home };
  const around = await lookAround(ports, pass, style, request, folders, sink);
  const base = baseEnvironment(request.surface, environment, around);

  const configVariable = base.variables[CONFIG_FOLDER];
  const launchConfig = configFolderOf(configVariable, home, request.folder, style);
  const claudeJson = readClaudeJson(pass, style, home, launchConfig, configVariable);
  const { settings, configFolder } = await readAllSettings(
    ports,
    pass,
    style,
    request,
    claudeJson,
    launchConfig,
    home,
    root,
  );
  const place: Place = {
    platform: environment.platform,
    surface: request.surface,
    home: environment.home,
    folder: request.folder,
    realFolder: ports.files.realPath(request.folder),
    repositoryRoot: root,
    configFolder,
    insideContainer: environment.insideContainer,
  };
  const elsewhere = sortElsewhere(request.surface, base, around.groups, fingerprints.of);
  const launch = baseLayer(base, claudeJson.content.tails, fingerprints.of, elsewhere.likely);
  const layers = layersOf(ports, launch, claudeJson, settings);
  const storeFolder = storeFolderOf(layers, configFolder, home, request.folder, style);
  const suffix = keychainSuffix(ports, base.variables);
  const [store, kept] = await Promise.all([
    readLoginStore(ports, pass, style, storeFolder, suffix),
    keychainConsoleKey(ports, suffix),
  ]);
  const trusted = isTrusted(place, style, claudeJson);
  const consoleKey = consoleKeyReading(ports, claudeJson) ?? kept;
  const profiles = readProfiles(
    pass,
    style,
    profileRoot(ports, layers, home),
    request.folder,
    layers,
    fingerprints.of,
  );
  noteStores(sink, layers, [store.login?.reading ?? null, consoleKey, profiles.selected?.reading ?? null]);
  return {
    place,
    takenAt,
    layers,
    helpers: await settleHelpers(ports, request, settings, claudeJson.content, base.variables, {
      layers,
      trusted,
    }),
    settingsFiles: settings.map(({ file }) => file),
    policy: policyOf(settings),
    claudeJson: claudeJson.facts,
    store,
    consoleKey,
    profiles,
    cloud: readCloudChains({
      pass,
      style,
      platform: environment.platform,
      home,
      variables: base.variables,
      layers,
    }),
    elsewhere: elsewhere.readings,
    secretFiles: sink.found,
    trusted,
    shell: around.shell,
    fingerprintKey: fingerprints.key,
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

/**
 * All settings files, and the configuration folder that is in force in the end. `CLAUDE_CONFIG_DIR` in `.claude.json` moves
 * the user settings before they are read; in user, `--settings` or managed settings it moves them once more (measured).
 */
async function readAllSettings(
  ports: Ports,
  pass: FilePass,
  style: PathStyle,
  request: GatherRequest,
  claudeJson: ClaudeJsonReading,
  launchConfig: string,
  home: string,
  root: string | null,
): Promise<{ readonly settings: readonly RawSettings[]; readonly configFolder: string }> {
  const early = claudeJson.content.variables.find(({ name }) => name === CONFIG_FOLDER)?.text;
  const first = early === undefined ? launchConfig : configFolderOf(early, home, request.folder, style);
  const settings = readSettings(
    pass,
    { folder: request.folder, repositoryRoot: root },
    style,
    {
      user: joinPath(style, first, 'settings.json'),
      managedFolder: managedFolder(ports.environment.platform),
    },
    request,
    await ports.managed.read(),
  );
  const late = rawVariable(settings, CONFIG_FOLDER, notProjectLayer);
  const configFolder = late === null ? first : configFolderOf(late, home, request.folder, style);
  if (configFolder === first) return { settings, configFolder };
  return {
    settings: moveUserSettings(pass, settings, joinPath(style, configFolder, 'settings.json')),
    configFolder,
  };
}

/** `CLAUDE_SECURESTORAGE_CONFIG_DIR` moves the store alone; empty, it means the usual folder (observed). */
function storeFolderOf(
  layers: readonly Layer[],
  configFolder: string,
  home: string,
  folder: string,
  style: PathStyle,
): string {
  const own = effective(layers, STORE_FOLDER, notProjectLayer)?.entry;
  if (own === undefined) return configFolder;
  return own.state === 'empty' ? joinPath(style, home, '.claude') : joinPath(style, folder, own.text ?? '');
}

/**
 * The keychain item's name carries the folder when `CLAUDE_CONFIG_DIR` (or the store's own variable) is set, even to the usual
 * one: the first eight digits of the SHA-256 of the text as written, in NFC (reported, not run here).
 */
function keychainSuffix(
  ports: Ports,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  const folder = variables[STORE_FOLDER] ?? variables[CONFIG_FOLDER];
  if (ports.keychain === null || folder === undefined || folder === '') return null;
  return ports.digests.sha256(folder.normalize('NFC')).slice(0, 8);
}

function profileRoot(ports: Ports, layers: readonly Layer[], home: string): string {
  const text = (name: string): string | undefined =>
    effective(layers, name, notProjectLayer)?.entry.text ?? undefined;
  const own = text(PROFILE_FOLDER);
  if (own !== undefined && own !== '') return own;
  const { platform, variables } = ports.environment;
  return profileFolder(platform, { ...variables, [XDG_CONFIG_HOME]: text(XDG_CONFIG_HOME) }, home);
}

/**
 * The root of the git repository around a folder, where its local settings count: the nearest folder with a `.git` of any
 * kind, for a linked worktree the main checkout; not when it is the home folder, not on Windows, and only when root, `.git`
 * and `.claude` belong to the user (measured; Windows: documented).
 */
function repositoryRoot(ports: Ports, folder: string, style: PathStyle): string | null {
  const { files, environment } = ports;
  if (environment.platform === 'win32') return null;
  const own = (path: string): boolean => {
    const owner = files.inspect(path)?.ownerId;
    return environment.userId === null || owner === undefined || owner === environment.userId;
  };
  for (const candidate of ancestors(folder, style)) {
    const git = joinPath(style, candidate, '.git');
    const kind = files.inspect(git)?.kind;
    if (kind === undefined) continue;
    const root = kind === 'file' ? (mainCheckout(ports, git) ?? candidate) : candidate;
    const mine = [root, joinPath(style, root, '.git'), joinPath(style, root, '.claude')].every(own);
    return mine && root !== environment.home ? root : null;
  }
  return null;
}

/** Where a linked worktree belongs: its `.git` file names a folder in the main checkout's own. */
function mainCheckout(ports: Ports, git: string): string | null {
  const reading = ports.files.read(git, WORKTREE_LIMIT);
  if (reading.state !== 'read') return null;
  return /^gitdir:\s*(\/.+)\/\.git\/worktrees\/[^/\n]+\s*$/m.exec(reading.text)?.[1] ?? null;
}

const WORKTREE_LIMIT = 64 * 1024;

function layersOf(
  ports: Ports,
  base: Layer,
  claudeJson: ClaudeJsonReading,
  settings: readonly RawSettings[],
): readonly Layer[] {
  const { content, facts, realPath } = claudeJson;
  const fingerprintOf = ports.fingerprints.of;
  const part = (id: Layer['id']): Layer | null =>
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
          name,
        }),
      },
    ],
    fingerprintOf,
    content.tails,
  );
  const files = (['user', 'project', 'local-folder', 'local-root', 'flag', 'managed'] as const).map(part);
  return [base, fromClaudeJson, ...files].filter((layer) => layer !== null);
}

function consoleKeyReading(ports: Ports, { content, facts, realPath }: ClaudeJsonReading): Reading | null {
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

/** Settings files and stores hold their credentials in clear, too. Managed files must be readable, so they are left out. */
function noteStores(sink: SecretSink, layers: readonly Layer[], stores: readonly (Reading | null)[]): void {
  for (const layer of layers) {
    if (layer.id === 'base' || layer.id === 'managed') continue;
    for (const { fingerprint, origin } of Object.values(layer.entries))
      if (fingerprint !== null) sink.add(origin);
  }
  for (const reading of stores)
    if (reading !== null && reading.fingerprint !== null) sink.add(reading.origin);
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
  ports: Ports,
  request: GatherRequest,
  settings: readonly RawSettings[],
  claudeJson: ClaudeJsonContent,
  variables: Readonly<Record<string, string | undefined>>,
  { layers, trusted }: { readonly layers: readonly Layer[]; readonly trusted: boolean },
): Promise<readonly HelperSetting[]> {
  const helpers: readonly RawHelper[] = helpersOf(settings, ports.fingerprints.of);
  const found = helpers.map(({ setting }) => setting);
  if (!request.runHelper || (request.mode === 'interactive' && !trusted)) return found;
  const simple = request.mode === 'bare' || effective(layers, SIMPLE, notProjectLayer)?.entry.on === true;
  if (!simple && effective(layers, MANAGED_BY_HOST, launchLayer)?.entry.on === true) return found;
  const counting = helpers.filter(({ setting }) => !simple || setting.layer === 'flag').at(-1);
  if (counting === undefined || counting.setting.blank) return found;
  const run = await runHelper(
    ports.processes,
    counting.text,
    request.folder,
    ports.environment.platform,
    // It sees what Claude Code would give it: the launch environment under the variables of all files (measured).
    {
      ...variables,
      ...Object.fromEntries(claudeJson.variables.map(({ name, text }) => [name, text])),
      ...rawEnvironment(settings),
    },
    ports.fingerprints.of,
  );
  return helpers.map((helper) => (helper === counting ? { ...helper.setting, run } : helper.setting));
}
