import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { blockingPolicy } from '../core/policy.ts';
import { standingOf } from '../core/rules/standing.ts';
import { eraOf } from '../core/rules/versions.ts';
import { API_KEY } from '../core/sources/api-key.ts';
import {
  ANTHROPIC_AWS_WORKSPACE,
  ANTHROPIC_GOOGLE_PROJECT,
  ANTHROPIC_GOOGLE_WORKSPACE,
  PROVIDER_BASE_URLS,
  VERTEX_PROJECT,
} from '../core/sources/cloud-provider.ts';
import { FEDERATION_TOKEN, FEDERATION_TOKEN_FILE } from '../core/sources/federation.ts';
import { CUSTOM_HEADERS } from '../core/sources/custom-headers.ts';
import { BASE_URL, SIMPLE } from '../core/sources/steering.ts';
import type { Verdict } from '../core/verdict.ts';
import { brokenConfigPhrase } from './broken-config.ts';
import { failingClause } from './failing-clause.ts';
import { originPhrase } from './origin-label.ts';
import { printable } from './printable.ts';
import { PROFILE_ADVICE, profileName, profileTroubleClause } from './profile-trouble.ts';
import { gateEvidence } from './rule-evidence.ts';
import { sentence } from './sentence-case.ts';
import { shortPath } from './short-path.ts';

/** Why nothing is sent. */
export interface RefusalWords {
  /** The answer: a sentence. */
  readonly headline: string;
  /** The same behind “after a yes”: a clause. */
  readonly clause: string;
  /** What a person can do: a sentence. */
  readonly advice: string;
  /** The words that Claude Code itself shows then, where they are known. */
  readonly shown: string | null;
}

export interface RefusalView {
  readonly facts: Facts;
  readonly context: Context;
  readonly verdict: Verdict;
}

/**
 * What is said about a refusal. Several gates share a refusal code, so the words go by the gate; one without words of its own
 * speaks through its rule.
 */
export function refusalWords(view: RefusalView): RefusalWords {
  const gate = view.verdict.gate ?? '';
  return WORDS.get(gate)?.(view) ?? unworded(gate);
}

/** The gates that have words; for the test that looks for those without. */
export function wordedGates(): readonly string[] {
  return [...WORDS.keys()];
}

function unworded(gate: string): RefusalWords {
  return {
    headline: gateEvidence(gate)?.says ?? 'Nothing is sent.',
    clause: 'it sends nothing',
    advice: 'See “credence explain”.',
    shown: null,
  };
}

