import { effective, notProjectLayer } from '../../core/settings/effective.ts';
import type { Layer, LayerId, ProfileFacts, SelectedProfile } from '../../core/facts.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { FEDERATION_ORGANISATION, FEDERATION_RULE } from '../../core/sources/federation.ts';
import { PROFILE } from '../../core/sources/profile.ts';
import { PROFILE_NAME, parseProfileConfig, parseProfileCredential } from '../../core/stores/profile-file.ts';
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
  const namedProfile = named === null ? null : read(named, 'variable');
  const active = activeProfile(pass, joinPath(style, folder, 'active_config'), (name) =>
    read(name, 'active'),
  );
  // A name that leads nowhere selects nothing: neither the active profile nor federation takes its place (measured).
  const selected = named === null ? active : namedProfile;
  const others = pass
    .list(joinPath(style, folder, 'configs'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => name !== namedProfile?.name && name !== active?.name)
    .map((name): Reading =>
      unselected(joinPath(style, joinPath(style, folder, 'configs'), `${name}.json`), name),
    );
  const shown = [namedProfile, active === namedProfile || active?.name === namedProfile?.name ? null : active]
    .filter((profile) => profile !== null)
    .map((profile) =>
      profile !== selected && profile.reading.flaw === null
        ? { ...profile.reading, flaw: 'not-selected' as const }
        : profile.reading,
    );
  return { selected, readings: [...shown, ...others], federation: federationOf(layers, named !== null) };
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

function textOf(layers: readonly Layer[], name: string, counts: (layer: LayerId) => boolean): string | null {
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
  if (!PROFILE_NAME.test(name)) return by === 'variable' ? broken('not-found') : null;
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
  if (config.type === 'user_oauth' && credential?.accessToken == null) {
    return {
      ...broken(credentialFile.state === 'read' ? 'malformed' : fileFlaw(credentialFile.state)),
      type: config.type,
    };
  }
  return {
    name,
    by,
    type: config.type,
    reading: {
      source: 'profile',
      origin: { kind: 'profile-file', path: credential === null ? configPath : credentialPath, name },
      fingerprint: credential?.accessToken == null ? null : fingerprintOf(credential.accessToken),
      flaw: null,
    },
    endsAt: credential?.endsAt ?? null,
    renewable:
      config.type === 'oidc_federation' || (config.hasClientId && credential?.hasRefreshToken === true),
    organisation: credential?.organisationName ?? config.organisationId,
    email: credential?.email ?? null,
  };
}

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
