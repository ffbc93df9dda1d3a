import { SECRET_MARK, hasConflict, hasNote, readingsAt, rung, type StatusAnswer } from './status-answer.ts';

/** A file that is read, and how its content and its trouble show in the answer. */
export interface TellingFile {
  readonly id: string;
  /** Relative to the root of the world, in which `home` is the home folder. */
  readonly path: string;
  readonly content: string;
  readonly json: boolean;
  /** Bytes: more are not read. */
  readonly limit: number;
  /** Whether the answer holds what this file says; `path` is absolute. */
  readonly tells: (answer: StatusAnswer, path: string) => boolean;
  /** What it tells needs these as well. */
  readonly needs?: readonly string[];
  /** Names of troubles with which Claude Code takes it for not there, so that there is nothing to tell. */
  readonly asNothing?: readonly string[];
  /** How the answer says what is wrong with it, where a person must know. */
  readonly says?: Partial<Readonly<Record<Told, (answer: StatusAnswer, path: string) => boolean>>>;
}

/** `absent` and `empty` are no trouble. */
export type Told = 'absent' | 'empty' | 'unreadable' | 'malformed';

const MIB = 1024 * 1024;
const secret = (kind: string, place: string): string => `sk-ant-${kind}-${SECRET_MARK}-${place}-0123456789`;
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const hasReading = (answer: StatusAnswer, path: string): boolean => readingsAt(answer, path).length > 0;
const states = (answer: StatusAnswer, path: string): readonly string[] =>
  readingsAt(answer, path).map(({ state }) => state);

function text(id: string, path: string, content: string): TellingFile {
  return { id, path, content, json: false, limit: 16 * MIB, tells: hasReading };
}

const KEY = (place: string): string => secret('api03', place);
const key = (place: string): string => `export ANTHROPIC_API_KEY=${KEY(place)}\n`;
const token = (place: string): string => `export ANTHROPIC_AUTH_TOKEN=${secret('token', place)}\n`;

const dropped = (answer: StatusAnswer): boolean => hasConflict(answer, 'settings-file-dropped');

function settings(id: string, path: string, says: Partial<TellingFile['says']> = {}): TellingFile {
  return {
    id,
    path,
    json: true,
    limit: 2 * MIB,
    content: json({
      model: 'opus',
      env: { ANTHROPIC_API_KEY: KEY(id), EDITOR: 'vi' },
      permissions: { allow: ['Bash'] },
    }),
    tells: hasReading,
    says: {
      absent: (answer) => !dropped(answer),
      empty: (answer) => !dropped(answer),
      unreadable: dropped,
      malformed: dropped,
      ...says,
    },
  };
}

function claudeJson(id: string, path: string, asNothing: readonly string[]): TellingFile {
  return {
    asNothing,
    id,
    path,
    json: true,
    limit: 16 * MIB,
    content: json({
      env: { ANTHROPIC_API_KEY: KEY(id) },
      primaryApiKey: secret('console', id),
      customApiKeyResponses: { approved: [KEY('user').slice(-20)], rejected: [] },
      projects: { '/nowhere': { hasTrustDialogAccepted: true } },
      oauthAccount: { emailAddress: 'p@example.com', organizationUuid: 'u', organizationName: 'Example' },
    }),
    tells: (answer, path) =>
      readingsAt(answer, path).length === 2 && answer.account?.['email'] === 'p@example.com',
    says: {
      absent: (answer) => answer.account === null && answer.outcome !== 'unknown',
      empty: (answer) => answer.account === null && answer.outcome !== 'unknown',
      unreadable: (answer) => answer.unknown === 'claude-json-not-readable',
      malformed: (answer) => answer.refuses === 'config-broken',
    },
  };
}

const login = (answer: StatusAnswer): string => rung(answer, 'claude-login').state;
const profile = (state: string) => (answer: StatusAnswer) => rung(answer, 'profile').state === state;
/** Selected and of use, whatever becomes of the question. */
const selected = (answer: StatusAnswer): boolean =>
  rung(answer, 'profile').readings.some(
    ({ origin, state, reason }) =>
      origin.name === 'work' && !['broken', 'unreadable'].includes(state) && reason.code !== 'not-selected',
  );

const LOGIN: TellingFile = {
  id: 'credentials',
  path: 'home/.claude/.credentials.json',
  json: true,
  limit: 16 * MIB,
  content: json({
    claudeAiOauth: {
      accessToken: secret('oat01', 'store'),
      refreshToken: secret('ort01', 'store'),
      expiresAt: 1_900_000_000_000,
      scopes: ['user:inference'],
      subscriptionType: 'max',
    },
  }),
  tells: (answer, path) => hasReading(answer, path) && login(answer) !== 'broken',
  says: {
    absent: (answer) => login(answer) === 'absent',
    empty: (answer) => login(answer) === 'absent',
    unreadable: (answer) => login(answer) === 'unreadable',
    malformed: (answer) => login(answer) === 'broken',
  },
};

