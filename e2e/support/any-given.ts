import fc from 'fast-check';
import { MODES } from '../../shared/core/context.ts';
import { CLOUD_PROVIDERS } from '../../shared/core/provider.ts';
import { CHANGES, RECORDED } from '../../shared/core/rules/versions.ts';
import { PROVIDER_SWITCHES, SKIP_SWITCHES } from '../../shared/core/sources/cloud-provider.ts';
import type { FileTree } from '../../shared/testing/file-tree.ts';
import {
  API_KEY,
  CUSTOM_AUTHORIZATION,
  CUSTOM_BOTH,
  CUSTOM_KEY,
  FEDERATION,
  HELPER,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
  type ProfileKind,
  type Variables,
} from '../../shared/testing/given.ts';

/** A made-up machine for property tests: any sources in any places, whole and broken, in any mode and version. */
export interface AnyGiven {
  readonly given: Given;
  /** What files alone cannot say: stores that cannot be read. */
  readonly entries: FileTree;
}

const oneOf = fc.constantFrom;
const rarely = <T>(value: fc.Arbitrary<T>, weight = 6): fc.Arbitrary<T | undefined> =>
  fc.option(value, { freq: weight, nil: undefined });
const often = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { freq: 1, nil: undefined });

/** The value, nothing in several spellings, or something odd. */
const valued = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(text) },
    { weight: 2, arbitrary: oneOf('', ' ', '\t', 'other', 'a\nb') },
  );
const switched = fc.oneof({ weight: 3, arbitrary: oneOf('1', 'true', ' ON ') }, oneOf('0', '', 'false'));

/** An `env` block; mostly small, as else everything is overwritten. */
function variables(likely: number): fc.Arbitrary<Record<string, string>> {
  const some = (value: fc.Arbitrary<string>, weight = likely): fc.Arbitrary<string | undefined> =>
    rarely(value, weight);
  const providers = CLOUD_PROVIDERS.flatMap((id): [string, fc.Arbitrary<string | undefined>][] => [
    [PROVIDER_SWITCHES[id], some(switched, likely * 6)],
    [SKIP_SWITCHES[id], some(switched, likely * 3)],
  ]);
  return fc
    .record({
      ANTHROPIC_API_KEY: some(valued(API_KEY)),
      ANTHROPIC_AUTH_TOKEN: some(valued(TOKEN.ANTHROPIC_AUTH_TOKEN)),
      CLAUDE_CODE_OAUTH_TOKEN: some(valued(OAUTH.CLAUDE_CODE_OAUTH_TOKEN)),
      ANTHROPIC_CUSTOM_HEADERS: some(
        oneOf(
          ...[CUSTOM_AUTHORIZATION, CUSTOM_KEY, CUSTOM_BOTH].map((one) => one.ANTHROPIC_CUSTOM_HEADERS),
          'x-a: b',
        ),
      ),
      ANTHROPIC_FEDERATION_RULE_ID: some(valued(FEDERATION.ANTHROPIC_FEDERATION_RULE_ID), likely * 2),
      ANTHROPIC_ORGANIZATION_ID: some(valued(FEDERATION.ANTHROPIC_ORGANIZATION_ID)),
      ANTHROPIC_IDENTITY_TOKEN: some(valued(FEDERATION.ANTHROPIC_IDENTITY_TOKEN)),
      ANTHROPIC_PROFILE: some(oneOf('work', 'default', 'gone', ''), likely * 2),
      ANTHROPIC_BASE_URL: some(oneOf('https://gateway.example', 'https://api.anthropic.com', '')),
      CLAUDE_CODE_USE_GATEWAY: some(switched, likely * 2),
      CLAUDE_CODE_SIMPLE: some(switched, likely * 8),
      CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: some(switched, likely * 8),
      CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR: some(fc.constant('5'), likely * 4),
      CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR: some(fc.constant('6'), likely * 4),
      AWS_BEARER_TOKEN_BEDROCK: some(valued('bedrock-B')),
      AWS_ACCESS_KEY_ID: some(fc.constant('AKIAMADEUP')),
      AWS_SECRET_ACCESS_KEY: some(fc.constant('made-up')),
      ANTHROPIC_AWS_API_KEY: some(valued('platform-K')),
      ANTHROPIC_AWS_WORKSPACE_ID: some(fc.constant('w'), likely * 2),
      ANTHROPIC_FOUNDRY_API_KEY: some(valued('foundry-K')),
      ANTHROPIC_FOUNDRY_AUTH_TOKEN: some(valued('foundry-T')),
      ...Object.fromEntries(providers),
    })
    .map(present);
}

/** Only what is there: members that are `undefined` are left out. */
function present<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).filter((pair): pair is [string, T] => pair[1] !== undefined),
  );
}

const HELPERS = [HELPER, HELPER, 'exit 1', 'echo a b', "printf 'a\\nb'", 'true', '', ' '] as const;
const helpers: fc.Arbitrary<NonNullable<Given['helper']>> = fc
  .record({
    user: rarely(oneOf(...HELPERS), 2),
    project: rarely(oneOf(...HELPERS)),
    local: rarely(oneOf(...HELPERS)),
    flag: rarely(oneOf(...HELPERS)),
    managed: rarely(oneOf(...HELPERS)),
  })
  .map(present);

