import type { Context } from './context.ts';
import type { Facts } from './facts.ts';
import { findReadings, type PlacedReading } from './find-readings.ts';
import type { Ladder, LadderReading, Reason, ReasonCode, Rung, State } from './ladder.ts';
import type { Flaw } from './reading.ts';
import { effective, isProjectLayer } from './settings/effective.ts';
import { API_KEY } from './sources/api-key.ts';
import { SOURCES, WATCHED } from './sources/index.ts';
import { SOURCE_IDS, type SourceId } from './source-id.ts';
import { standingOf, type Standing } from './rules/standing.ts';
import { eraOf, type Era } from './rules/versions.ts';
import type { Refusal, Slot, Verdict } from './verdict.ts';

/** What the ladder of a question is drawn for: the answer after a yes. */
export function answeredVerdict(verdict: Verdict): Verdict {
  return verdict.after === null ? verdict : answeredVerdict(verdict.after.yes);
}

/** Of what is sent, the source of the higher documented rank; `null` when nothing is sent. */
export function winnerOf(verdict: Verdict): Slot | null {
  const { authorization, xApiKey } = verdict;
  if (authorization === null || xApiKey === null) return authorization ?? xApiKey;
  return SOURCE_IDS.indexOf(xApiKey.source) < SOURCE_IDS.indexOf(authorization.source)
    ? xApiKey
    : authorization;
}

interface View {
  readonly facts: Facts;
  readonly context: Context;
  readonly verdict: Verdict;
  readonly era: Era;
  readonly standing: Standing;
  readonly winner: Slot | null;
}

/** Every source in documented order with everything found of it, each reading once, with its state and the reason. */
export function settleLadder(facts: Facts, context: Context, asked: Verdict): Ladder {
  const verdict = answeredVerdict(asked);
  const era = eraOf(context.claudeCode.version, 'older');
  const view: View = {
    facts,
    context,
    verdict,
    era,
    standing: standingOf(facts, context, era),
    winner: winnerOf(verdict),
  };
  const found = findReadings(facts);
  const rungs = SOURCE_IDS.map((source): Rung => {
    const readings = found
      .filter((placed) => placed.reading.source === source)
      .map((placed): LadderReading => ({ reading: placed.reading, ...judge(placed, view) }));
    return { source, rank: rankOf(source, facts), readings, ...summary(readings, source, view) };
  });
  return rungs.sort((one, other) => one.rank - other.rank);
}

/** A profile that nobody named and that belongs to a person stands below the login. */
function rankOf(source: SourceId, facts: Facts): number {
  const definition = SOURCES[source];
  const { selected } = facts.profiles;
  const lower = selected?.by === 'active' && selected.type !== 'oidc_federation';
  return lower && 'lowerRank' in definition ? definition.lowerRank : definition.rank;
}

/** The order in which a row takes over a state from its readings. */
const SALIENCE: readonly State[] = [
  'wins',
  'also-sent',
  'broken',
  'unreadable',
  'unknown',
  'shadowed',
  'ignored',
  'absent',
];

function summary(
  readings: readonly LadderReading[],
  source: SourceId,
  view: View,
): { readonly state: State; readonly reason: Reason } {
  const best = [...readings].sort(
    (one, other) => SALIENCE.indexOf(one.state) - SALIENCE.indexOf(other.state),
  )[0];
  if (best !== undefined) return { state: best.state, reason: best.reason };
  if (source === 'claude-login') {
    const trouble = storeTrouble(view.facts.store.state);
    if (trouble !== null) return trouble;
  }
  return { state: 'absent', reason: { code: 'not-set' } };
}

function storeTrouble(
  state: Facts['store']['state'],
): { readonly state: State; readonly reason: Reason } | null {
  switch (state) {
    case 'read':
    case 'absent':
      return null;
    case 'malformed':
      return { state: 'broken', reason: { code: 'malformed' } };
    case 'denied':
    case 'locked':
    case 'too-large':
    case 'not-a-file':
      return { state: 'unreadable', reason: { code: state } };
    case 'link-loop':
    case 'failed':
      return { state: 'unreadable', reason: { code: 'not-readable' } };
    case 'not-looked-at':
      return { state: 'unknown', reason: { code: 'not-looked-at' } };
  }
}