const PROFILE: readonly TellingFile[] = [
  {
    ...text('active-config', 'home/.config/anthropic/active_config', 'work\n'),
    tells: selected,
    needs: ['profile-config', 'profile-credential'],
    says: { unreadable: profile('unreadable') },
  },
  {
    ...text('profile-config', 'home/.config/anthropic/configs/work.json', ''),
    json: true,
    content: json({ organization_id: 'o', authentication: { type: 'user_oauth', client_id: 'c' } }),
    tells: selected,
    needs: ['active-config', 'profile-credential'],
    says: { unreadable: profile('unreadable'), malformed: profile('broken') },
  },
  {
    ...text('profile-credential', 'home/.config/anthropic/credentials/work.json', ''),
    json: true,
    content: json({
      access_token: secret('oat01', 'profile'),
      refresh_token: secret('ort01', 'profile'),
      expires_at: 1_900_000_000,
      account_email: 'p@example.com',
    }),
    tells: (answer, path) => hasReading(answer, path) && selected(answer),
    needs: ['active-config', 'profile-config'],
    says: { absent: profile('ignored'), unreadable: profile('unreadable'), malformed: profile('broken') },
  },
];

const STARTUP: readonly TellingFile[] = [
  text('zshenv', 'home/.zshenv', `export CLAUDE_CODE_OAUTH_TOKEN=${secret('oat01', 'zshenv')}\n`),
  text('zprofile', 'home/.zprofile', token('zprofile')),
  text('zshrc', 'home/.zshrc', key('zshrc')),
  text('bash-profile', 'home/.bash_profile', token('bash-profile')),
  text('bashrc', 'home/.bashrc', key('bashrc')),
  text('profile', 'home/.profile', key('profile')),
  text('fish', 'home/.config/fish/config.fish', `set -gx ANTHROPIC_API_KEY ${KEY('fish')}\n`),
  text('fish-conf', 'home/.config/fish/conf.d/10.fish', `set -gx ANTHROPIC_AUTH_TOKEN ${KEY('fish-conf')}\n`),
  text(
    'fish-variables',
    'home/.config/fish/fish_variables',
    `SETUVAR --export CLAUDE_CODE_OAUTH_TOKEN:${KEY('fish-variables')}\n`,
  ),
  text(
    'powershell',
    'home/.config/powershell/profile.ps1',
    `$env:ANTHROPIC_API_KEY = "${KEY('powershell')}"\n`,
  ),
  text('pam', 'home/.pam_environment', `ANTHROPIC_API_KEY DEFAULT=${KEY('pam')}\n`),
  text('environment-d', 'home/.config/environment.d/10.conf', `ANTHROPIC_API_KEY=${KEY('environment-d')}\n`),
  {
    ...text('vscode', 'home/.config/Code/User/settings.json', ''),
    limit: 2 * MIB,
    json: true,
    content: `// of a person\n${json({ 'claudeCode.environmentVariables': [{ name: 'ANTHROPIC_API_KEY', value: KEY('vscode') }] })}`,
  },
  text('dotenv', 'home/app/sub/.env', `ANTHROPIC_API_KEY=${KEY('dotenv')}\n`),
  text('envrc', 'home/app/.envrc', key('envrc')),
  text('mise', 'home/app/mise.toml', `[env]\nANTHROPIC_API_KEY = "${KEY('mise')}"\n`),
];

const shared = (answer: StatusAnswer): boolean => hasConflict(answer, 'secret-in-shared-file');

/** An index of git (version 2) with one entry, as characters of one byte each. */
export function gitIndex(name: string): string {
  const entry = `${'\0'.repeat(61)}${String.fromCharCode(name.length)}${name}`;
  const padding = '\0'.repeat(8 - (entry.length % 8));
  return `DIRC\0\0\0\x02\0\0\0\x01${entry}${padding}${'\x01'.repeat(20)}`;
}

const OWN: readonly TellingFile[] = [
  { ...text('git-index', 'home/app/.git/index', gitIndex('sub/.env')), tells: shared, needs: ['dotenv'] },
  {
    ...text('package', 'lib/node_modules/@anthropic-ai/claude-code/package.json', ''),
    json: true,
    content: json({ name: '@anthropic-ai/claude-code', version: '2.1.308' }),
    tells: (answer) => answer.context.claudeCode.version === '2.1.308',
    says: { unreadable: (answer) => hasNote(answer, 'version-assumed') },
  },
  {
    ...text('fingerprint-key', 'home/.config/credence/fingerprint.key', '0123456789abcdef'.repeat(4)),
    tells: (answer) => answer.fingerprints === 'installation',
    says: { unreadable: (answer) => hasNote(answer, 'fingerprints-this-run') },
  },
];

