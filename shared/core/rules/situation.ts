import type { Context } from '../context.ts';
import type { EffectiveEntry, Facts, HelperSetting, Layer, LayerId } from '../facts.ts';
import { CLOUD_PROVIDERS, type CloudProvider, type Provider } from '../provider.ts';
import type { Reading } from '../reading.ts';
import type { Entry } from '../settings/entry.ts';
import { effective, isProjectLayer, launchLayer, notProjectLayer } from '../settings/effective.ts';
import { API_KEY, API_KEY_DESCRIPTOR } from '../sources/api-key.ts';
import { AUTH_TOKEN } from '../sources/auth-token.ts';
import {
  ANTHROPIC_AWS_KEY,
  BEDROCK_BEARER,
  FOUNDRY_KEY,
  FOUNDRY_TOKEN,
  GATEWAY_SWITCH,
  PROVIDER_SWITCHES,
  SKIP_SWITCHES,
} from '../sources/cloud-provider.ts';
import { CUSTOM_HEADERS } from '../sources/custom-headers.ts';
import { OAUTH_TOKEN, OAUTH_TOKEN_DESCRIPTOR } from '../sources/oauth-token.ts';
import { BASE_URL } from '../sources/steering.ts';
import type { CandidateId, CircumstanceId } from './candidates.ts';
import { standingOf, type Standing } from './standing.ts';
import type { Era } from './versions.ts';

/** What the rules ask about: everything that is there for one context, before any precedence. */
export interface Situation {
  readonly provider: Provider;
  /** The reading behind each candidate that could be sent. */
  readonly candidates: Readonly<Partial<Record<CandidateId, Reading>>>;
  readonly circumstances: Readonly<Record<CircumstanceId, boolean>>;
  /** The helper that would run, also where its output is not used. */
  readonly helper: HelperSetting | null;
  readonly approval: 'not-asked' | 'unanswered';
  readonly profileExpired: boolean;
  /** Whether login, Console key and profiles are out of the question. */
  readonly storesOut: boolean;
  /** An embedding program manages the provider. */
  readonly hostManaged: boolean;
  /** Readings whose value holds a character that no header can carry. */
  readonly unsendable: readonly Reading[];
  /** Custom headers hold what no request can have as a header. */
  readonly headersUnusable: boolean;
  /** The base URL, where it decides where requests go. */
  readonly baseUrl: Entry | null;
  /** Readings of nothing but white space, in versions that send them all the same, and of the word Bearer alone. */
  readonly blank: readonly Reading[];
}

/** What a person is taken to have answered while the consequences of a question are looked at. */
export interface Answers {
  readonly apiKey?: 'approved' | 'rejected';
  readonly trust?: 'yes';
}

