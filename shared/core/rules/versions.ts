/**
 * Changes in Claude Code that change an answer. Each was seen between two recordings: the older one still had the old answer,
 * the newer one had the new. `documented` is the exact version where documentation names one.
 */
export interface Change {
  readonly after: string;
  readonly by: string;
  readonly documented?: string;
  /** What is new, in one sentence. */
  readonly says: string;
}

export const CHANGES = {
  'project-oauth-used': {
    after: '2.1.73',
    by: '2.1.104',
    says: 'An OAuth token in project or local settings is used.',
  },
  'project-oauth-ignored': {
    after: '2.1.308',
    by: '2.1.328',
    says: 'An OAuth token in project or local settings is ignored.',
  },
  'root-local-file': {
    after: '2.1.210',
    by: '2.1.221',
    documented: '2.1.211',
    says: 'In a sub-folder of a repository the local settings of its root count as well.',
  },
  'unusable-helper-sent-empty': {
    after: '2.1.221',
    by: '2.1.248',
    documented: '2.1.227',
    says: 'Unusable output of a helper is sent as an empty value instead of failing the request.',
  },
  'failed-helper-output-dropped': {
    after: '2.1.73',
    by: '2.1.104',
    says: 'What a helper printed before it failed is not used.',
  },
  'empty-token-absent': {
    after: '2.1.104',
    by: '2.1.136',
    says: 'An empty auth token counts as not set.',
  },
  'empty-token-below-key': {
    after: '2.1.73',
    by: '2.1.104',
    says: 'An empty auth token is not sent beside an API key.',
  },
  'blank-value-absent': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'An API key, auth token or OAuth token of white space counts as not set.',
  },
  'login-policy': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'Managed settings that force a way of logging in keep keys, tokens and helpers from being used.',
  },
  profiles: { after: '2.1.104', by: '2.1.136', says: 'Anthropic profiles are known.' },
  bare: { after: '2.1.73', by: '2.1.104', says: 'Bare mode is known, and CLAUDE_CODE_SIMPLE with it.' },
  'aws-platform-and-mantle': {
    after: '2.1.73',
    by: '2.1.104',
    says: 'The switches of Claude Platform on AWS and of Mantle are known.',
  },
  'mantle-bearer-in-authorization': {
    after: '2.1.104',
    by: '2.1.136',
    says: 'Mantle’s bearer goes into Authorization, not into x-api-key.',
  },
  'bedrock-without-key': {
    after: '2.1.196',
    by: '2.1.210',
    says: 'With Bedrock the API key is not sent beside Bedrock’s own credential.',
  },
  'foundry-alone': {
    after: '2.1.248',
    by: '2.1.281',
    says: 'With Foundry the auth token or helper output is not sent beside Foundry’s key.',
  },
  'foundry-token': {
    after: '2.1.196',
    by: '2.1.210',
    documented: '2.1.203',
    says: 'Foundry’s own auth token is known.',
  },
  'host-managed-variables': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'An embedding program that manages the provider keeps variables of settings files from being used.',
  },
  'host-managed-stores': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'It keeps the login, the Console key, profiles and helpers from being used as well.',
  },
  'managed-must-parse': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'A managed settings file that is not a JSON object keeps Claude Code from starting.',
  },
  'managed-drop-ins': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'Drop-ins beside the managed settings file are read.',
  },
  'settings-members': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'Further members of settings files are checked; in managed ones a wrong member is left out instead of dropping the file.',
  },
  'required-version': {
    after: '2.1.136',
    by: '2.1.163',
    documented: '2.1.163',
    says: 'Managed settings can demand a version.',
  },
  'policy-helper': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'Managed settings can name a program that gives more managed settings.',
  },
  'allowed-providers': {
    after: '2.1.281',
    by: '2.1.328',
    documented: '2.1.285',
    says: 'Managed settings can say which providers are allowed.',
  },
  restricted: {
    after: '2.1.221',
    by: '2.1.328',
    documented: '2.1.248',
    says: 'Restricted sessions are known: no settings of the user or the folder count in them.',
  },
  'settings-forms': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'Some members of settings files take other forms: many take null, most hooks are no longer checked.',
  },
  'simple-not-from-project': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'The folder’s own files can no longer set CLAUDE_CODE_SIMPLE.',
  },
  'sandbox-must-load': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'A sandbox member of a wrong type in --settings keeps Claude Code from starting.',
  },
  'aws-signature-kept': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'A token, helper output or custom header no longer takes the place of AWS’s signature for Bedrock.',
  },
  'foundry-unsigned': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'With Azure’s authentication switched off, requests go to Foundry without a credential of its own.',
  },
  'login-in-address': {
    after: '2.1.73',
    by: '2.1.196',
    says: 'A base URL with a user and a password no longer fails the request.',
  },
  'login-in-address-sent': {
    after: '2.1.196',
    by: '2.1.328',
    says: 'A user and a password in the base URL are sent when nothing else fills Authorization.',
  },
  gateway: { after: '2.1.163', by: '2.1.196', says: 'The gateway switch is known.' },
} as const satisfies Readonly<Record<string, Change>>;

