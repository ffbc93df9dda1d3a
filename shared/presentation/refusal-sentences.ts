import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { standingOf } from '../core/rules/standing.ts';
import { eraOf } from '../core/rules/versions.ts';
import { effective } from '../core/settings/effective.ts';
import { API_KEY } from '../core/sources/api-key.ts';
import { SIMPLE } from '../core/sources/steering.ts';
import type { Question, Refusal, Unknown, Verdict } from '../core/verdict.ts';
import { brokenConfigPhrase } from './broken-config.ts';
import { ENVIRONMENT_LABELS, originPhrase, readingPhrase } from './origin-label.ts';
import { printable } from './printable.ts';
import { sentence } from './sentence-case.ts';
import { shortPath } from './short-path.ts';
import { PROVIDER_NAMES } from './source-label.ts';

/** What is said when nothing is simply sent. */
export interface Obstacle {
  /** One sentence: what the answer is. */
  readonly headline: string;
  /** One sentence: what a person can do. */
  readonly advice: string;
  /** The words that Claude Code itself shows then, where they are known. */
  readonly shown: string | null;
}

interface View {
  readonly facts: Facts;
  readonly context: Context;
  readonly verdict: Verdict;
}

/** Why nothing is sent yet, or not at all, or nobody can tell; `null` when something is sent. */
export function obstacleOf(verdict: Verdict, facts: Facts, context: Context): Obstacle | null {
  const view: View = { facts, context, verdict };
  if (verdict.asks !== null) return QUESTIONS[verdict.asks](view);
  if (verdict.refuses !== null) return REFUSALS[verdict.refuses](view);
  return verdict.unknown === null ? null : UNKNOWNS[verdict.unknown](view);
}

type Say = (view: View) => Obstacle;

/** The question in a clause, for “Claude Code asks first …”. */
export function questionClause(question: Question, facts: Facts): string {
  return question === 'folder-trust'
    ? 'whether you trust this folder'
    : `whether it may use the API key${keyPlace(facts)}`;
}

const QUESTIONS: { readonly [Asked in Question]: Say } = {
  'folder-trust': ({ facts }) => ({
    headline: 'Claude Code asks first whether you trust this folder.',
    advice: isHome(facts)
      ? 'It asks each time, because it never keeps trust for the home folder.'
      : 'Start it here once and answer; nothing is sent before.',
    shown: null,
  }),
  'api-key-approval': ({ facts }) => ({
    headline: sentence(`Claude Code asks first ${questionClause('api-key-approval', facts)}`),
    advice: 'Start it here once and answer; it remembers the answer for this key.',
    shown: null,
  }),
};

const REFUSALS: { readonly [Reason in Refusal]: Say } = {
  'not-logged-in': notLoggedIn,
  'profile-expired': ({ facts }) => {
    const { selected } = facts.profiles;
    const name = selected === null ? 'The profile' : `The profile “${printable(selected.name, 32)}”`;
    return {
      headline: `Nothing is sent: ${name.replace('The', 'the')} has ended.`,
      advice:
        'Sign in to the profile again with the program that made it; Claude Code does not fall back to another credential.',
      shown: 'Anthropic profile login expired',
    };
  },
  'helper-unusable': () => ({
    headline: 'Nothing is sent: the API key helper’s output is not usable.',
    advice: 'Let the helper print the key alone, on one line.',
    shown: null,
  }),
  policy: ({ facts }) => ({
    headline:
      'Claude Code refuses to start: managed settings say how to log in, and a key, token or helper is set.',
    advice:
      facts.policy === null
        ? 'Remove the key, token or helper, or ask your administrator.'
        : sentence(
            `remove the key, token or helper, or ask your administrator about ${facts.policy.key} in ${originPhrase(facts.policy.origin, facts.place)}`,
          ),
    shown: 'This machine’s managed settings require a first-party login',
  }),
  'folder-not-trusted': () => ({
    headline: 'Nothing is sent: the folder is not trusted.',
    advice: 'Start Claude Code in a folder that you trust.',
    shown: null,
  }),
  'config-broken': ({ facts, verdict }) => {
    const managed = verdict.gate === 'gate/managed-settings-broken';
    return {
      headline: sentence(`Claude Code does not start: ${brokenConfigPhrase(facts, verdict)}`),
      advice: managed
        ? 'Ask your administrator to repair that file.'
        : sentence(
            `repair that file, or put back a copy from ${shortPath(`${facts.place.configFolder}${facts.place.platform === 'win32' ? '\\' : '/'}backups`, facts.place)}`,
          ),
      shown: managed ? null : 'Configuration error',
    };
  },
  unsupported: ({ context }) => ({
    headline: `Nothing is sent: Claude Code ${printable(context.claudeCode.version, 24)} does not know bare mode.`,
    advice: 'Update Claude Code, or leave --bare out.',
    shown: null,
  }),
};