/** Resolves the layers for one context. Cheap: it is run for every verdict. */
export function situationOf(facts: Facts, context: Context, era: Era, answers: Answers): Situation {
  const { layers } = facts;
  const standing = standingOf(facts, context, era);
  const { simple, hostManaged, storesKeptBack } = standing;
  const value = (name: string): EffectiveEntry | null => effective(layers, name, standing.counts);
  const interactive = context.mode === 'interactive';
  const provider = providerOf(layers, standing, era);
  // The gateway's token is the one that the gateway was decided with.
  const token = sendable(
    provider === 'gateway' ? startValue(layers, standing, AUTH_TOKEN) : value(AUTH_TOKEN),
    era,
  );
  const direct = provider === 'firstParty' || provider === 'gateway';

  const keyEntry = sendable(value(API_KEY), era);
  // A key behind a descriptor is never asked about, and only the launch environment can name one (measured).
  const describedKey = simple ? null : usable(effective(layers, API_KEY_DESCRIPTOR, launchLayer));
  const approval = interactive && direct && keyEntry !== null ? (answers.apiKey ?? keyEntry.approval) : null;
  // A bare session takes no notice of a remembered no (measured), but it does ask.
  const declined = approval === 'rejected' && (!simple || answers.apiKey === 'rejected');
  const key = (declined ? null : keyEntry) ?? describedKey;

  const configured = helperOf(facts, simple, era);
  const helper = storesKeptBack && !simple ? null : configured;
  const candidates: Partial<Record<CandidateId, Reading>> = {};
  const unsendable: Reading[] = [];
  const blank: Reading[] = [];
  const offer = (id: CandidateId, reading: Reading | null): void => {
    if (reading !== null) candidates[id] = reading;
  };
  const offerEntry = (id: CandidateId, source: Reading['source'], entry: Entry | null): void => {
    if (entry === null) return;
    const reading = entryReading(source, entry);
    candidates[id] = reading;
    if (entry.unsendable === true) unsendable.push(reading);
    if (entry.state === 'blank') blank.push(reading);
  };

  const headers = value(CUSTOM_HEADERS)?.entry;
  if (headers?.headers) {
    const { authorization, xApiKey, blank: without, bearerAlone, respelled } = headers.headers;
    const header = (fingerprint: Reading['fingerprint']): Reading => ({
      source: 'custom-headers',
      origin: headers.origin,
      fingerprint,
      flaw: null,
    });
    if (authorization !== null) {
      const reading = header(authorization);
      candidates['custom-authorization'] = reading;
      if (respelled) candidates['respelled-authorization'] = reading;
      if (bearerAlone) blank.push(reading);
      if (headers.headers.unsendable.authorization) unsendable.push(reading);
    }
    if (xApiKey !== null) candidates['custom-api-key'] = header(xApiKey);
    if (without.authorization) {
      const reading = header(null);
      candidates['blank-authorization'] = reading;
      if (respelled) candidates['respelled-authorization'] = reading;
      blank.push(reading);
    }
    if (without.xApiKey) candidates['blank-api-key'] = header(null);
  }
  offerEntry('token', 'auth-token', token);
  const rawToken = value(AUTH_TOKEN)?.entry;
  if (rawToken?.state === 'empty' && !era['empty-token-absent']) {
    offerEntry('empty-token', 'auth-token', rawToken);
  }
  offerEntry('key', 'api-key', key);
  if (helper !== null) offer('helper', helperReading(helper));
  if (!simple) {
    offerEntry('oauth', 'oauth-token', oauthEntry(facts, standing, era));
    if (!storesKeptBack) {
      if (era.profiles) offerProfiles(facts, offer);
      const login = facts.store.login;
      if (login !== null && login.reading.flaw === null) offer('login', login.reading);
      if (login?.trouble === 'not-sendable') unsendable.push(login.reading);
      if (login?.trouble === 'blank') blank.push(login.reading);
      const { selected } = facts.profiles;
      if (selected?.blank === true) blank.push(selected.reading);
      offer('console-key', facts.consoleKey);
    }
  }
  const baseUrl = direct ? (value(BASE_URL)?.entry ?? null) : null;
  if (baseUrl?.address?.login) offer('base-url-login', baseUrlLogin(baseUrl, baseUrl.address.login));
  if (!direct) offerCloud(facts, provider, value, era, hostManaged, offer, offerEntry);
  return {
    provider,
    candidates,
    circumstances: {
      interactive,
      'helper-kept-back': helper === null && configured !== null,
      'skip-signing': !direct && value(SKIP_SWITCHES[provider])?.entry.on === true,
    },
    helper,
    approval: approval === 'unanswered' ? 'unanswered' : 'not-asked',
    profileExpired: !simple && isExpired(facts),
    storesOut: simple || storesKeptBack,
    hostManaged,
    unsendable,
    headersUnusable: headers?.headers?.unsendable.others === true,
    baseUrl,
    blank,
  };
}

/** What counts as set, for a key or token of Claude Code itself: older versions take white space for a value (measured). */
function sendable(found: EffectiveEntry | null, era: Era): Entry | null {
  return found?.entry.state === 'blank' && !era['blank-value-absent'] ? found.entry : usable(found);
}

/** White space counts as absent; a value is sent trimmed (measured). */
function usable(found: EffectiveEntry | null): Entry | null {
  if (found === null) return null;
  const { entry } = found;
  return entry.state === 'value' ? entry : null;
}

/** The reading that stands for a variable at one place. */
export function entryReading(source: Reading['source'], entry: Entry): Reading {
  return { source, origin: entry.origin, fingerprint: entry.fingerprint, flaw: null };
}

/** The reading that stands for a user and a password in the base URL. */
export function baseUrlLogin({ origin }: Entry, fingerprint: NonNullable<Reading['fingerprint']>): Reading {
  return { source: 'base-url-login', origin, fingerprint, flaw: null };
}

/** The reading that stands for a helper. */
export function helperReading(helper: HelperSetting): Reading {
  return {
    source: 'api-key-helper',
    origin: helper.origin,
    fingerprint: helper.run?.ok === true ? helper.run.fingerprint : null,
    flaw: null,
  };
}

function providerOf(layers: readonly Layer[], standing: Standing, era: Era): Provider {
  if (era.gateway && isGateway(layers, standing)) return 'gateway';
  const on = (name: string): boolean => effective(layers, name, standing.counts)?.entry.on === true;
  const cloud = CLOUD_PROVIDERS.find((id) => on(PROVIDER_SWITCHES[id]) && isKnown(id, era));
  return cloud ?? 'firstParty';
}

