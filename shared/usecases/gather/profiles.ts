import { effective, notProjectLayer } from '../../core/settings/effective.ts';
import type { Layer, LayerId, ProfileFacts, ProfileTrouble, SelectedProfile } from '../../core/facts.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { FEDERATION_ORGANISATION, FEDERATION_RULE } from '../../core/sources/federation.ts';
import { PROFILE } from '../../core/sources/profile.ts';
import { isSendable } from '../../core/settings/header-value.ts';
import {
  PROFILE_NAME,
  parseProfileConfig,
  parseProfileCredential,
  type ProfileType,
} from '../../core/stores/profile-file.ts';
import type { FileReading } from '../../ports/file-store.ts';
import { fileFlaw } from './file-flaw.ts';
import type { FilePass } from './file-pass.ts';

/** Reads the Anthropic profiles: the one that a context could use, and the names of all others. */
export function readProfiles(
  pass: FilePass,
  style: PathStyle,
  folder: string,
  startFolder: string,
  layers: readonly Layer[],
  fingerprintOf: FingerprintOf,
): ProfileFacts {
  const read = (name: string, by: 'variable' | 'active'): SelectedProfile | null =>
    readProfile({ pass, style, folder, startFolder, fingerprintOf }, name, by);
  const named = textOf(layers, PROFILE, notProjectLayer);
  const namedLast = textOf(layers, PROFILE);
  const namedProfile = named === null ? null : read(named, 'variable');
  const active = activeProfile(pass, joinPath(style, folder, 'active_config'), (name) =>
    read(name, 'active'),
  );
  // A name that leads nowhere selects nothing: neither the active profile nor federation takes its place (measured).
  const first = named === null ? active : namedProfile;
  const last = namedLast === named ? first : namedLast === null ? active : read(namedLast, 'variable');
  const selected = first === last ? first : replacedBy(first, last);
  const found = [...new Map([last, namedProfile, active].map((one) => [one?.name, one])).values()].filter(
    (profile) => profile != null,
  );
  const others = pass
    .list(joinPath(style, folder, 'configs'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => !found.some((profile) => profile.name === name))
    .map((name): Reading =>
      unselected(joinPath(style, joinPath(style, folder, 'configs'), `${name}.json`), name),
    );
  const shown = found.map(({ reading }) =>
    reading !== selected?.reading && reading.flaw === null
      ? { ...reading, flaw: 'not-selected' as const }
      : reading,
  );
  return { selected, readings: [...shown, ...others], federation: federationOf(layers, named !== null) };
}

/**
 * Which profile is there is looked at before the folder’s own files count, and which one is used after: they can name another
 * one, or none, which means the active one (measured).
 */
function replacedBy(first: SelectedProfile | null, last: SelectedProfile | null): SelectedProfile | null {
  if (first?.reading.flaw !== null) return first;
  return last?.reading.flaw === null
    ? { ...last, by: first.by, type: first.type }
    : { ...first, trouble: 'named-away' };
}

/** The one that `active_config` names, else `default`. Which one it is cannot be told while that file cannot be read. */
function activeProfile(
  pass: FilePass,
  path: string,
  read: (name: string) => SelectedProfile | null,
): SelectedProfile | null {
  const file = pass.read(path);
  if (file.state !== 'read' && file.state !== 'absent')
    return brokenProfile('active_config', 'active', path, fileFlaw(file.state));
  const configured = file.state === 'read' ? file.text.trim() : '';
  return read(configured === '' ? 'default' : configured);
}

function textOf(layers: readonly Layer[], name: string, counts?: (layer: LayerId) => boolean): string | null {
  const entry = effective(layers, name, counts)?.entry;
  return entry?.state === 'value' ? (entry.text?.trim() ?? null) : null;
}

function unselected(path: string, name: string): Reading {
  return {
    source: 'profile',
    origin: { kind: 'profile-file', path, name },
    fingerprint: null,
    flaw: 'not-selected',
  };
}

interface ProfileSearch {
  readonly pass: FilePass;
  readonly style: PathStyle;
  readonly folder: string;
  readonly startFolder: string;
  readonly fingerprintOf: FingerprintOf;
}

/** `null`: an active profile that is not there at all, which is how most homes look. */
function readProfile(search: ProfileSearch, name: string, by: 'variable' | 'active'): SelectedProfile | null {
  const { pass, style, folder, startFolder, fingerprintOf } = search;
  const configPath = joinPath(style, joinPath(style, folder, 'configs'), `${name}.json`);
  const broken = (flaw: Flaw): SelectedProfile => brokenProfile(name, by, configPath, flaw);
  // Whether a name is allowed is asked last; one that leads elsewhere is not even looked for.
  if (LEADS_ELSEWHERE.test(name)) return by === 'variable' ? broken('not-found') : null;
  const configFile = pass.read(configPath);
  if (configFile.state === 'absent') return by === 'variable' ? broken('not-found') : null;
  if (configFile.state !== 'read') return broken(fileFlaw(configFile.state));
  const config = parseProfileConfig(configFile.text);
  if (config === null) return broken('malformed');
  if (config.type === 'unknown') return broken('unknown-type');
  // Relative to the start folder, and `~` is not expanded (measured).
  const credentialPath =
    config.credentialsPath === null
      ? joinPath(style, joinPath(style, folder, 'credentials'), `${name}.json`)
      : joinPath(style, startFolder, config.credentialsPath);
  const credentialFile = pass.read(credentialPath);
  const credential = credentialFile.state === 'read' ? parseProfileCredential(credentialFile.text) : null;
  // A person's profile needs its credential file; federation is selected from the configuration alone (observed).
  if (config.type === 'user_oauth' && !holdsText(credentialFile)) {
    const flaw = credentialFile.state === 'read' ? 'malformed' : fileFlaw(credentialFile.state);
    return { ...broken(flaw), type: config.type };
  }
  const token = credential?.accessToken ?? null;
  return {
    name,
    by,
    type: config.type,
    reading: {
      source: 'profile',
      origin: { kind: 'profile-file', path: credential === null ? configPath : credentialPath, name },
      fingerprint: token === null || token === '' ? null : fingerprintOf(token),
      flaw: null,
    },
    endsAt: credential?.endsAt ?? null,
    renewable:
      config.type === 'oidc_federation' || (config.hasClientId && credential?.hasRefreshToken === true),
    organisation: credential?.organisationName ?? config.organisationId,
    email: credential?.email ?? null,
    trouble: troubleOf(name, config.type, credentialFile, token, style),
    blank: token === '',
  };
}

const LEADS_ELSEWHERE = /[/\\\0]/;

/** An empty file counts as none (measured). */
const holdsText = (file: FileReading): boolean => file.state === 'read' && file.text.trim() !== '';

/** What keeps a complete profile from being used, while nothing else takes its place (measured). */
function troubleOf(
  name: string,
  type: ProfileType,
  file: FileReading,
  token: string | null,
  style: PathStyle,
): ProfileTrouble | null {
  if (!PROFILE_NAME.test(name)) return 'name';
  // Windows has lists of permissions instead; what Node makes up there says nothing.
  if (style === 'posix' && file.state === 'read' && (file.mode & OPEN_TO_OTHERS) !== 0)
    return 'open-to-others';
  if (token === null) return type === 'user_oauth' ? 'no-token' : null;
  return isSendable(token) ? null : 'not-sendable';
}

/** Reading and writing, for the group and for others. */
const OPEN_TO_OTHERS = 0o066;

function brokenProfile(name: string, by: 'variable' | 'active', path: string, flaw: Flaw): SelectedProfile {
  return {
    name,
    by,
    type: 'unknown',
    reading: { source: 'profile', origin: { kind: 'profile-file', path, name }, fingerprint: null, flaw },
    endsAt: null,
    renewable: false,
    organisation: null,
    email: null,
    trouble: null,
    blank: false,
  };
}

/** Federation through variables needs two of them; one alone selects nothing (observed). */
function federationOf(layers: readonly Layer[], profileNamed: boolean): Reading | null {
  const rule = effective(layers, FEDERATION_RULE, notProjectLayer)?.entry;
  const organisation = effective(layers, FEDERATION_ORGANISATION, notProjectLayer)?.entry;
  if (rule?.state !== 'value') return null;
  const complete = organisation?.state === 'value';
  const flaw = complete ? (profileNamed ? 'not-selected' : null) : 'incomplete';
  return { source: 'federation', origin: rule.origin, fingerprint: null, flaw };
}
