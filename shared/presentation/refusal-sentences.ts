import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { effective } from '../core/settings/effective.ts';
import { API_KEY } from '../core/sources/api-key.ts';
import type { Question, Unknown, Verdict } from '../core/verdict.ts';
import { originPhrase, readingPhrase } from './origin-label.ts';
import { refusalWords, type RefusalView } from './refusals.ts';
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

/** Why nothing is sent yet, or not at all, or nobody can tell; `null` when something is sent. */
export function obstacleOf(verdict: Verdict, facts: Facts, context: Context): Obstacle | null {
  const view: RefusalView = { facts, context, verdict };
  if (verdict.asks !== null) return QUESTIONS[verdict.asks](view);
  if (verdict.refuses !== null) {
    const { headline, advice, shown } = refusalWords(view);
    return { headline, advice, shown };
  }
  return verdict.unknown === null ? null : UNKNOWNS[verdict.unknown](view);
}

type Say = (view: RefusalView) => Obstacle;

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
  'organisation-not-verified': () => ({
    headline: 'What is sent cannot be told: managed settings demand an organisation.',
    advice:
      'Claude Code asks the server whether the login belongs to it, and refuses to start where it does not or where nobody answers.',
    shown: null,
  }),
  'policy-helper': () => ({
    headline: 'What is sent cannot be told: a program gives more managed settings.',
    advice: 'Credence does not run that program; ask your administrator what it gives.',
    shown: null,
  }),
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