const WORDS: ReadonlyMap<string, (view: RefusalView) => RefusalWords> = new Map([
  [
    'gate/mode-not-known',
    ({ context }) => ({
      headline: `Nothing is sent: Claude Code ${version(context)} does not know bare mode.`,
      clause: 'it sends nothing, because it does not know bare mode',
      advice: 'Update Claude Code, or leave --bare out.',
      shown: null,
    }),
  ],
  [
    'gate/config-broken',
    (view) => ({
      ...notStarting(view),
      advice: sentence(`repair that file, or put back a copy from ${backups(view.facts)}`),
      shown: 'Configuration error',
    }),
  ],
  [
    'gate/managed-settings-broken',
    (view) => ({ ...notStarting(view), advice: 'Ask your administrator to repair that file.', shown: null }),
  ],
  [
    'gate/settings-flag',
    (view) => ({
      ...notStarting(view),
      advice: 'Give --settings valid JSON, or the path of a file that can be read.',
      shown: null,
    }),
  ],
  [
    'gate/settings-flag-sandbox',
    (view) => ({
      ...notStarting(view),
      advice: 'Take sandbox out of what --settings gives, or give it the form that Claude Code documents.',
      shown: 'These settings files did not load',
    }),
  ],
  [
    'gate/folder-trust',
    () => ({
      headline: 'Nothing is sent: the folder is not trusted.',
      clause: 'it sends nothing',
      advice: 'Start Claude Code in a folder that you trust.',
      shown: null,
    }),
  ],
  ['gate/policy', policy],
  ['gate/version-too-old', versionNotAllowed],
  ['gate/version-too-new', versionNotAllowed],
  ['gate/provider-not-allowed', providerNotAllowed],
  [
    'gate/policy-helper-missing',
    (view) => ({
      headline:
        'Claude Code does not start: managed settings name a program for policies that cannot be started.',
      clause: 'it does not start, because managed settings name a program that cannot be started',
      advice: sentence(askAdministrator(view)),
      shown: 'policyHelper failed',
    }),
  ],
  [
    'gate/organisation-misconfigured',
    (view) => ({
      headline:
        'Nothing is sent: managed settings demand an organisation without naming one, so no login is used.',
      clause: 'it sends nothing, because managed settings demand an organisation without naming one',
      advice: sentence(askAdministrator(view)),
      shown: null,
    }),
  ],
  [
    'gate/gateway-policy',
    (view) => ({
      headline: 'Nothing is sent: managed settings demand a sign-in to a gateway.',
      clause: 'it sends nothing, because managed settings demand a sign-in to a gateway',
      advice: sentence(`sign in to the gateway with Claude Code, or ${askAdministrator(view)}`),
      shown: null,
    }),
  ],
  [
    'gate/headers-unusable',
    (view) => ({
      headline: sentence(`nothing is sent: ${failingClause(view) ?? ''}`),
      clause: 'its requests fail, because of the custom headers',
      advice: `Give ${CUSTOM_HEADERS} one “Name: value” per line, without blanks in the names.`,
      shown: 'Invalid ANTHROPIC_CUSTOM_HEADERS',
    }),
  ],
  [
    'gate/base-url-unusable',
    (view) => ({
      headline: sentence(`nothing is sent: ${failingClause(view) ?? ''}`),
      clause: 'its requests fail, because the base URL is no address for them',
      advice: `Set ${BASE_URL} to an address that begins with https:// or http://, or remove it.`,
      shown: 'Invalid URL',
    }),
  ],
  [
    'gate/value-not-sendable',
    (view) => ({
      headline: sentence(`nothing is sent: ${failingClause(view) ?? ''}`),
      clause: 'its requests fail, because a credential holds a character that no header can carry',
      advice: 'Set it anew, without line ends and other characters that cannot be typed.',
      shown: null,
    }),
  ],
  [
    'gate/blank-key',
    ({ context }) => ({
      headline: `Nothing is sent: the API key is nothing but white space, and Claude Code ${version(context)} takes it for a key all the same.`,
      clause: 'it sends nothing, because the API key is nothing but white space',
      advice: `Remove ${API_KEY} where it is set, or update Claude Code.`,
      shown: 'Invalid API key',
    }),
  ],
  [
    'gate/helper-unusable',
    () => ({
      headline: 'Nothing is sent: the API key helper’s output is not usable.',
      clause: 'it sends nothing, because the helper’s output is not usable',
      advice: 'Let the helper print the key alone, on one line.',
      shown: null,
    }),
  ],
  [
    'gate/foundry-signing-off',
    ({ context }) => ({
      headline: `Nothing is sent: Claude Code ${version(context)} fails when Azure’s authentication is switched off and Foundry’s own key is not set.`,
      clause: 'it sends nothing, because Azure’s authentication is switched off',
      advice: 'Set Foundry’s own key, or switch Azure’s authentication on again.',
      shown: null,
    }),
  ],
  [
    'gate/platform-without-workspace',
    () => ({
      headline: 'Nothing is sent: Claude Platform on AWS needs the id of a workspace, and none is set.',
      clause: 'it sends nothing, because no workspace is set for Claude Platform on AWS',
      advice: `Set ${ANTHROPIC_AWS_WORKSPACE}.`,
      shown: 'No workspace ID found',
    }),
  ],
  [
    'gate/vertex-without-project',
    () => ({
      headline: 'Nothing is sent: with Google’s signing off the project has to be named, and none is.',
      clause: 'it sends nothing, because no Google Cloud project is named',
      advice: `Set ${VERTEX_PROJECT}.`,
      shown: 'No projectId was given',
    }),
  ],
  [
    'gate/google-platform-without-project',
    () => ({
      headline:
        'Nothing is sent: with Google’s signing off Claude Platform on Google Cloud needs a project and a workspace, and they are not set.',
      clause:
        'it sends nothing, because no project and workspace are set for Claude Platform on Google Cloud',
      advice: `Set ${ANTHROPIC_GOOGLE_PROJECT} and ${ANTHROPIC_GOOGLE_WORKSPACE}, or ${PROVIDER_BASE_URLS.anthropicGoogleCloud}.`,
      shown: 'No project was given',
    }),
  ],
  [
    'gate/federation-without-token',
    () => ({
      headline: 'Nothing is sent: federation needs an identity token, and none is set.',
      clause: 'it sends nothing, because federation needs an identity token',
      advice: `Set ${FEDERATION_TOKEN} or ${FEDERATION_TOKEN_FILE}, or take the federation variables away.`,
      shown: null,
    }),
  ],
  ['gate/profile-expired', profileExpired],
  [
    'gate/profile-unusable',
    ({ facts }) => ({
      headline: sentence(`nothing is sent: ${profileTroubleClause(facts)}`),
      clause: 'it sends nothing, because the profile cannot be used',
      advice: sentence(PROFILE_ADVICE[facts.profiles.selected?.trouble ?? 'no-token']),
      shown: null,
    }),
  ],
  [
    'gate/login-scopes',
    (view) => ({
      headline: sentence(`nothing is sent: ${failingClause(view) ?? ''}`),
      clause: 'its requests fail, because the stored login is damaged',
      advice: 'Log in again with “claude auth login”.',
      shown: 'oauthScopes?.includes is not a function',
    }),
  ],
  ['gate/not-logged-in', notLoggedIn],
]);

