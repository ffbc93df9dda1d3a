import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import type { Reason, ReasonCode } from '../core/ladder.ts';
import { CLOUD_PROVIDERS } from '../core/provider.ts';
import type { Reading } from '../core/reading.ts';
import { isKnown } from '../core/rules/situation.ts';
import { eraOf } from '../core/rules/versions.ts';
import { answeredVerdict, winnerOf } from '../core/settle-ladder.ts';
import { effective } from '../core/settings/effective.ts';
import type { SourceId } from '../core/source-id.ts';
import { AUTH_TOKEN } from '../core/sources/auth-token.ts';
import { GATEWAY_SWITCH, PROVIDER_SWITCHES } from '../core/sources/cloud-provider.ts';
import { FEDERATION_ORGANISATION, FEDERATION_RULE } from '../core/sources/federation.ts';
import { BASE_URL, SIMPLE } from '../core/sources/steering.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import { brokenConfigPhrase } from './broken-config.ts';
import { failingClause } from './failing-clause.ts';
import { profileTroubleClause } from './profile-trouble.ts';
import { helperProblem } from './helper-problems.ts';
import { originPhrase, originName } from './origin-label.ts';
import { printable } from './printable.ts';
import { sentence } from './sentence-case.ts';
import { PROVIDER_NAMES, sourcePhrase, sourceTitle } from './source-label.ts';

/** What a reason’s sentence may need. */
export interface ReasonView {
  readonly source: SourceId;
  /** `null`: the sentence is for a whole row that holds no reading. */
  readonly reading: Reading | null;
  readonly facts: Facts;
  readonly context: Context;
  readonly verdict: Verdict;
}

/** Why a reading, or a row of the ladder, is in its state: one sentence or two. */
export function reasonSentence(reason: Reason, view: ReasonView): string {
  return sentence(reasonClause(reason, view));
}

/** The same to go on with behind a colon. */
export function reasonClause(reason: Reason, view: ReasonView): string {
  return CLAUSES[reason.code](view, reason);
}

type Say = (view: ReasonView, reason: Reason) => string;

/** One clause per code; a mapped type, so forgetting one does not compile. */
const CLAUSES: { readonly [Code in ReasonCode]: Say } = {
  sent,
  'selects-provider': (view) => `it switches Claude Code to ${providerOf(view)}`,
  outranked,
  overridden,
  empty: ({ source }) =>
    source === 'api-key-helper'
      ? 'the setting is empty, which means no helper'
      : 'it is set, but its value is empty or white space',
  'bare-mode': bareMode,
  'managed-by-host': () =>
    'the program that starts Claude Code manages the credentials and keeps this one from being used',
  'project-not-allowed': ({ context }) =>
    `Claude Code ${version(context)} does not take it from a folder’s own settings`,
  'launch-only': () =>
    'only the environment that Claude Code is started with can give it, not a settings file',
  declined: () => 'it was declined when Claude Code asked, and interactive sessions pass over it since then',
  'not-known-to-version': notKnown,
  policy: ({ facts, verdict }) =>
    POLICY_REASONS[answeredVerdict(verdict).gate ?? ''] ??
    `managed settings say how to log in${facts.policy === null ? '' : ` (${facts.policy.key})`}, so Claude Code refuses to start with it`,
  'config-broken': ({ facts, verdict }) => {
    const failing = failingClause({ facts, verdict: answeredVerdict(verdict) });
    return failing === null
      ? `Claude Code stops before it looks at it: ${brokenConfigPhrase(facts, verdict)}`
      : `the request fails: ${failing}`;
  },
  'not-trusted': () => 'the folder is not trusted, so nothing is sent',
  'no-inference-scope': () => 'this login does not include the permission that model requests need',
  'not-selected': ({ facts }) => {
    const { selected } = facts.profiles;
    return selected?.reading.flaw === null
      ? `the profile “${printable(selected.name, 32)}” is selected instead`
      : 'it is neither named by a variable nor the active profile';
  },
  incomplete: ({ source }) =>
    source === 'federation'
      ? `${FEDERATION_RULE} counts only together with ${FEDERATION_ORGANISATION}, which is not set`
      : 'it counts only together with another variable, which is not set',
  'not-read': () => 'Claude Code does not read this file itself',
  'other-surface': otherSurface,
  'other-shell': () => 'it stands in a start-up file of another shell, and not in this environment',
  'not-in-this-process': ({ reading }) =>
    reading?.origin.kind === 'login-shell'
      ? 'this environment does not have it; a new terminal may'
      : 'this environment does not have it; one that is started anew may',
  'provider-off': () => 'its provider is not switched on',
  'provider-beaten': () => 'the switch of another provider comes first',
  'signing-off': (view) =>
    answeredVerdict(view.verdict).provider === 'gateway'
      ? 'it switches Claude Code to the gateway, which gets the auth token'
      : // True whether signing is off, nothing was found to sign with, or nothing is sent at all.
        `it switches Claude Code to ${providerOf(view)}, but no credential of its own is sent there`,
  'not-found': ({ source }) =>
    source === 'profile' ? 'no complete profile of this name was found' : 'it is named, but it is not there',
  'unknown-type': () => 'its type is not one that Claude Code knows, so it is skipped',
  'not-used-by-provider': (view, { by }) =>
    withoutIdentity(view) ??
    idleSwitch(view) ??
    (by === undefined
      ? 'Claude Code has no use for it here'
      : `requests to ${providerOf(view)} do not use it`),
  'helper-output-unusable': helperUnusable,
  'empty-value': ({ context }) =>
    `it has no value, and Claude Code ${version(context)} sends it all the same`,
  'login-stub': () => 'this is what is left of a login: there is no token in it',
  malformed: () => 'its file could not be understood',
  'profile-ended': () => 'its login has ended and does not renew itself',
  'profile-unusable': ({ facts }) => profileTroubleClause(facts),
  denied: () => 'this user may not read it',
  locked: () => 'the Keychain is locked',
  'too-large': () => 'the file is too large to be read',
  'not-a-file': () => 'it could not be read as a file',
  'not-readable': () => 'it could not be read',
  'not-looked-at': () => 'it has not been looked at',
  'unknown-kind': () =>
    'the store has an entry of a kind that is not known; if it is a gateway session, it comes before everything else',
  'cannot-be-told': () => 'whether it is used cannot be told',
  'not-set': ({ source }) => NOT_SET[source],
};

