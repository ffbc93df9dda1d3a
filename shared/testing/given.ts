import type { Conflict, ConflictCode, RemedyId } from '../core/conflict.ts';
import type { Mode } from '../core/context.ts';
import type { SettingsScope } from '../core/origin.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import { gatherFacts } from '../usecases/gather/gather-facts.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import type { World } from './recorded-world.ts';
import { worldPorts, type WorldOptions } from './worlds.ts';

/** Variables as an `env` block has them; not only text is found there. */
export type Variables = Readonly<Record<string, unknown>>;

/** A world in a few words, for tables. */
export interface Given {
  readonly mode?: Mode;
  readonly version?: string;
  /** The environment of the process. */
  readonly shell?: Readonly<Record<string, string>>;
  /** The `env` blocks, by file. */
  readonly claudeJson?: Variables;
  readonly user?: Variables;
  readonly project?: Variables;
  readonly local?: Variables;
  readonly flag?: Variables;
  readonly managed?: Variables;
  /** `apiKeyHelper`; a text alone stands in the user settings. */
  readonly helper?: string | Readonly<Partial<Record<SettingsScope, string>>>;
  readonly login?: true | Readonly<Record<string, unknown>>;
  readonly consoleKey?: unknown;
  /** `active` and `federated` are called `default`, `named` is named by the shell. */
  readonly profile?: ProfileKind | readonly ProfileKind[];
  /** What was answered when Claude Code asked about {@link API_KEY}. */
  readonly answered?: 'approved' | 'rejected' | 'both';
  /** `true` unless said. */
  readonly trusted?: boolean;
  /** Whatever else; these win over the files made of the above. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

export type ProfileKind = 'named' | 'active' | 'federated' | 'ended' | 'renewable';

export const API_KEY = 'sk-ant-api03-KEY-aaaaaaaaaaaaaaaaaaaa-END';
const LOGIN = {
  accessToken: 'sk-ant-oat01-STORED',
  refreshToken: 'sk-ant-ort01-STORED',
  expiresAt: '$NOW_MS+28800000',
  scopes: ['user:inference', 'user:profile'],
  subscriptionType: 'max',
};
const CONSOLE_KEY = 'sk-ant-api03-CONSOLE-bbbbbbbbbbbbbbbbbbbb';

/** Sources by a word each: what goes into a shell or an `env` block. */
export const KEY = { ANTHROPIC_API_KEY: API_KEY };
export const TOKEN = { ANTHROPIC_AUTH_TOKEN: 'gateway-TOKEN' };
export const OAUTH = { CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-OAUTH' };
export const CUSTOM_AUTHORIZATION = { ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer CUSTOM-A' };
export const CUSTOM_KEY = { ANTHROPIC_CUSTOM_HEADERS: 'x-api-key: CUSTOM-X' };
export const CUSTOM_BOTH = {
  ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer CUSTOM-A\nx-api-key: CUSTOM-X',
};
export const FEDERATION = {
  ANTHROPIC_FEDERATION_RULE_ID: 'fdrl_1',
  ANTHROPIC_ORGANIZATION_ID: 'org-1',
  ANTHROPIC_IDENTITY_TOKEN: 'made-up-jwt',
};
export const HELPER = 'echo helper-OUTPUT';

/** The recorded form of a world; see `recorded-world.ts`. */
export function worldOf(given: Given): World {
  const {
    mode = 'print',
    version,
    shell = {},
    trusted = true,
    args = [],
    cwd,
    managed,
    profile,
    files = {},
  } = given;
  const profiles = typeof profile === 'string' ? [profile] : (profile ?? []);
  const made: [string, unknown][] = [
    ['~/.claude/settings.json', settings(given.user, helperIn(given, 'user'))],
    ['$PROJ/.claude/settings.json', settings(given.project, helperIn(given, 'project'))],
    ['$PROJ/.claude/settings.local.json', settings(given.local, helperIn(given, 'local'))],
    ['~/.claude.json', claudeJson(given)],
    ['~/.claude/.credentials.json', credentials(given.login)],
    ...profiles.flatMap(profileFiles),
  ];
  const flag = settings(given.flag, helperIn(given, 'flag'));
  const managedFile = settings(managed, helperIn(given, 'managed'));
  return {
    mode,
    ...(version === undefined ? {} : { version }),
    env: { ...(profiles.includes('named') ? { ANTHROPIC_PROFILE: 'work' } : {}), ...shell },
    files: { ...Object.fromEntries(made.filter(([, content]) => content !== undefined)), ...files },
    ...(managedFile === undefined ? {} : { managed: { 'managed-settings.json': managedFile } }),
    args: flag === undefined ? args : ['--settings', JSON.stringify(flag), ...args],
    ...(cwd === undefined ? {} : { cwd }),
    trusted: trusted && mode === 'interactive',
  };
}

/** Everything that is to be said about a world. */
export async function inspectGiven(given: Given, options: WorldOptions = {}): Promise<Inspection> {
  const { ports, request, context } = worldPorts(worldOf(given), options);
  return inspect(await gatherFacts(ports, request), context);
}

/** A verdict in one line: `auth-token / api-key`, `- / api-key-helper (empty)`, `asks api-key-approval`. */
export function said({ outcome, asks, refuses, unknown, authorization, xApiKey }: Verdict): string {
  return outcome === 'sends'
    ? `${slotText(authorization)} / ${slotText(xApiKey)}`
    : `${outcome} ${asks ?? refuses ?? unknown ?? ''}`;
}

/** The same with where each comes from: `api-key@user / -`. */
export function saidWhere(verdict: Verdict): string {
  if (verdict.outcome !== 'sends') return said(verdict);
  const { authorization, xApiKey } = verdict;
  return [authorization, xApiKey]
    .map((slot) => `${slotText(slot)}${slot === null ? '' : placeOf(slot)}`)
    .join(' / ');
}

function slotText(slot: Slot | null): string {
  return slot === null ? '-' : `${slot.source}${slot.broken ? ' (empty)' : ''}`;
}

function placeOf({ reading: { origin } }: Slot): string {
  return `@${origin.scope ?? origin.kind}`;
}

function helperIn({ helper }: Given, scope: SettingsScope): string | undefined {
  return typeof helper === 'string' ? (scope === 'user' ? helper : undefined) : helper?.[scope];
}

function settings(env: Variables | undefined, apiKeyHelper: string | undefined): unknown {
  if (env === undefined && apiKeyHelper === undefined) return undefined;
  return { ...(env === undefined ? {} : { env }), ...(apiKeyHelper === undefined ? {} : { apiKeyHelper }) };
}

function claudeJson({ claudeJson: env, consoleKey, answered }: Given): unknown {
  if (env === undefined && consoleKey === undefined && answered === undefined) return undefined;
  const tail = [API_KEY.slice(-20)];
  return {
    ...(env === undefined ? {} : { env }),
    ...(consoleKey === undefined ? {} : { primaryApiKey: consoleKey === true ? CONSOLE_KEY : consoleKey }),
    customApiKeyResponses: {
      approved: answered === 'approved' || answered === 'both' ? tail : [],
      rejected: answered === 'rejected' || answered === 'both' ? tail : [],
    },
  };
}

function credentials(login: Given['login']): unknown {
  return login === undefined ? undefined : { claudeAiOauth: { ...LOGIN, ...(login === true ? {} : login) } };
}

function profileFiles(kind: ProfileKind): readonly [string, unknown][] {
  const name = kind === 'named' ? 'work' : 'default';
  const renewable = kind === 'renewable';
  const ended = kind === 'ended' || renewable;
  const authentication = {
    type: kind === 'federated' ? 'oidc_federation' : 'user_oauth',
    ...(renewable ? { client_id: 'made-up' } : {}),
  };
  return [
    [`~/.config/anthropic/configs/${name}.json`, { version: 1, organization_id: 'org-1', authentication }],
    [
      `~/.config/anthropic/credentials/${name}.json`,
      {
        version: 1,
        type: kind === 'federated' ? 'oidc_federation' : 'user_oauth',
        access_token: `sk-ant-oat01-PROFILE-${name}`,
        expires_at: ended ? '$NOW_S-10' : '$NOW_S+3600',
        ...(renewable ? { refresh_token: 'made-up-refresh' } : {}),
      },
    ],
  ];
}

/** The conflicts of one kind in a world. */
export async function conflictsGiven(
  code: ConflictCode,
  given: Given,
  options: WorldOptions = {},
): Promise<readonly Conflict[]> {
  const { conflicts } = await inspectGiven(given, options);
  return conflicts.filter((conflict) => conflict.code === code);
}

/** What a conflict offers, by name: `clear-credential`. */
export function remediesOf(conflict: Conflict | undefined): readonly RemedyId[] {
  return conflict?.remedies.map(({ id }) => id) ?? [];
}
