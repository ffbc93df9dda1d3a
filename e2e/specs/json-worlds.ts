import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConflictCode } from '../../shared/core/conflict.ts';
import type { World } from '../../shared/testing/recorded-world.ts';

/** A made-up machine, and a little of what `status` must say about it. */
export interface JsonWorld extends World {
  readonly name: string;
  readonly surface?: string;
  readonly runHelper?: true;
  /** Asked by somebody whom permissions keep out. */
  readonly asNobody?: true;
  readonly noHome?: true;
  /** What files alone cannot say: links, FIFOs, modes, repositories. */
  readonly lay?: (home: string, project: string) => void;
  readonly says: {
    readonly outcome: 'sends' | 'asks' | 'refuses' | 'unknown';
    readonly conflicts?: readonly ConflictCode[];
    /** Other fields of the answer, as `toMatchObject` takes them. */
    readonly more?: Readonly<Record<string, unknown>>;
  };
}

const KEY = 'sk-ant-api03-KEY-SHELL-aaaaaaaaaaaaaaaaaaaaaaaaKEY-SHELL';
const OTHER_KEY = 'sk-ant-api03-KEY-PROJECT-aaaaaaaaaaaaaaaaaaaaKEY-PROJECT';
const TOKEN = 'gateway-TOKEN-SHELL-0123456789';
const OAUTH = 'sk-ant-oat01-OAUTH-SHELL-bbbbbbbbbbbbbbbb';
const DAY = 24 * 60 * 60 * 1000;

const login = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  claudeAiOauth: {
    accessToken: 'sk-ant-oat01-STORED-accessaccessaccess',
    refreshToken: 'sk-ant-ort01-STORED-refreshrefreshrefresh',
    expiresAt: '$NOW_MS+28800000',
    refreshTokenExpiresAt: `$NOW_MS+${20 * DAY}`,
    scopes: ['user:inference', 'user:profile'],
    subscriptionType: 'max',
    rateLimitTier: 'default_claude_max_20x',
    ...more,
  },
});
const LOGIN_FILE = '~/.claude/.credentials.json';
const ACCOUNT = {
  oauthAccount: {
    emailAddress: 'p@example.com',
    organizationUuid: '00000000-0000-4000-8000-000000000002',
    organizationName: 'p@example.com’s Organization',
  },
};