const OTHER_VERSION = 'managed settings demand another version of Claude Code, so this one does not start';
const GATEWAY_DEMANDED = 'managed settings demand a sign-in to a gateway, so it is not used';
const POLICY_REASONS: Readonly<Record<string, string>> = {
  'gate/gateway-policy': GATEWAY_DEMANDED,
  'gate/version-too-old': OTHER_VERSION,
  'gate/version-too-new': OTHER_VERSION,
  'gate/policy-helper-missing':
    'managed settings name a program for policies that cannot be started, so Claude Code does not start',
  'gate/organisation-misconfigured':
    'managed settings demand an organisation without naming one, so no login is used',
  'gate/provider-not-allowed': 'managed settings do not allow the provider or address that it would go to',
};

/** What “not set” means, by source. */
const NOT_SET: Readonly<Record<SourceId, string>> = {
  'gateway-session': 'no gateway session was found',
  'cloud-provider': 'no cloud provider is switched on',
  'custom-headers': 'no custom header carries a credential',
  'auth-token': 'it is not set',
  'api-key': 'it is not set',
  'api-key-helper': 'no settings file names a helper',
  'oauth-token': 'it is not set',
  profile: 'no profile was found',
  federation: 'it is not set',
  'claude-login': 'no Claude login was found',
  'console-key': 'no Console key was found',
  'base-url-login': 'no base URL holds a user and a password',
};

function sent({ source, reading, verdict }: ReasonView): string {
  const { authorization, xApiKey } = answeredVerdict(verdict);
  const fills = (slot: Slot | null): boolean =>
    slot?.source === source && (reading === null || slot.reading.origin === reading.origin);
  const headers = [fills(authorization) ? 'Authorization' : null, fills(xApiKey) ? 'x-api-key' : null].filter(
    (header) => header !== null,
  );
  const first = verdict.outcome === 'asks' ? 'after a yes ' : '';
  const what = source === 'api-key-helper' ? 'its output' : 'it';
  return `${first}${what} is sent${headers.length === 0 ? '' : ` in ${headers.join(' and ')}`}`;
}