export type ChangeId = keyof typeof CHANGES;
export const CHANGE_IDS = Object.keys(CHANGES) as readonly ChangeId[];

/** The versions that were recorded, oldest first. */
export const RECORDED = [
  '2.1.73',
  '2.1.104',
  '2.1.136',
  '2.1.163',
  '2.1.196',
  '2.1.210',
  '2.1.221',
  '2.1.248',
  '2.1.281',
  '2.1.308',
  '2.1.328',
] as const;
export const OLDEST_RECORDED = RECORDED[0];
export const NEWEST_RECORDED = RECORDED[RECORDED.length - 1] ?? OLDEST_RECORDED;

/** Which changes have happened in a version. */
export type Era = Readonly<Record<ChangeId, boolean>>;

/** Negative, zero or positive, as for sorting; compares dotted numbers one by one. `null` when either is no version. */
export function compareVersions(one: string, other: string): number | null {
  const left = versionNumbers(one);
  const right = versionNumbers(other);
  if (left === null || right === null) return null;
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+][0-9A-Za-z.+-]{1,64})?$/;

/** The three numbers of a version, or `null` when the text is none. A pre-release tag does not count. */
export function versionNumbers(text: string): readonly number[] | null {
  const match = VERSION.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/**
 * The changes that hold for a version. Where a change lies between two recordings and no documentation names its version,
 * `assume` says which side is meant.
 */
export function eraOf(version: string, assume: 'older' | 'newer'): Era {
  const known = cache.get(assume)?.get(version);
  if (known !== undefined) return known;
  const era = Object.fromEntries(
    CHANGE_IDS.map((id) => [id, happened(CHANGES[id], version, assume)]),
  ) as Record<ChangeId, boolean>;
  const map = cache.get(assume) ?? new Map<string, Era>();
  cache.set(assume, map);
  if (map.size < 64) map.set(version, era);
  return era;
}

/** Pure results only; bounded, because versions come from flags. */
const cache = new Map<'older' | 'newer', Map<string, Era>>();

function happened(change: Change, version: string, assume: 'older' | 'newer'): boolean {
  const reached = (border: string): boolean => (compareVersions(version, border) ?? 0) >= 0;
  if (change.documented !== undefined) return reached(change.documented);
  if (reached(change.by)) return true;
  return (compareVersions(version, change.after) ?? 0) > 0 && assume === 'newer';
}

/**
 * The recordings between which a version lies with a change that nobody knows the version of; the closest two when there are
 * several. `null` when all that is known about it is certain. A recorded version can have one too: not all was asked of each.
 */
export function undecidedSpan(version: string): Span | null {
  const known = spans.get(version);
  if (known !== undefined) return known;
  const span = findSpan(version);
  if (spans.size < 64) spans.set(version, span);
  return span;
}

interface Span {
  readonly older: string;
  readonly newer: string;
}

/** Bounded, as above. */
const spans = new Map<string, Span | null>();

function findSpan(version: string): Span | null {
  const open = CHANGE_IDS.map((id): Change => CHANGES[id]).filter(
    (change) => happened(change, version, 'older') !== happened(change, version, 'newer'),
  );
  const [older] = open.map(({ after }) => after).sort((one, other) => compareVersions(other, one) ?? 0);
  const [newer] = open.map(({ by }) => by).sort((one, other) => compareVersions(one, other) ?? 0);
  return older === undefined || newer === undefined ? null : { older, newer };
}

/** How far the rules reach for a version. */
export type Coverage =
  | { readonly kind: 'recorded' | 'newer' | 'older' | 'not-a-version' }
  | { readonly kind: 'between'; readonly older: string; readonly newer: string };

/** Where a version stands among the recordings. */
export function coverageOf(version: string): Coverage {
  if (versionNumbers(version) === null) return { kind: 'not-a-version' };
  if ((compareVersions(version, OLDEST_RECORDED) ?? 0) < 0) return { kind: 'older' };
  if ((compareVersions(version, NEWEST_RECORDED) ?? 0) > 0) return { kind: 'newer' };
  for (let at = 0; at < RECORDED.length - 1; at++) {
    const older = RECORDED[at] ?? OLDEST_RECORDED;
    const newer = RECORDED[at + 1] ?? NEWEST_RECORDED;
    if (version === older || version === newer) return { kind: 'recorded' };
    const above = (compareVersions(version, older) ?? 0) > 0;
    if (above && (compareVersions(version, newer) ?? 0) < 0) return { kind: 'between', older, newer };
  }
  return { kind: 'recorded' };
}