export const JSON_WORLDS: readonly JsonWorld[] = [
  { name: 'nothing at all', says: { outcome: 'refuses', more: { refuses: 'not-logged-in', pays: null } } },
  {
    name: 'nothing at all, interactive',
    mode: 'interactive',
    says: {
      outcome: 'asks',
      more: { asks: 'folder-trust', after: { yes: { outcome: 'refuses' }, no: { outcome: 'refuses' } } },
    },
  },
  {
    name: 'an API key that a start-up file exports',
    env: { ANTHROPIC_API_KEY: KEY, SHELL: '/bin/zsh' },
    files: { '~/.zshrc': `# mine\nexport ANTHROPIC_API_KEY="${KEY}"\n` },
    says: {
      outcome: 'sends',
      more: { pays: 'metered', sends: { authorization: null, xApiKey: { source: 'api-key' } } },
    },
  },
  {
    name: 'a token and a key',
    env: {
      ANTHROPIC_AUTH_TOKEN: TOKEN,
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: 'https://u:p@gw.example/v1?x=1',
    },
    says: { outcome: 'sends', conflicts: ['two-credentials-sent'], more: { pays: 'organisation' } },
  },
  {
    name: 'a helper that was not run',
    files: { '~/.claude/settings.json': { apiKeyHelper: 'echo helper-OUTPUT-0123456789' } },
    says: { outcome: 'sends', more: { sends: { xApiKey: { helper: 'not-run', fingerprint: null } } } },
  },
  {
    name: 'a helper that was run',
    runHelper: true,
    files: { '~/.claude/settings.json': { apiKeyHelper: 'echo helper-OUTPUT-0123456789' } },
    says: { outcome: 'sends', more: { sends: { xApiKey: { helper: 'ran' } } } },
  },
  {
    name: 'a helper that fails',
    runHelper: true,
    files: { '~/.claude/settings.json': { apiKeyHelper: 'echo secret-ERROR-0123456789 >&2; exit 3' } },
    says: {
      outcome: 'sends',
      conflicts: ['helper-failing'],
      more: { sends: { xApiKey: { helper: 'ran', broken: true } } },
    },
  },
  {
    name: 'Bedrock with a key of its own',
    env: {
      CLAUDE_CODE_USE_BEDROCK: '1',
      AWS_REGION: 'us-east-1',
      AWS_BEARER_TOKEN_BEDROCK: 'bedrock-BEARER-0123456789',
    },
    files: { [LOGIN_FILE]: login() },
    says: { outcome: 'sends', conflicts: ['provider-hides-login'], more: { provider: 'bedrock' } },
  },
  {
    name: 'Bedrock with nothing behind it',
    env: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
    says: { outcome: 'unknown', more: { provider: 'bedrock', unknown: 'cloud-chain' } },
  },
  {
    name: 'Bedrock with AWS files',
    env: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'us-east-1' },
    files: {
      '~/.aws/credentials':
        '[default]\naws_access_key_id = AKIAMADEUPMADEUPMADE\naws_secret_access_key = made-UP-secret-0123456789\n',
    },
    says: { outcome: 'sends', more: { provider: 'bedrock' } },
  },
  {
    name: 'Vertex with default credentials',
    env: { CLAUDE_CODE_USE_VERTEX: '1', ANTHROPIC_VERTEX_PROJECT_ID: 'p', CLOUD_ML_REGION: 'us-east5' },
    files: {
      '~/.config/gcloud/application_default_credentials.json': {
        type: 'authorized_user',
        client_id: 'made-up',
        client_secret: 'made-UP-secret-0123456789',
        refresh_token: 'made-UP-refresh-0123456789',
      },
    },
    says: { outcome: 'sends', more: { provider: 'vertex' } },
  },
  {
    name: 'Foundry with a key',
    env: {
      CLAUDE_CODE_USE_FOUNDRY: '1',
      ANTHROPIC_FOUNDRY_API_KEY: 'foundry-KEY-0123456789',
      ANTHROPIC_FOUNDRY_RESOURCE: 'r',
    },
    says: { outcome: 'sends', more: { provider: 'foundry', pays: 'organisation' } },
  },
  {
    name: 'a login in a trusted folder',
    mode: 'interactive',
    trusted: true,
    files: { [LOGIN_FILE]: login(), '~/.claude.json': ACCOUNT },
    says: {
      outcome: 'sends',
      more: { pays: 'subscription', account: { email: 'p@example.com' }, after: null },
    },
  },
  {
    name: 'a login in a folder that is not trusted',
    mode: 'interactive',
    files: { [LOGIN_FILE]: login() },
    says: {
      outcome: 'asks',
      more: {
        asks: 'folder-trust',
        pays: 'subscription',
        after: {
          yes: { outcome: 'sends', sends: { authorization: { source: 'claude-login' } }, after: null },
          no: { outcome: 'refuses', refuses: 'folder-not-trusted' },
        },
      },
    },
  },
  {
    name: 'a key that nobody has answered for, in a folder that is not trusted',
    mode: 'interactive',
    env: { ANTHROPIC_API_KEY: KEY },
    files: { [LOGIN_FILE]: login() },
    says: {
      outcome: 'asks',
      conflicts: ['key-awaits-approval', 'metered-over-subscription'],
      more: {
        asks: 'folder-trust',
        after: {
          yes: {
            outcome: 'asks',
            asks: 'api-key-approval',
            after: {
              yes: { outcome: 'sends', pays: 'metered' },
              no: { outcome: 'sends', pays: 'subscription' },
            },
          },
        },
      },
    },
  },
  {
    name: 'a key that was declined',
    mode: 'interactive',
    trusted: true,
    env: { ANTHROPIC_API_KEY: KEY },
    files: { '~/.claude.json': { customApiKeyResponses: { approved: [], rejected: [KEY.slice(-20)] } } },
    says: { outcome: 'refuses', conflicts: ['key-declined'] },
  },
  {
    name: 'a .claude.json that is not JSON',
    mode: 'interactive',
    files: { '~/.claude.json': '{ "projects": ', [LOGIN_FILE]: login() },
    says: { outcome: 'refuses', more: { refuses: 'config-broken' } },
  },
  {
    name: 'settings with a comma too many, and an empty store',
    files: {
      '~/.claude/settings.json': `{ "env": { "ANTHROPIC_API_KEY": "${KEY}", } }`,
      [LOGIN_FILE]: '',
    },
    says: { outcome: 'refuses', conflicts: ['settings-file-dropped'] },
  },
  {
    name: 'much at once',
    env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'https://shell.example' },
    files: {
      [LOGIN_FILE]: login({ refreshTokenExpiresAt: `$NOW_MS+${DAY}` }),
      '~/.claude.json': ACCOUNT,
      '~/.claude/settings.json': {
        env: { ANTHROPIC_API_KEY: KEY },
        apiKeyHelper: 'cat /run/secret-0123456789',
      },
      '$PROJ/.claude/settings.json': {
        env: {
          ANTHROPIC_API_KEY: OTHER_KEY,
          ANTHROPIC_BASE_URL: 'https://project.example',
          CLAUDE_CODE_OAUTH_TOKEN: OAUTH,
        },
      },
      '$PROJ/.claude/settings.local.json': {
        env: { ANTHROPIC_AUTH_TOKEN: 7 },
        permissions: { allow: 'all' },
      },
      '$PROJ/.env': `ANTHROPIC_API_KEY="${OTHER_KEY}"\n`,
      '~/.zshrc': `if true; then export ANTHROPIC_API_KEY=$(cat key); fi\n`,
    },
    lay: (home, project) => {
      chmodSync(path.join(home, '.claude/.credentials.json'), 0o644);
      execFileSync('git', ['init', '--quiet', project]);
      execFileSync('git', ['-C', project, 'add', '--force', '.claude/settings.json']);
    },
    says: {
      outcome: 'sends',
      conflicts: [
        'two-credentials-sent',
        'settings-override-shell',
        'project-supplies-credential',
        'project-variable-ignored',
        'settings-file-dropped',
        'login-ending',
        'secret-in-shared-file',
        'loose-file-mode',
      ],
    },
  },
  {
    name: 'a store that may not be read',
    asNobody: true,
    files: { [LOGIN_FILE]: login() },
    lay: (home) => {
      chmodSync(path.join(home, '.claude/.credentials.json'), 0);
    },
    says: { outcome: 'unknown', more: { unknown: 'store-not-readable', sends: null, pays: null } },
  },
  {
    name: 'a folder of settings that may not be entered',
    asNobody: true,
    files: { '$PROJ/.claude/settings.json': { env: { ANTHROPIC_API_KEY: KEY } } },
    lay: (_home, project) => {
      chmodSync(path.join(project, '.claude'), 0);
    },
    says: { outcome: 'refuses' },
  },
  {
    name: 'a login that has ended',
    files: { [LOGIN_FILE]: login({ refreshToken: '', expiresAt: '$NOW_MS-1000000' }) },
    says: { outcome: 'sends', conflicts: ['login-ended'] },
  },
  {
    name: 'what is left of a login, with entries that nobody knows',
    files: { [LOGIN_FILE]: { ...login({ accessToken: '' }), 'some\u001bthing': { token: TOKEN } } },
    says: { outcome: 'refuses', conflicts: ['login-stub'] },
  },
  {
    name: 'a login until the end of time',
    files: { [LOGIN_FILE]: login({ refreshTokenExpiresAt: 8_000_000_000_000_000 }) },
    says: { outcome: 'sends' },
  },
  {
    name: 'a Console key beside a token',
    env: { ANTHROPIC_AUTH_TOKEN: TOKEN },
    files: {
      '~/.claude.json': { ...ACCOUNT, primaryApiKey: 'sk-ant-api03-PRIMARY-cccccccccccccccc-CONSOLE' },
    },
    says: { outcome: 'sends', more: { sends: { xApiKey: { source: 'console-key' } } } },
  },
  {
    name: 'an active profile of a person',
    files: {
      '~/.config/anthropic/configs/default.json': {
        authentication: { type: 'user_oauth', client_id: 'made-up' },
      },
      '~/.config/anthropic/credentials/default.json': {
        access_token: 'profile-ACCESS-0123456789',
        refresh_token: 'profile-REFRESH-0123456789',
        expires_at: '$NOW_S+3600',
        organization_name: 'Made-up Ltd',
      },
      '~/.config/anthropic/configs/other.json': { authentication: { type: 'oidc_federation' } },
    },
    says: {
      outcome: 'sends',
      more: { sends: { authorization: { source: 'profile' } }, pays: 'organisation' },
    },
  },
  {
    name: 'a profile that is named and not there',
    env: { ANTHROPIC_PROFILE: 'nobody' },
    files: { [LOGIN_FILE]: login() },
    says: { outcome: 'sends' },
  },
  {
    name: 'federation, custom headers and an OAuth token',
    env: {
      ANTHROPIC_FEDERATION_RULE_ID: 'rule',
      ANTHROPIC_ORGANIZATION_ID: 'organisation',
      ANTHROPIC_IDENTITY_TOKEN: 'eyJmade.UPtoken.0123456789',
      ANTHROPIC_CUSTOM_HEADERS: `X-Api-Key: ${OTHER_KEY}\nX-Team: blue`,
      CLAUDE_CODE_OAUTH_TOKEN: OAUTH,
    },
    says: { outcome: 'sends', more: { sends: { xApiKey: { source: 'custom-headers' } } } },
  },
  {
    name: 'a bare run with inline settings',
    mode: 'bare',
    args: ['--settings', `{"env":{"ANTHROPIC_API_KEY":"${OTHER_KEY}"}}`],
    files: { [LOGIN_FILE]: login() },
    says: { outcome: 'sends', more: { sends: { xApiKey: { origin: { kind: 'settings', scope: 'flag' } } } } },
  },
  {
    name: 'a mode that the version does not know',
    mode: 'bare',
    version: '2.1.73',
    env: { ANTHROPIC_API_KEY: KEY },
    says: { outcome: 'refuses', more: { refuses: 'unsupported' } },
  },
  {
    name: 'a version that nobody has seen yet',
    version: '9.9.9',
    env: { ANTHROPIC_API_KEY: KEY },
    says: {
      outcome: 'sends',
      conflicts: ['version-newer-than-rules'],
      more: { context: { claudeCode: { version: '9.9.9', from: 'flag' } } },
    },
  },
  {
    name: 'a scheduled job',
    surface: 'scheduled',
    env: { ANTHROPIC_API_KEY: KEY },
    files: { [LOGIN_FILE]: login() },
    says: { outcome: 'sends', more: { context: { surface: 'scheduled' } } },
  },
  {
    name: 'no home',
    noHome: true,
    // Whose account has none either: else the one of whoever runs the tests would be read.
    asNobody: true,
    env: { ANTHROPIC_API_KEY: KEY },
    says: { outcome: 'sends' },
  },
  {
    name: 'links in a circle, a FIFO and a folder in the place of files',
    env: { ANTHROPIC_API_KEY: KEY },
    lay: (home, project) => {
      mkdirSync(path.join(home, '.claude/settings.json'), { recursive: true });
      mkdirSync(path.join(project, '.claude'));
      symlinkSync('settings.local.json', path.join(project, '.claude/settings.json'));
      symlinkSync('settings.json', path.join(project, '.claude/settings.local.json'));
      execFileSync('mkfifo', [path.join(home, '.zshrc')]);
    },
    says: { outcome: 'sends' },
  },
  {
    name: 'a folder with a hostile name, in the wrong encoding',
    cwd: '$PROJ/a\u001b[2Jb\u202ec\nd',
    files: { '$PROJ/a\u001b[2Jb\u202ec\nd/.claude/settings.json': { env: { ANTHROPIC_API_KEY: KEY } } },
    lay: (home) => {
      mkdirSync(path.join(home, '.claude'));
      writeFileSync(
        path.join(home, '.claude/settings.json'),
        Uint8Array.from([0xfe, 0xff, 0, 0x7b, 0, 0x7d]),
      );
    },
    says: { outcome: 'sends', conflicts: ['settings-file-dropped'] },
  },
];