function judge(placed: PlacedReading, view: View): { readonly state: State; readonly reason: Reason } {
  const sent = sentState(placed, view);
  if (sent !== null) return sent;
  const { flaw } = placed.reading;
  if (flaw !== null) return flawState(flaw, placed, view);
  const barred = barredBy(placed, view);
  if (barred !== null) return { state: 'ignored', reason: { code: barred } };
  const { selected } = view.facts.profiles;
  if (selected !== null && selected.trouble !== null && selected.reading.origin === placed.reading.origin)
    return { state: 'broken', reason: { code: 'profile-unusable' } };
  return unsent(placed, view);
}

function sentState(
  { reading, selectsProvider }: PlacedReading,
  view: View,
): { readonly state: State; readonly reason: Reason } | null {
  const { verdict, winner } = view;
  const slot = [verdict.authorization, verdict.xApiKey].find(
    (filled) => filled?.reading.origin === reading.origin,
  );
  if (slot !== undefined && slot !== null) {
    const state = slot.source === winner?.source ? 'wins' : 'also-sent';
    if (!slot.broken) return { state, reason: { code: 'sent' } };
    return {
      state: 'broken',
      reason: { code: slot.run === null ? 'empty-value' : 'helper-output-unusable' },
    };
  }
  if (selectsProvider !== verdict.provider) return null;
  if (winner?.source === 'cloud-provider') return { state: 'wins', reason: { code: 'selects-provider' } };
  if (verdict.outcome === 'unknown') return { state: 'unknown', reason: { code: 'cannot-be-told' } };
  return { state: 'ignored', reason: { code: 'signing-off' } };
}

function flawState(
  flaw: Flaw,
  placed: PlacedReading,
  view: View,
): { readonly state: State; readonly reason: Reason } {
  switch (flaw) {
    case 'overridden': {
      const by = placed.reading.source;
      return { state: 'shadowed', reason: { code: 'overridden', by } };
    }
    case 'login-stub':
    case 'malformed':
      return { state: 'broken', reason: { code: flaw } };
    case 'denied':
    case 'locked':
    case 'too-large':
    case 'not-a-file':
      return { state: 'unreadable', reason: { code: flaw } };
    case 'unknown-kind':
      return { state: 'unknown', reason: { code: flaw } };
    case 'provider-beaten':
      return { state: 'shadowed', reason: { code: flaw, by: 'cloud-provider' } };
    case 'empty':
    case 'no-inference-scope':
    case 'not-found':
    case 'unknown-type':
    case 'not-selected':
    case 'incomplete':
    case 'not-read':
    case 'other-surface':
    case 'other-shell':
    case 'not-in-this-process':
    case 'provider-off':
      return { state: 'ignored', reason: { code: barredBy(placed, view) ?? flaw } };
  }
}

/** Sources that a bare run takes no notice of. */
const NOT_BARE: ReadonlySet<SourceId> = new Set([
  'oauth-token',
  'profile',
  'federation',
  'claude-login',
  'console-key',
]);
/** Sources that an embedding program keeps back. */
const NOT_HOSTED: ReadonlySet<SourceId> = new Set([
  'claude-login',
  'console-key',
  'api-key-helper',
  'profile',
  'federation',
]);

/** What keeps a usable reading out of the question in this context, before any precedence. */
function barredBy({ reading, layer }: PlacedReading, view: View): ReasonCode | null {
  const { source } = reading;
  const variable = WATCHED.get(reading.origin.name?.replace(/^env\./, '') ?? '');
  if (view.verdict.refuses === 'config-broken') return 'config-broken';
  const { simple, hostManaged, storesKeptBack } = view.standing;
  if (simple && (NOT_BARE.has(source) || (source === 'api-key-helper' && layer !== 'flag')))
    return 'bare-mode';
  if (storesKeptBack && !simple && NOT_HOSTED.has(source)) return 'managed-by-host';
  if (hostManaged && layer !== null && layer !== 'base' && source !== 'api-key-helper')
    return 'managed-by-host';
  if (variable?.kind === 'descriptor') {
    if (layer !== 'base') return 'launch-only';
    if (simple) return 'bare-mode';
  }
  if (layer === 'local-root' && !view.era['root-local-file']) return 'not-known-to-version';
  if ((source === 'profile' || source === 'federation') && !view.era.profiles) return 'not-known-to-version';
  if (source === 'oauth-token' && layer !== null && isProjectLayer(layer) && !projectOauthCounts(view.era)) {
    return 'project-not-allowed';
  }
  return null;
}

