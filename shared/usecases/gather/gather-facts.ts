import type { Facts, Layer, Place } from '../../core/facts.ts';
import { managedFolder, pathStyle } from '../../core/known-folders.ts';
import { isAbsolute, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Reading } from '../../core/reading.ts';
import { effective, launchLayer, notProjectLayer } from '../../core/settings/effective.ts';
import { settingsParsers } from '../../core/settings/settings-file.ts';
import { CONSOLE_KEY } from '../../core/sources/console-key.ts';
import { isOn } from '../../core/settings/switch.ts';
import { eraOf } from '../../core/rules/versions.ts';
import { CONFIG_FOLDER, RESTRICTED, SANDBOXED } from '../../core/sources/steering.ts';
import type { Ports } from '../../ports/ports.ts';
import { baseEnvironment, baseLayer } from './base-layer.ts';
import { readClaudeJson, type ClaudeJsonReading } from './claude-json-file.ts';
import { configFolderOf, keychainSuffix, profileRoot, storeFolderOf } from './config-folders.ts';
import { readCloudChains } from './cloud-chains.ts';
import { sortElsewhere } from './elsewhere.ts';
import { startPass, type FilePass } from './file-pass.ts';
import type { GatherRequest } from './gather-request.ts';
import { keychainConsoleKey, readLoginStore } from './login-store.ts';
import { readOrganisationNote } from './organisation-note.ts';
import { readProfiles } from './profiles.ts';
import { foldersThatVouch, repositoryRoot } from './repository-root.ts';
import { secretSink, type SecretSink } from './secret-sink.ts';
import {
  awsExportOf,
  forcedLoginOf,
  layerOf,
  limitsOf,
  moveUserSettings,
  policyOf,
  rawVariable,
  readSettings,
  settingsOrigin,
  type RawSettings,
} from './settings-layers.ts';
import { setupTokenDay } from './setup-token-day.ts';
import { settleHelpers } from './settle-helpers.ts';
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
    isRestricted(request, base.variables),
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
  const trusted = isTrusted(ports, place, style, layers, claudeJson);
  const consoleKey = consoleKeyReading(ports, claudeJson) ?? kept;
  const profiles = readProfiles(
    pass,
    style,
    profileRoot(ports, layers, home, request.folder),
    request.folder,
    layers,
    fingerprints.of,
  );
  noteStores(sink, layers, [store.login?.reading ?? null, consoleKey, profiles.selected?.reading ?? null]);
  const helpers = await settleHelpers(ports, request, settings, claudeJson.content, base.variables, {
    layers,
    trusted,
  });
  return {
    place,
    takenAt,
    layers,
    helpers,
    organisation: readOrganisationNote(pass, environment, helpers),
    settingsFiles: settings.map(({ file }) => file),
    policy: policyOf(settings),
    forcedLogin: forcedLoginOf(settings),
    limits: limitsOf(settings, (path) => isProgram(ports, style, path)),
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
      awsExport: awsExportOf(settings),
    }),
    elsewhere: elsewhere.readings,
    secretFiles: sink.found,
    trusted,
    shell: around.shell,
    shellFiles: around.shellFiles,
    setupTokenMadeAt: setupTokenDay(ports, pass, layers),
    liveCheck: null,
    fingerprintKey: fingerprints.key,
  };
}

/** An absolute path to a file that may be executed; Windows has no such permission. */
function isProgram({ files }: Ports, style: PathStyle, path: string): boolean {
  const found = isAbsolute(path, style) ? files.inspect(path) : null;
  return found?.kind === 'file' && (style === 'win32' || (found.mode & 0o111) !== 0);
}

/** `--restricted`, or its variable in the launch environment: no file of the user or the folder counts (measured). */
function isRestricted(
  { restricted, version }: GatherRequest,
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!eraOf(version, 'older').restricted) return false;
  return restricted || isOn(variables[RESTRICTED] ?? '');
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
  restricted: boolean,
  claudeJson: ClaudeJsonReading,
  launchConfig: string,
  home: string,
  root: string | null,
): Promise<{ readonly settings: readonly RawSettings[]; readonly configFolder: string }> {
  const early = claudeJson.content.variables.find(({ name }) => name === CONFIG_FOLDER)?.text;
  const first = early === undefined ? launchConfig : configFolderOf(early, home, request.folder, style);
  const source = { pass, parsers: settingsParsers(request.version) };
  const settings = readSettings(
    source,
    { folder: request.folder, repositoryRoot: root },
    style,
    {
      user: joinPath(style, first, 'settings.json'),
      managedFolder: managedFolder(ports.environment.platform),
    },
    request,
    restricted,
    await ports.managed.read(),
  );
  const late = rawVariable(settings, CONFIG_FOLDER, notProjectLayer);
  const configFolder = late === null ? first : configFolderOf(late, home, request.folder, style);
  if (configFolder === first) return { settings, configFolder };
  return {
    settings: moveUserSettings(source, settings, joinPath(style, configFolder, 'settings.json')),
    configFolder,
  };
}

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
    for (const { fingerprint, address, origin } of Object.values(layer.entries))
      if (fingerprint !== null || (address?.login ?? null) !== null) sink.add(origin);
  }
  for (const reading of stores)
    if (reading !== null && reading.fingerprint !== null) sink.add(reading.origin);
}

/**
 * A folder's own entry, or that of a folder above it, by real path: inside a git repository up to its root, outside one up to
 * the top. A sandbox that starts Claude Code may say that nothing need be asked (measured).
 */
function isTrusted(
  ports: Ports,
  place: Place,
  style: PathStyle,
  layers: readonly Layer[],
  { content }: ClaudeJsonReading,
): boolean {
  if (effective(layers, SANDBOXED, launchLayer)?.entry.on === true) return true;
  return foldersThatVouch(ports, place.realFolder, style).some((folder) => content.trusted.has(folder));
}
