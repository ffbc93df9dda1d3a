import type { Facts, Place } from '../core/facts.ts';
import { withLikelyOrigin } from '../core/conflict-finding/likely-origin.ts';
import type { LikelyOrigin, Origin } from '../core/origin.ts';
import type { Reading } from '../core/reading.ts';
import type { Surface } from '../core/context.ts';
import { printable } from './printable.ts';
import { LONGEST_PATH, shortPath } from './short-path.ts';

export type LabelPlace = Pick<Place, 'home' | 'platform' | 'surface'>;

/** What the environment of the process is called, by surface. */
export const ENVIRONMENT_LABELS: Readonly<Record<Surface, string>> = {
  terminal: 'this terminal',
  desktop: 'the desktop session’s environment',
  vscode: 'VS Code’s environment',
  scheduled: 'the scheduled job’s environment',
  container: 'the container’s environment',
};

/**
 * A short place for a person, to stand alone: `~/.zshrc:42`, “this terminal”, “managed settings, /etc/…”.
 *
 * @param max characters for the path in it, with its line
 */
export function originLabel(origin: Origin, place: LabelPlace, max: number = LONGEST_PATH): string {
  return describe(origin, place, max, (kind, path) => `${kind}, ${path}`);
}

/** The same inside a sentence, behind “from” or “in”: “managed settings (/etc/…)”. */
export function originPhrase(origin: Origin, place: LabelPlace, max: number = LONGEST_PATH): string {
  return describe(origin, place, max, (kind, path) => `${kind} (${path})`);
}

/** Puts a kind of place before its path. */
type Join = (kind: string, path: string) => string;

function describe(origin: Origin, place: LabelPlace, max: number, join: Join): string {
  const path = fileLabel(origin, place, max);
  switch (origin.kind) {
    case 'process':
      return ENVIRONMENT_LABELS[place.surface];
    case 'login-shell':
      return path ?? 'your login shell';
    case 'settings':
      return settingsLabel(origin, path, join);
    case 'claude-json':
      return path ?? '.claude.json';
    case 'credentials-file':
      return path ?? '.credentials.json';
    case 'keychain':
      return keychainLabel(origin);
    case 'file-descriptor':
      return 'an open file descriptor';
    case 'launchd':
      return origin.path?.startsWith('/') === true && path !== null
        ? `launchd (${path})`
        : 'launchd, your session';
    case 'systemd':
      return origin.path?.startsWith('/') === true && path !== null ? path : 'the systemd user manager';
    case 'registry':
      return path === null ? 'the Windows registry' : `the Windows registry (${path})`;
    case 'vscode':
      return path === null ? 'VS Code settings' : join(`${editorName(origin.path)} settings`, path);
    case 'profile-file':
    case 'cloud-file':
    case 'etc-environment':
    case 'dotenv':
    case 'direnv':
    case 'mise':
      return path ?? FALLBACKS[origin.kind];
  }
}

const FALLBACKS = {
  'profile-file': 'an Anthropic profile',
  'cloud-file': 'the cloud provider’s files',
  'etc-environment': '/etc/environment',
  dotenv: 'a .env file',
  direnv: 'an .envrc file',
  mise: 'a mise file',
} as const;

/** The path with its line; `null` when there is none. */
function fileLabel(origin: Origin, place: LabelPlace, max: number): string | null {
  const { path, line } = origin;
  if (path === undefined || path === '' || isInlineText(origin)) return null;
  // JSON text from a policy store has lines that nobody can open.
  const suffix = line === undefined || isStore(path) ? '' : `:${String(line)}`;
  return shortPath(path, place, max - suffix.length) + suffix;
}

