import type { Conflict } from '../core/conflict.ts';
import { findConflicts } from '../core/conflicts/index.ts';
import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { pathStyle } from '../core/known-folders.ts';
import type { SettingsScope } from '../core/origin.ts';
import { joinPath, parentFolder, type PathStyle } from '../core/paths.ts';
import { decide } from '../core/rules/decide.ts';
import { payerOf } from '../core/rules/payer.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { Verdict } from '../core/verdict.ts';
import { settingsParsers, type SettingsFile } from '../core/settings/settings-file.ts';
import type { FileReading } from '../ports/file-store.ts';
import type { FolderListing, FolderTrouble } from '../ports/folder-tree.ts';
import type { Ports } from '../ports/ports.ts';
import { SETTINGS_LIMIT } from './gather/file-pass.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import type { GatherRequest } from './gather/gather-request.ts';
import { parseOnce } from './parse-once.ts';
import { settingsNames, type NamedSetting } from './settings-names.ts';
import { sharedPorts } from './shared-ports.ts';

export interface ScanRequest {
  /** Absolute. */
  readonly roots: readonly string[];
  readonly context: Context;
  /** Asked for every folder that brings something. */
  readonly question: Pick<
    GatherRequest,
    'surface' | 'mode' | 'version' | 'settingsFlag' | 'settingSources' | 'restricted'
  >;
}

export type ScanEvent =
  | { readonly kind: 'found'; readonly found: FoundFolder }
  | { readonly kind: 'skipped'; readonly skipped: Skipped }
  | { readonly kind: 'root-unreadable'; readonly root: string; readonly reason: FolderTrouble };

/** A folder that brings credential settings, and the answer for it. */
export interface FoundFolder {
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly pays: Payer | null;
  readonly conflicts: readonly Conflict[];
  readonly files: readonly FoundFile[];
}

export interface FoundFile {
  readonly path: string;
  readonly scope: SettingsScope;
  /** A file that is dropped is not used at all. */
  readonly state: SettingsFile['state'];
  readonly reason: SettingsFile['reason'];
  readonly names: readonly NamedSetting[];
}

/** What could not be looked at, so that nobody takes the answer for complete. */
export interface Skipped {
  readonly folder: string;
  /** The settings file, where it is not the folder itself that could not be read. */
  readonly path: string | null;
  readonly reason: FolderTrouble | Exclude<FileReading['state'], 'read' | 'absent'>;
}

const NOT_ENTERED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const SETTINGS_FOLDER = '.claude';
const SETTINGS_FILES = [
  { name: 'settings.json', scope: 'project' },
  { name: 'settings.local.json', scope: 'local' },
] as const;

/**
 * Every folder below the roots whose own settings name a credential, a helper, a provider switch or a base URL, each with its
 * answer. What does not depend on the folder is read once. No helper and no shell is run. When a root cannot be listed, that is
 * the only event.
 */
export async function* scan(ports: Ports, request: ScanRequest): AsyncGenerator<ScanEvent, void> {
  const walks = request.roots.map((root) => ports.folders.walk(root, NOT_ENTERED)[Symbol.iterator]());
  const starts = walks.map((walk) => walk.next());
  for (const start of starts) {
    if (start.done === true || start.value.state === 'listed') continue;
    yield { kind: 'root-unreadable', root: start.value.folder, reason: start.value.state };
    return;
  }
  const style = pathStyle(ports.environment.platform);
  const portsFor = sharedPorts(ports);
  const isNew = newcomers(ports, request.roots.length > 1);
  for (const [at, walk] of walks.entries()) {
    for (const { listing, folder } of worthALook(starts[at], walk, request.roots[at] ?? '', style)) {
      if (listing.state !== 'listed' && isNew('skipped', listing.folder))
        yield { kind: 'skipped', skipped: { folder: listing.folder, path: null, reason: listing.state } };
      if (!isNew('found', folder)) continue;
      const own = portsFor(folder);
      const look = lookAt(own, folder, style, request.question.version);
      // Where the folder itself is denied, so are its files: told once.
      if (listing.state === 'listed') for (const skipped of look.unread) yield { kind: 'skipped', skipped };
      if (look.names.size > 0)
        yield { kind: 'found', found: await answerFor(own, folder, look.names, request) };
    }
  }
}