function outranked(view: ReasonView, { by }: Reason): string {
  const { source, facts, verdict } = view;
  const idle = idleSwitch(view);
  if (idle !== null) return idle;
  if (by === undefined) return 'something else comes first';
  const answered = answeredVerdict(verdict);
  if (answered.gate === 'gate/gateway-policy') return GATEWAY_DEMANDED;
  const other = by === source ? another(by) : sourcePhrase(by, facts);
  if (answered.outcome !== 'sends') return `${other} comes first`;
  return winnerOf(answered)?.broken === true
    ? `${other} comes first, although what it gives is not usable`
    : `${other} is used instead`;
}

const another = (source: SourceId): string =>
  source === 'cloud-provider'
    ? 'another cloud credential'
    : `another ${sourceTitle(source).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`;

/** Federation that lacks its token fails, and lets nothing below it through. */
function withoutIdentity({ source, verdict }: ReasonView): string | null {
  if (answeredVerdict(verdict).gate !== 'gate/federation-without-token') return null;
  return source === 'federation'
    ? 'it needs an identity token as well, and none is set'
    : 'federation comes first, and it has no identity token';
}

/** Why a switch that is on selects nothing; `null` for what is no switch. */
function idleSwitch({ reading, context, verdict }: ReasonView): string | null {
  const name = reading === null ? null : originName(reading.origin);
  const era = eraOf(context.claudeCode.version, 'older');
  const { provider } = answeredVerdict(verdict);
  if (name === GATEWAY_SWITCH) {
    return era.gateway
      ? `it counts only together with ${BASE_URL} and ${AUTH_TOKEN}`
      : `Claude Code ${version(context)} does not know this switch`;
  }
  const own = CLOUD_PROVIDERS.find((id) => PROVIDER_SWITCHES[id] === name);
  if (own === undefined) return null;
  if (!isKnown(own, era)) return `Claude Code ${version(context)} does not know this switch`;
  return provider === own || provider === 'firstParty'
    ? null
    : `the switch of ${PROVIDER_NAMES[provider]} comes first`;
}

/** The highest place that sets the same; it is above this one, or this one would not be overridden. */
function overridden({ source, reading, facts }: ReasonView): string {
  const name = reading === null ? null : originName(reading.origin);
  const origin =
    source === 'api-key-helper'
      ? facts.helpers.at(-1)?.origin
      : effective(facts.layers, name ?? '')?.entry.origin;
  if (origin === undefined || origin === reading?.origin) return 'a place of higher rank sets the same';
  return `${originPhrase(origin, facts.place)} sets the same and ranks higher`;
}

function bareMode({ source, context }: ReasonView): string {
  const only = source === 'api-key-helper' ? ' a helper unless --settings names it' : ' it';
  return context.mode === 'bare'
    ? `bare runs take no notice of${only}`
    : `${SIMPLE} is on, and then Claude Code takes no notice of${only}`;
}

function notKnown({ source, context, verdict }: ReasonView): string {
  const program = `Claude Code ${version(context)}`;
  const { refuses, gate } = answeredVerdict(verdict);
  if (refuses === 'unsupported') {
    return gate === 'gate/mode-not-known'
      ? `${program} does not know bare mode`
      : `${program} fails before it is looked at`;
  }
  const profiles = source === 'profile' || source === 'federation';
  if (profiles && !eraOf(context.claudeCode.version, 'older').profiles)
    return `${program} does not know Anthropic profiles`;
  return `${program} reads local settings in the start folder only`;
}

function otherSurface({ reading }: ReasonView): string {
  const kind = reading?.origin.kind;
  if (kind === 'vscode') return 'it reaches Claude Code only inside the editor';
  if (kind === 'login-shell') return 'only a terminal’s shell reads it';
  return 'Claude Code does not get it when it is started like this';
}

function helperUnusable({ facts, verdict }: ReasonView): string {
  const answered = answeredVerdict(verdict);
  const run = facts.helpers.find((helper) => helper.run !== null)?.run;
  const problem = helperProblem(run?.ok === false ? run.problem : undefined);
  const then = answered.outcome === 'sends' ? 'nothing usable goes out in its place' : 'the request fails';
  return `it ${problem}, so ${then}`;
}

function providerOf({ verdict }: ReasonView): string {
  const { provider } = answeredVerdict(verdict);
  return provider === 'firstParty' ? 'a cloud provider' : PROVIDER_NAMES[provider];
}

const version = ({ claudeCode }: Context): string => printable(claudeCode.version, 24);