function notStarting({ facts, verdict }: RefusalView): Pick<RefusalWords, 'headline' | 'clause'> {
  return {
    headline: sentence(`Claude Code does not start: ${brokenConfigPhrase(facts, verdict)}`),
    clause: 'it does not start',
  };
}

/** Where Claude Code keeps copies of `.claude.json`. */
function backups({ place }: Facts): string {
  const separator = place.platform === 'win32' ? '\\' : '/';
  return shortPath(`${place.configFolder}${separator}backups`, place);
}

function askAdministrator({ facts, verdict }: RefusalView): string {
  const policy = blockingPolicy(facts, verdict);
  const about = policy === null ? '' : ` about ${policy.key} in ${originPhrase(policy.origin, facts.place)}`;
  return `ask your administrator${about}`;
}

function versionNotAllowed(view: RefusalView): RefusalWords {
  const newer = view.verdict.gate === 'gate/version-too-old';
  return {
    headline: `Claude Code ${version(view.context)} does not start: managed settings demand ${newer ? 'a newer' : 'an older'} version.`,
    clause: `it does not start, because managed settings demand ${newer ? 'a newer' : 'an older'} version`,
    advice: sentence(
      `${newer ? 'update Claude Code' : 'install an older version'}, or ${askAdministrator(view)}`,
    ),
    shown: null,
  };
}

function providerNotAllowed(view: RefusalView): RefusalWords {
  return {
    headline:
      'Claude Code refuses to start: managed settings do not allow the provider or address it would ask.',
    clause: 'it refuses to start, because managed settings do not allow this provider or address',
    advice: sentence(`use a provider that is allowed, or ${askAdministrator(view)}`),
    shown: 'Your organization’s managed settings allow Claude Code to use',
  };
}

function policy(view: RefusalView): RefusalWords {
  return {
    headline:
      'Claude Code refuses to start: managed settings say how to log in, and a key, token or helper is set.',
    clause: 'it refuses to start, because managed settings say how to log in',
    advice: sentence(`remove the key, token or helper, or ${askAdministrator(view)}`),
    shown: 'This machine’s managed settings require a first-party login',
  };
}

function profileExpired({ facts }: RefusalView): RefusalWords {
  const name = profileName(facts);
  return {
    headline: `Nothing is sent: ${name} has ended.`,
    clause: 'it sends nothing, because the profile has ended',
    advice:
      'Sign in to the profile again with the program that made it; Claude Code does not fall back to another credential.',
    shown: 'Anthropic profile login expired',
  };
}

function notLoggedIn({ facts, context }: RefusalView): RefusalWords {
  const shown = 'Not logged in · Please run /login';
  const { simple, storesKeptBack } = standingOf(facts, context, eraOf(context.claudeCode.version, 'older'));
  if (simple) {
    const who = context.mode === 'bare' ? 'bare runs use' : `with ${SIMPLE} on, Claude Code uses`;
    return {
      headline: `Nothing is sent: ${who} no login, and no other credential counts here.`,
      clause: 'it sends nothing, because no login counts here',
      advice: 'Set an API key or an auth token, or name a helper with --settings.',
      shown,
    };
  }
  if (storesKeptBack) {
    return {
      headline:
        'Nothing is sent: the program that starts Claude Code manages the credentials and gives none.',
      clause: 'it sends nothing, because the program that starts it gives no credential',
      advice: 'Start Claude Code without that program, or let the program give a credential.',
      shown,
    };
  }
  return {
    headline: 'Nothing is sent: you are not logged in.',
    clause: 'it sends nothing, because you are not logged in',
    advice: 'Log in with “claude auth login”.',
    shown,
  };
}

const version = ({ claudeCode }: Context): string => printable(claudeCode.version, 24);