const projectOauthCounts = (era: Era): boolean => era['project-oauth-used'] && !era['project-oauth-ignored'];

/** Usable, allowed, and yet not sent. */
function unsent({ reading }: PlacedReading, view: View): { readonly state: State; readonly reason: Reason } {
  const { verdict, winner } = view;
  const { source } = reading;
  if (verdict.unknown === 'cloud-chain' && source !== 'cloud-provider') {
    return { state: 'shadowed', reason: { code: 'outranked', by: 'cloud-provider' } };
  }
  if (verdict.outcome === 'unknown') return { state: 'unknown', reason: { code: 'cannot-be-told' } };
  if (verdict.refuses !== null) return refusedState(verdict.refuses, source, view);
  if (source === 'api-key' && isDeclined(view)) return { state: 'ignored', reason: { code: 'declined' } };
  if (winner !== null) return { state: 'shadowed', reason: { code: 'outranked', by: winner.source } };
  // A request goes out bare: the provider's signing is off and nothing takes its place.
  return { state: 'ignored', reason: { code: 'not-used-by-provider', by: 'cloud-provider' } };
}

function isDeclined(view: View): boolean {
  return (
    view.context.mode === 'interactive' &&
    effective(view.facts.layers, API_KEY)?.entry.approval === 'rejected'
  );
}

function refusedState(
  refusal: Refusal,
  source: SourceId,
  view: View,
): { readonly state: State; readonly reason: Reason } {
  switch (refusal) {
    case 'policy': {
      if (view.verdict.gate !== 'gate/policy') return { state: 'ignored', reason: { code: 'policy' } };
      const forbidden = source === 'api-key' || source === 'auth-token' || source === 'api-key-helper';
      return forbidden
        ? { state: 'ignored', reason: { code: 'policy' } }
        : { state: 'shadowed', reason: { code: 'outranked', by: blockingSource(view) } };
    }
    case 'profile-expired':
      return source === 'profile'
        ? { state: 'broken', reason: { code: 'profile-ended' } }
        : { state: 'shadowed', reason: { code: 'outranked', by: 'profile' } };
    case 'profile-unusable':
      return source === 'profile'
        ? { state: 'broken', reason: { code: 'profile-unusable' } }
        : { state: 'shadowed', reason: { code: 'outranked', by: 'profile' } };
    case 'helper-unusable':
      return source === 'api-key-helper'
        ? { state: 'broken', reason: { code: 'helper-output-unusable' } }
        : { state: 'shadowed', reason: { code: 'outranked', by: 'api-key-helper' } };
    case 'folder-not-trusted':
      return { state: 'ignored', reason: { code: 'not-trusted' } };
    case 'config-broken':
      return { state: 'ignored', reason: { code: 'config-broken' } };
    case 'unsupported':
      return { state: 'ignored', reason: { code: 'not-known-to-version' } };
    case 'not-logged-in':
      return source === 'api-key' && isDeclined(view)
        ? { state: 'ignored', reason: { code: 'declined' } }
        : { state: 'ignored', reason: { code: 'not-used-by-provider' } };
  }
}

/** The highest of the sources that a policy forbids and that is there. */
function blockingSource(view: View): SourceId {
  const there = findReadings(view.facts).filter(({ reading }) => reading.flaw === null);
  const order: readonly SourceId[] = ['auth-token', 'api-key', 'api-key-helper'];
  return order.find((source) => there.some(({ reading }) => reading.source === source)) ?? 'api-key';
}
