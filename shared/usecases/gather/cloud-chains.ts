import type { ChainFacts, CloudClock, CloudFacts, Layer } from '../../core/facts.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import { userConfigFolder, type Platform } from '../../core/known-folders.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import { effective } from '../../core/settings/effective.ts';
import type { Entry } from '../../core/settings/entry.ts';
import { isJsonObject, parseStrictJson, type JsonObject } from '../../core/settings/json-value.ts';
import { AWS, AZURE, GOOGLE, PROVIDER_SWITCHES } from '../../core/sources/cloud-provider.ts';
import type { CloudProvider } from '../../core/provider.ts';
import { fileFlaw } from './file-flaw.ts';
import type { FilePass } from './file-pass.ts';

const NOT_LOOKED_AT: ChainFacts = { state: 'not-looked-at', readings: [], clocks: [] };

interface Search {
  readonly pass: FilePass;
  readonly style: PathStyle;
  readonly platform: Platform;
  readonly home: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly layers: readonly Layer[];
  /** A command of the settings files that gives AWS credentials. It is not run. */
  readonly awsExport: Reading | null;
}

/**
 * What stands behind the cloud switches, as far as files and variables show. Only looked at while a switch is on: these are
 * other programs' credentials. No metadata service is asked and no `credential_process` is run.
 */
export function readCloudChains(search: Search): CloudFacts {
  const on = (...providers: readonly CloudProvider[]): boolean =>
    providers.some((provider) => effective(search.layers, PROVIDER_SWITCHES[provider])?.entry.on === true);
  return {
    aws: on('bedrock', 'mantle', 'anthropicAws') ? awsChain(search) : NOT_LOOKED_AT,
    google: on('vertex', 'anthropicGoogleCloud') ? googleChain(search) : NOT_LOOKED_AT,
    azure: on('foundry') ? azureChain(search) : NOT_LOOKED_AT,
  };
}

function set(search: Search, name: string): Entry | null {
  const entry = effective(search.layers, name)?.entry;
  return entry?.state === 'value' ? entry : null;
}

function fromVariable(entry: Entry): Reading {
  return { source: 'cloud-provider', origin: entry.origin, fingerprint: entry.fingerprint, flaw: null };
}

function fromFile(path: string, name: string, line?: number): Reading {
  return {
    source: 'cloud-provider',
    origin: { kind: 'cloud-file', path, ...(line === undefined ? {} : { line }), name },
    fingerprint: null,
    flaw: null,
  };
}

/** A file that is there and of no use: absent is something else. */
function flawed(path: string, name: string, flaw: Flaw): Reading {
  return { ...fromFile(path, name), flaw };
}

function chain(readings: readonly Reading[], clocks: readonly CloudClock[] = []): ChainFacts {
  const found = readings.some(({ flaw }) => flaw === null);
  return { state: found ? 'found' : readings.length > 0 ? 'unreadable' : 'nothing', readings, clocks };
}

/** Keys that give an AWS profile a credential; where it comes from is only known by running it. */
const AWS_CREDENTIAL_KEYS =
  /^\s*(aws_access_key_id|role_arn|credential_process|sso_session|sso_start_url|web_identity_token_file|login_session)\s*=/;

function awsChain(search: Search): ChainFacts {
  const { pass, style, home, awsExport } = search;
  // What the command gives comes before everything else that the chain finds (measured).
  const readings: Reading[] = awsExport === null ? [] : [awsExport];
  const profileEntry = set(search, AWS.profile);
  const id = set(search, AWS.accessKeyId);
  // With a profile named, the SDK skips the environment keys (it warns).
  if (id !== null && set(search, AWS.secretAccessKey) !== null && profileEntry === null)
    readings.push(fromVariable(id));
  const profile = profileEntry?.text?.trim() ?? 'default';
  const folder = joinPath(style, home, '.aws');
  const files = [
    set(search, AWS.credentialsFile)?.text ?? joinPath(style, folder, 'credentials'),
    set(search, AWS.configFile)?.text ?? joinPath(style, folder, 'config'),
  ];
  for (const path of files) {
    const file = pass.read(path);
    const line = file.state === 'read' ? profileLine(file.text, profile) : null;
    if (line !== null) readings.push(fromFile(path, profile, line));
    else if (file.state !== 'read' && file.state !== 'absent')
      readings.push(flawed(path, profile, fileFlaw(file.state)));
  }
  for (const name of [AWS.webIdentityFile, AWS.containerUri, AWS.containerFullUri]) {
    const entry = set(search, name);
    if (entry !== null) readings.push(fromVariable(entry));
  }
  return chain(readings, awsClocks(search, folder));
}