/** The few listings among the many that have something to say. */
function* worthALook(
  start: IteratorResult<FolderListing> | undefined,
  walk: Iterator<FolderListing>,
  root: string,
  style: PathStyle,
): Generator<{ readonly listing: FolderListing; readonly folder: string }, void> {
  for (let step = start; step !== undefined && step.done !== true; step = walk.next()) {
    const listing = step.value;
    const folder = folderToLookAt(listing, root, style);
    if (folder !== null) yield { listing, folder };
  }
}

/** Roots may lie in each other, or be one folder by two names. */
function newcomers(ports: Ports, several: boolean): (kind: string, folder: string) => boolean {
  const told = new Set<string>();
  return (kind, folder) => {
    if (!several) return true;
    const before = told.size;
    return told.add(`${kind} ${ports.files.realPath(folder)}`).size > before;
  };
}

/**
 * The folder whose settings a listing has something to say about. A settings folder that is a link is not walked into, but
 * Claude Code reads the two files behind it; and files may be readable where their folder cannot be listed.
 */
function folderToLookAt(listing: FolderListing, root: string, style: PathStyle): string | null {
  const { folder } = listing;
  const owner = folder !== root && isSettingsFolder(folder) ? parentFolder(folder, style) : null;
  if (listing.state !== 'listed') return owner ?? folder;
  const telling =
    owner === null
      ? listing.entries.some((entry) => entry.name === SETTINGS_FOLDER && entry.isSymbolicLink())
      : listing.entries.some(({ name }) => SETTINGS_FILES.some((file) => file.name === name));
  return telling ? (owner ?? folder) : null;
}

function isSettingsFolder(path: string): boolean {
  return (
    path.endsWith(SETTINGS_FOLDER) && /[\\/]/.test(path.charAt(path.length - SETTINGS_FOLDER.length - 1))
  );
}

interface Look {
  readonly names: ReadonlyMap<string, readonly NamedSetting[]>;
  readonly unread: readonly Skipped[];
}

/** What the folder's settings files name, by path. */
function lookAt(ports: Ports, folder: string, style: PathStyle, version: string): Look {
  const names = new Map<string, readonly NamedSetting[]>();
  const unread: Skipped[] = [];
  for (const file of SETTINGS_FILES) {
    const path = joinPath(style, folder, joinPath(style, SETTINGS_FOLDER, file.name));
    const reading = ports.files.read(path, SETTINGS_LIMIT);
    if (reading.state === 'read') {
      const found = settingsNames(reading.text, parseOnce(reading, settingsParsers(version).own));
      if (found.length > 0) names.set(path, found);
    } else if (reading.state !== 'absent') {
      unread.push({ folder, path, reason: reading.state });
    }
  }
  return { names, unread };
}

async function answerFor(
  ports: Ports,
  folder: string,
  names: Look['names'],
  { context, question }: ScanRequest,
): Promise<FoundFolder> {
  const facts = await gatherFacts(ports, {
    ...question,
    folder,
    terminal: 'this',
    askShell: false,
    askSession: false,
    runHelper: false,
    brief: true,
  });
  const files = facts.settingsFiles.flatMap(({ path, scope, state, reason }): FoundFile[] => {
    const found = path === null || !(scope === 'project' || scope === 'local') ? undefined : names.get(path);
    return path === null || found === undefined ? [] : [{ path, scope, state, reason, names: found }];
  });
  const verdict = decide(facts, context);
  const conflicts = findConflicts(facts, context.claudeCode);
  return { facts, verdict, pays: payerOf(facts, verdict), conflicts, files };
}