/** Settings that were cut short on the command line are taken for a path (measured), and may hold a secret. */
export function isInlineText({ scope, path }: Origin): boolean {
  return scope === 'flag' && path !== undefined && /[{"]/.test(path);
}

const isStore = (path: string): boolean => /^HK[A-Z_]+\\/.test(path) || path.endsWith('.plist');

function settingsLabel({ scope }: Origin, path: string | null, join: Join): string {
  if (scope === 'managed') return path === null ? 'managed settings' : join('managed settings', path);
  if (scope === 'flag') return path === null ? '--settings on the command line' : join('--settings', path);
  return path ?? (scope === undefined ? 'a settings file' : `${scope} settings`);
}

/** Claude Code's own items are named; an entry inside an item is not. */
function keychainLabel({ name }: Origin): string {
  return name?.startsWith('Claude Code') === true
    ? `the Keychain (item “${printable(name, 40)}”)`
    : 'the Keychain';
}

function editorName(path: string | undefined): string {
  const folder = /[\\/](Code|Code - Insiders|VSCodium|Cursor|Windsurf)[\\/]User[\\/]/.exec(path ?? '')?.[1];
  if (folder === undefined) return 'editor';
  return folder.startsWith('Code') ? folder.replace('Code', 'VS Code').replace(' - ', ' ') : folder;
}

/** A settings file as the subject of a sentence: its path first, then what kind it is where that matters. */
export function settingsFileName(origin: Origin, place: LabelPlace): string {
  if (origin.path === undefined || isInlineText(origin)) return originPhrase(origin, place);
  const path = shortPath(origin.path, place);
  if (origin.scope === 'managed') return `${path} (managed settings)`;
  return origin.scope === 'flag' ? `${path} (--settings)` : path;
}

/** Where a link leads, when a file is reached through one. */
export function linkTarget(origin: Origin, place: LabelPlace): string | null {
  return origin.realPath === undefined ? null : shortPath(origin.realPath, place);
}

/**
 * The place of a reading as a label; for a value of the process the start-up line that holds the very same value, or probably
 * gave it.
 */
export function readingLabel(reading: Reading, facts: Facts, max: number = LONGEST_PATH): string {
  const likely = withLikelyOrigin(reading, facts).likelyFrom?.[0];
  return likely === undefined
    ? originLabel(reading.origin, facts.place, max)
    : likelyLabel(likely, facts.place, max);
}

/** The same inside a sentence. */
export function readingPhrase(reading: Reading, facts: Facts, max: number = LONGEST_PATH): string {
  const likely = withLikelyOrigin(reading, facts).likelyFrom?.[0];
  return likely === undefined
    ? originPhrase(reading.origin, facts.place, max)
    : likelyLabel(likely, facts.place, max);
}

/** As {@link readingLabel}, for an origin that may already be the start-up line that was found for a value. */
export function plainLabel(origin: Origin, facts: Facts, max: number = LONGEST_PATH): string {
  const likely = likelyAt(origin, facts);
  return likely === null ? originLabel(origin, facts.place, max) : likelyLabel(likely, facts.place, max);
}

/** The same inside a sentence. */
export function plainPhrase(origin: Origin, facts: Facts, max: number = LONGEST_PATH): string {
  const likely = likelyAt(origin, facts);
  return likely === null ? originPhrase(origin, facts.place, max) : likelyLabel(likely, facts.place, max);
}

/** The start-up line behind such an origin, with how sure it is. */
function likelyAt({ kind, path, line }: Origin, { layers }: Facts): LikelyOrigin | null {
  if (kind !== 'login-shell') return null;
  const lines = layers
    .flatMap(({ entries }) => Object.values(entries))
    .flatMap(({ likelyFrom }) => likelyFrom ?? []);
  return lines.find((likely) => likely.path === path && likely.line === line) ?? null;
}

/** A constant is compared with what the process carries; what a line computes is not. */
function likelyLabel({ path, line, certainty }: LikelyOrigin, place: LabelPlace, max: number): string {
  const label = originLabel({ kind: 'login-shell', path, line }, place, max);
  return certainty === 'computed' ? `${ENVIRONMENT_LABELS[place.surface]} (probably ${label})` : label;
}

/** The variable, setting or item at a place, as it may be shown. */
export function originName(origin: Origin): string | null {
  return origin.name === undefined ? null : printable(origin.name.replace(/^env\./, ''));
}