/** The line of a profile's first credential key in an INI file, or `null`. */
function profileLine(text: string, profile: string): number | null {
  let inside = false;
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const section = sectionName(line);
    if (section !== null) inside = section === profile;
    else if (inside && AWS_CREDENTIAL_KEYS.test(line)) return at + 1;
  }
  return null;
}

/** `[name]` or `[profile name]`; `null` for any other line. Linear, however long the line is. */
function sectionName(line: string): string | null {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf(']');
  if (!trimmed.startsWith('[') || end < 0) return null;
  return trimmed
    .slice(1, end)
    .trim()
    .replace(/^profile\s+/, '');
}

function awsClocks(search: Search, folder: string): readonly CloudClock[] {
  const { pass, style } = search;
  const sso = joinPath(style, joinPath(style, folder, 'sso'), 'cache');
  const login =
    set(search, AWS.loginCache)?.text ?? joinPath(style, joinPath(style, folder, 'login'), 'cache');
  const clocks: CloudClock[] = [];
  for (const [kind, cache] of [
    ['aws-sso', sso],
    ['aws-login', login],
  ] as const) {
    for (const name of pass.list(cache)) {
      if (!name.endsWith('.json') || name.startsWith('botocore-client-id')) continue;
      const token = jsonObject(pass.text(joinPath(style, cache, name)));
      const clock = token === null ? null : kind === 'aws-sso' ? ssoClock(token) : loginClock(token);
      if (clock !== null) clocks.push(clock);
    }
  }
  return clocks;
}

function ssoClock(token: JsonObject): CloudClock | null {
  const endsAt = isoTime(token['expiresAt']);
  if (endsAt === null) return null;
  const renews = ['refreshToken', 'clientId', 'clientSecret'].every((key) => typeof token[key] === 'string');
  const registration = isoTime(token['registrationExpiresAt']);
  return renews && registration !== null
    ? { kind: 'aws-sso', endsAt: registration, renewsItself: true }
    : { kind: 'aws-sso', endsAt, renewsItself: false };
}

function loginClock(token: JsonObject): CloudClock | null {
  const access = token['accessToken'];
  const endsAt = isJsonObject(access) ? isoTime(access['expiresAt']) : null;
  return endsAt === null ? null : { kind: 'aws-login', endsAt, renewsItself: true };
}

function googleChain(search: Search): ChainFacts {
  const { pass, style, home, platform, variables } = search;
  const named = set(search, GOOGLE.credentialsFile)?.text;
  const folder =
    set(search, GOOGLE.configFolder)?.text ??
    joinPath(
      style,
      platform === 'win32' ? userConfigFolder(platform, variables, home) : joinPath(style, home, '.config'),
      'gcloud',
    );
  const path = named ?? joinPath(style, folder, 'application_default_credentials.json');
  const file = pass.read(path);
  if (file.state === 'absent') return chain([]);
  const name = 'application default credentials';
  if (file.state !== 'read') return chain([flawed(path, name, fileFlaw(file.state))]);
  const type = jsonObject(file.text)?.['type'];
  if (typeof type !== 'string') return chain([flawed(path, name, 'malformed')]);
  return chain([fromFile(path, type)], [{ kind: 'gcp', endsAt: null, renewsItself: true }]);
}

function azureChain(search: Search): ChainFacts {
  const { pass, style, home } = search;
  const readings: Reading[] = [];
  const client = set(search, AZURE.clientId);
  const proof = [AZURE.clientSecret, AZURE.certificatePath, AZURE.federatedTokenFile].some(
    (name) => set(search, name) !== null,
  );
  if (client !== null && set(search, AZURE.tenantId) !== null && proof) readings.push(fromVariable(client));
  const folder = set(search, AZURE.configFolder)?.text ?? joinPath(style, home, '.azure');
  const path = joinPath(style, folder, 'azureProfile.json');
  const file = pass.read(path);
  const content = file.state === 'read' ? jsonObject(file.text) : null;
  const subscriptions = content?.['subscriptions'];
  const signedIn = Array.isArray(subscriptions) && subscriptions.length > 0;
  if (signedIn) readings.push(fromFile(path, 'subscriptions'));
  else if (file.state === 'read' && content === null)
    readings.push(flawed(path, 'subscriptions', 'malformed'));
  else if (file.state !== 'read' && file.state !== 'absent')
    readings.push(flawed(path, 'subscriptions', fileFlaw(file.state)));
  return chain(readings, signedIn ? [{ kind: 'azure', endsAt: null, renewsItself: true }] : []);
}

function jsonObject(text: string | null): JsonObject | null {
  if (text === null) return null;
  const parsed = parseStrictJson(text.replace(/^\uFEFF/, ''));
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

function isoTime(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value.replace(/UTC$/, 'Z'));
  return Number.isNaN(time) ? null : time;
}