/** Needs the switch from anywhere, and a token and an address from places other than the folder's own files (measured). */
function isGateway(layers: readonly Layer[], standing: Standing): boolean {
  return (
    effective(layers, GATEWAY_SWITCH, standing.counts)?.entry.on === true &&
    usable(startValue(layers, standing, AUTH_TOKEN)) !== null &&
    startValue(layers, standing, BASE_URL)?.entry.state === 'value'
  );
}

/** The value before the folder's own files are taken. */
function startValue(layers: readonly Layer[], { counts }: Standing, name: string): EffectiveEntry | null {
  return effective(layers, name, (layer) => counts(layer) && notProjectLayer(layer));
}

/** Whether a version knows a provider's switch. */
export function isKnown(provider: CloudProvider, era: Era): boolean {
  const late = provider === 'anthropicAws' || provider === 'mantle' || provider === 'anthropicGoogleCloud';
  return !late || era['aws-platform-and-mantle'];
}

/**
 * The helper of the highest file that sets one; an empty text there means none. Bare runs take it from `--settings` only
 * (measured).
 */
function helperOf(facts: Facts, simple: boolean, era: Era): HelperSetting | null {
  for (let at = facts.helpers.length - 1; at >= 0; at--) {
    const helper = facts.helpers[at];
    if (helper === undefined || (simple && helper.layer !== 'flag')) continue;
    if (helper.layer === 'local-root' && !era['root-local-file']) continue;
    return helper.blank ? null : helper;
  }
  return null;
}

/**
 * The folder's own files have no say in this variable. In some versions they had, as in any other (recorded worlds 2.1.196;
 * probes found it ignored beside some credentials files, which could not be told apart).
 */
function oauthEntry(facts: Facts, { counts }: Standing, era: Era): Entry | null {
  const projectCounts = era['project-oauth-used'] && !era['project-oauth-ignored'];
  const outside = (layer: LayerId): boolean => counts(layer) && !isProjectLayer(layer);
  const entry = effective(facts.layers, OAUTH_TOKEN, projectCounts ? counts : outside);
  return sendable(entry, era) ?? usable(effective(facts.layers, OAUTH_TOKEN_DESCRIPTOR, launchLayer));
}

function offerProfiles(facts: Facts, offer: (id: CandidateId, reading: Reading | null) => void): void {
  const { selected, federation } = facts.profiles;
  if (federation?.flaw === null) offer('federation', federation);
  if (selected?.reading.flaw !== null) return;
  const upper = selected.by === 'variable' || selected.type === 'oidc_federation';
  offer(upper ? 'upper-profile' : 'lower-profile', selected.reading);
}

/** A profile’s token is renewed this long before its end: milliseconds. Without the means to, it counts as ended (measured). */
const RENEWAL = 30_000;

/** Ended and not to be renewed: Claude Code fails instead of falling through (measured). */
function isExpired(facts: Facts): boolean {
  const { selected } = facts.profiles;
  if (selected?.reading.flaw !== null) return false;
  return selected.endsAt !== null && selected.endsAt <= facts.takenAt + RENEWAL && !selected.renewable;
}

function offerCloud(
  facts: Facts,
  provider: CloudProvider,
  value: (name: string) => EffectiveEntry | null,
  era: Era,
  hostManaged: boolean,
  offer: (id: CandidateId, reading: Reading | null) => void,
  offerEntry: (id: CandidateId, source: Reading['source'], entry: Entry | null) => void,
): void {
  const variable = (id: CandidateId, name: string): void => {
    offerEntry(id, 'cloud-provider', usable(value(name)));
  };
  const chain = (id: CandidateId, readings: readonly Reading[]): void => {
    // An embedding program keeps variables of settings files from being used, these too (measured).
    const counts = ({ flaw, origin }: Reading): boolean =>
      flaw === null && !(hostManaged && (origin.kind === 'settings' || origin.kind === 'claude-json'));
    offer(id, readings.find(counts) ?? null);
  };
  switch (provider) {
    case 'bedrock':
    case 'mantle':
      variable('bedrock-bearer', BEDROCK_BEARER);
      chain('aws-chain', facts.cloud.aws.readings);
      return;
    case 'foundry':
      if (era['foundry-token']) variable('foundry-token', FOUNDRY_TOKEN);
      variable('foundry-key', FOUNDRY_KEY);
      chain('azure-chain', facts.cloud.azure.readings);
      return;
    case 'anthropicAws':
      variable('anthropic-aws-key', ANTHROPIC_AWS_KEY);
      chain('aws-chain', facts.cloud.aws.readings);
      return;
    case 'anthropicGoogleCloud':
    case 'vertex':
      chain('google-chain', facts.cloud.google.readings);
      return;
  }
}