function notLoggedIn({ facts, context }: View): Obstacle {
  const shown = 'Not logged in · Please run /login';
  const { simple, storesKeptBack } = standingOf(facts, context, eraOf(context.claudeCode.version, 'older'));
  if (simple) {
    const who = context.mode === 'bare' ? 'bare runs use' : `with ${SIMPLE} on, Claude Code uses`;
    return {
      headline: `Nothing is sent: ${who} no login, and no other credential counts here.`,
      advice: 'Set an API key or an auth token, or name a helper with --settings.',
      shown,
    };
  }
  if (storesKeptBack) {
    return {
      headline:
        'Nothing is sent: the program that starts Claude Code manages the credentials and gives none.',
      advice: 'Start Claude Code without that program, or let the program give a credential.',
      shown,
    };
  }
  return {
    headline: 'Nothing is sent: you are not logged in.',
    advice: 'Log in with “claude auth login”.',
    shown,
  };
}

const UNKNOWNS: { readonly [Reason in Unknown]: Say } = {
  'store-not-readable': ({ facts }) => ({
    headline: sentence(
      `what is sent cannot be told: the login in ${storeName(facts)} ${storeTrouble(facts)}`,
    ),
    advice:
      facts.store.state === 'locked'
        ? 'Unlock the Keychain and look again.'
        : 'Look at that file as the user that Claude Code runs as.',
    shown: null,
  }),
  'keychain-not-looked-at': () => ({
    headline: 'What is sent cannot be told: the Keychain has not been looked at.',
    advice: 'Look again where the Keychain can be reached.',
    shown: null,
  }),
  'cloud-chain': ({ verdict }) => {
    const name = PROVIDER_NAMES[verdict.provider];
    return {
      headline: `What is sent cannot be told: no credential for ${name} was found.`,
      advice: `Other parts of its default chain, such as a metadata service, could still give one; sign in to the cloud behind ${name} if none does.`,
      shown: null,
    };
  },
  'other-surface': () => ({
    headline: 'What is sent in a container can only be told inside it.',
    advice: 'Run credence in the container.',
    shown: null,
  }),
  'claude-json-not-readable': ({ facts }) => ({
    headline: sentence(
      `what is sent cannot be told: ${shortPath(facts.claudeJson.path, facts.place)} could not be read`,
    ),
    advice: 'Look at that file as the user that Claude Code runs as.',
    shown: null,
  }),
};

/** Where the login is kept. */
function storeName({ store, place }: Facts): string {
  return originPhrase({ kind: store.kind, ...(store.path === null ? {} : { path: store.path }) }, place);
}

function storeTrouble({ store }: Facts): string {
  switch (store.state) {
    case 'denied':
      return 'may not be read by this user';
    case 'locked':
      return 'is locked';
    case 'too-large':
      return 'is too large to be read';
    case 'not-a-file':
      return 'is not a file';
    case 'link-loop':
      return 'is a link that leads in a circle';
    case 'failed':
    case 'malformed':
    case 'not-looked-at':
    case 'absent':
    case 'read':
      return 'could not be read';
  }
}

/** “ from ~/.zshrc:42”: where the key stands that is asked about. */
function keyPlace(facts: Facts): string {
  const entry = effective(facts.layers, API_KEY)?.entry;
  if (entry === undefined) return '';
  const { origin, likelyFrom } = entry;
  const reading = { source: 'api-key' as const, origin, fingerprint: null, flaw: null };
  return ` from ${readingPhrase(likelyFrom === undefined ? reading : { ...reading, likelyFrom }, facts)}`;
}

/** The folder that trust is never kept for. */
export function isHome({ place }: Facts): boolean {
  return place.home !== null && (place.realFolder === place.home || place.folder === place.home);
}

/** What the environment is called on this surface. */
export function environmentName({ place }: Facts): string {
  return ENVIRONMENT_LABELS[place.surface];
}