const logins: fc.Arbitrary<NonNullable<Given['login']>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true as const) },
  oneOf({ accessToken: '' }, { scopes: ['user:profile'] }, { refreshToken: '' }, { accessToken: 5 }),
);

const BROKEN_FILES: readonly Readonly<Record<string, string>>[] = [
  {},
  { '~/.claude/settings.json': '{' },
  { '$PROJ/.claude/settings.local.json': '{"permissions":"x"}' },
  { '~/.claude/.credentials.json': '[]' },
  { '~/.claude.json': '{' },
  { '~/.config/anthropic/configs/default.json': '{' },
];
const TROUBLED: readonly FileTree[] = [
  {},
  { '~/.claude/.credentials.json': { kind: 'file', content: '{}', denied: true } },
  { '~/.claude.json': { kind: 'fifo' } },
  { '~/.claude/settings.json': { kind: 'fifo' } },
  { '/etc/claude-code/managed-settings.json': '{' },
  { '/etc/claude-code/managed-settings.d/a.json': '{"forceLoginMethod":"claudeai"}' },
];

/** Recorded versions, those at and around a border, and those that nobody has looked at. */
export const anyVersion: fc.Arbitrary<string> = fc.oneof(
  oneOf(...RECORDED),
  fc.nat(340).map((patch) => `2.1.${patch}`),
  oneOf(...Object.values(CHANGES).flatMap((change) => [change.after, change.by])),
  oneOf('1.0.0', '2.0.5', '2.2.0', '3.1.4', '2.1.328-beta.1'),
);

const OWN = {
  AWS_BEARER_TOKEN_BEDROCK: 'bedrock-B',
  ANTHROPIC_AWS_API_KEY: 'platform-K',
  ANTHROPIC_AWS_WORKSPACE_ID: 'w',
  ANTHROPIC_FOUNDRY_API_KEY: 'foundry-K',
};
/** Each provider with a credential of its own, with its signing off, and with both. */
export const PROVIDER_SHELLS: readonly Readonly<Record<string, string>>[] = CLOUD_PROVIDERS.flatMap((id) => [
  { [PROVIDER_SWITCHES[id]]: '1', ...OWN },
  { [PROVIDER_SWITCHES[id]]: '1', [SKIP_SWITCHES[id]]: '1' },
  { [PROVIDER_SWITCHES[id]]: '1', [SKIP_SWITCHES[id]]: '1', ...OWN },
]);

export const anyGiven: fc.Arbitrary<AnyGiven> = fc
  .record({
    mode: oneOf(...MODES),
    version: anyVersion,
    shell: variables(3),
    claudeJson: often<Variables>(variables(14)),
    user: often<Variables>(variables(9)),
    project: often<Variables>(variables(9)),
    local: often<Variables>(variables(9)),
    flag: rarely<Variables>(variables(9)),
    managed: rarely<Variables>(variables(12)),
    helper: often(helpers),
    login: often(logins),
    consoleKey: rarely(fc.constant(true as const), 2),
    profile: rarely(
      fc.uniqueArray(oneOf<ProfileKind[]>('named', 'active', 'federated', 'ended', 'renewable')),
      2,
    ),
    answered: often(oneOf('approved', 'rejected', 'both')),
    trusted: oneOf(true, true, false),
    cwd: oneOf('$PROJ', '$PROJ', '$PROJ/sub'),
    repository: fc.boolean(),
    broken: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, oneOf(...BROKEN_FILES)),
    entries: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, oneOf(...TROUBLED)),
  })
  .map(({ repository, broken, entries, ...given }) => ({
    given: {
      ...(present(given) as Given),
      files: { ...(repository ? { '$PROJ/.git/HEAD': '' } : {}), ...broken },
      // Trust is noted in a .claude.json that can be read.
      ...(('~/.claude.json' in broken || '~/.claude.json' in entries) && { trusted: false }),
    },
    entries,
  }));

/** A few sources that work, and nothing else: worlds in which one source more can be told. */
export const sparseGiven: fc.Arbitrary<AnyGiven> = fc
  .record({
    mode: oneOf(...MODES),
    version: anyVersion,
    shell: fc
      .tuple(
        fc.subarray([KEY, TOKEN, OAUTH, CUSTOM_AUTHORIZATION, CUSTOM_KEY, FEDERATION], { maxLength: 2 }),
        rarely(oneOf(...PROVIDER_SHELLS), 2),
      )
      .map(
        ([parts, provider]): Record<string, string> =>
          Object.assign({}, ...parts, provider) as Record<string, string>,
      ),
    helper: rarely(fc.constant(HELPER), 3),
    login: rarely(fc.constant(true as const), 2),
    consoleKey: rarely(fc.constant(true as const), 2),
    profile: rarely(oneOf<ProfileKind[]>('named', 'active', 'federated'), 2),
  })
  .map((given) => ({ given: present(given), entries: {} }));