const cloud: TellingFile['says'] = {
  absent: (answer, path) => !hasReading(answer, path),
  unreadable: (answer, path) => states(answer, path).includes('unreadable'),
};

const CLOUDS: readonly TellingFile[] = [
  {
    ...text(
      'aws-credentials',
      'home/.aws/credentials',
      `[default]\naws_access_key_id = made-up\naws_secret_access_key = ${KEY('aws')}\n`,
    ),
    says: cloud,
  },
  { ...text('aws-config', 'home/.aws/config', '[default]\nsso_session = work\n'), says: cloud },
  {
    ...text('aws-sso', 'home/.aws/sso/cache/0123.json', ''),
    json: true,
    content: json({ accessToken: KEY('sso'), expiresAt: '2040-01-01T00:00:00Z' }),
    tells: (answer) => answer.expiry.some(({ kind }) => kind === 'aws-sso'),
  },
  {
    ...text('gcloud', 'home/.config/gcloud/application_default_credentials.json', ''),
    json: true,
    content: json({ type: 'authorized_user', client_secret: KEY('gcloud'), refresh_token: KEY('gcloud-2') }),
    says: { ...cloud, malformed: (answer, path) => states(answer, path).includes('broken') },
  },
  {
    ...text('azure', 'home/.azure/azureProfile.json', ''),
    json: true,
    content: json({ subscriptions: [{ id: 'made-up', isDefault: true }] }),
    says: { ...cloud, malformed: (answer, path) => states(answer, path).includes('broken') },
  },
];

/** A home, and how it is asked. */
export interface TellingWorld {
  readonly name: string;
  readonly files: readonly TellingFile[];
  readonly variables: Readonly<Record<string, string>>;
  /** `$ROOT` stands for the root. */
  readonly args: readonly string[];
  readonly needsManaged?: true;
}

const USER = settings('user', 'home/.claude/settings.json');

export const TELLING_WORLDS: readonly TellingWorld[] = [
  {
    name: 'an ordinary home',
    variables: {},
    args: [],
    files: [
      USER,
      settings('project', 'home/app/sub/.claude/settings.json'),
      settings('local', 'home/app/sub/.claude/settings.local.json'),
      settings('local-root', 'home/app/.claude/settings.local.json'),
      claudeJson('claude-json', 'home/.claude.json', ['a link to itself']),
      LOGIN,
      ...PROFILE,
      ...STARTUP,
      ...OWN,
    ],
  },
  {
    name: 'a cloud provider',
    variables: { CLAUDE_CODE_USE_BEDROCK: '1', CLAUDE_CODE_USE_VERTEX: '1', CLAUDE_CODE_USE_FOUNDRY: '1' },
    args: [],
    files: [USER, ...CLOUDS],
  },
  {
    name: 'settings on the command line',
    variables: {},
    args: ['--settings', '$ROOT/flag.json'],
    files: [
      settings('flag', 'flag.json', {
        absent: (answer) => answer.refuses === 'config-broken',
        unreadable: (answer) => answer.refuses === 'config-broken' && dropped(answer),
      }),
      USER,
    ],
  },
  {
    name: 'the other configuration file, and a worktree',
    variables: {},
    args: [],
    files: [
      claudeJson('config-json', 'home/.claude/.config.json', ['a link to itself', 'a folder']),
      {
        ...text('git-file', 'home/app/.git', 'gitdir: ../git\n'),
        tells: shared,
        needs: ['git-file-index', 'dotenv'],
      },
      {
        ...text('git-file-index', 'home/git/index', gitIndex('sub/.env')),
        tells: shared,
        needs: ['git-file', 'dotenv'],
      },
      text('dotenv', 'home/app/sub/.env', `ANTHROPIC_API_KEY=${KEY('dotenv')}\n`),
    ],
  },
  {
    name: 'an administrator’s settings',
    variables: {},
    args: [],
    needsManaged: true,
    files: [
      settings('managed', 'managed/managed-settings.json', { malformed: managedBroken }),
      {
        ...settings('drop-in', 'managed/managed-settings.d/10.json', { malformed: managedBroken }),
        content: json({ env: { ANTHROPIC_AUTH_TOKEN: secret('token', 'drop-in') } }),
      },
      USER,
    ],
  },
];

function managedBroken(answer: StatusAnswer): boolean {
  return dropped(answer) && answer.conflicts.some(({ severity }) => severity === 'critical');
}
