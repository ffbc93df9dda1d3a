import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} FullHome
 * @property {string} home
 * @property {string} project
 * @property {Readonly<Record<string, string>>} variables the environment to ask in; `PATH` is the caller's
 */

const HOUR = 3_600_000;

/**
 * Looks like nobody's: names its kind and place.
 * @param {string} kind
 * @param {string} place
 */
const secret = (kind, place) => `made-up-${kind}-${place}-0123456789abcdef`;

/**
 * Lays a home and a project in which every source that Credence reads has something to tell, in ordinary sizes.
 *
 * @param {string} root   a folder; the home becomes one in it
 * @param {string} search what is to stand in `PATH`
 * @param {number} now    milliseconds since 1970
 * @returns {FullHome}
 */
export function layFullHome(root, search, now) {
  const home = path.join(root, 'home');
  const project = path.join(root, 'home/app');
  /** @type {Readonly<Record<string, string>>} */
  const files = {
    '.bashrc': exports('bashrc'),
    '.profile': exports('profile'),
    '.zshrc': exports('zshrc'),
    '.zshenv': exports('zshenv'),
    '.config/fish/config.fish': `set -gx ANTHROPIC_API_KEY ${secret('key', 'fish')}\n`,
    '.config/powershell/profile.ps1': `$env:ANTHROPIC_API_KEY = "${secret('key', 'powershell')}"\n`,
    '.config/environment.d/10-claude.conf': `ANTHROPIC_API_KEY=${secret('key', 'systemd')}\n`,
    '.pam_environment': `ANTHROPIC_API_KEY DEFAULT=${secret('key', 'pam')}\n`,
    '.config/Code/User/settings.json': `// made up\n${json({
      'claudeCode.environmentVariables': [{ name: 'ANTHROPIC_API_KEY', value: secret('key', 'vscode') }],
    })}`,
    '.claude/settings.json': json({ env: env('user'), apiKeyHelper: '/usr/local/bin/made-up-helper --user' }),
    '.claude/.credentials.json': json({
      claudeAiOauth: {
        accessToken: secret('access', 'store'),
        refreshToken: secret('refresh', 'store'),
        expiresAt: now + 4 * HOUR,
        scopes: ['user:inference', 'user:profile'],
        subscriptionType: 'max',
      },
      mcpOAuth: {},
    }),
    '.claude.json': json({
      env: env('claude-json'),
      primaryApiKey: secret('console', 'claude-json'),
      customApiKeyResponses: { approved: [secret('key', 'shell').slice(-20)], rejected: [] },
      oauthAccount: {
        emailAddress: 'p@example.com',
        organizationUuid: 'made-up',
        organizationName: 'Made up',
      },
      projects: Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [
          at === 0 ? project : `${home}/other-${at}`,
          { hasTrustDialogAccepted: true, history: [{ display: `a line of history ${at}` }] },
        ]),
      ),
    }),
    '.config/anthropic/active_config': 'work\n',
    '.config/anthropic/configs/work.json': json({ type: 'user_oauth', client_id: 'made-up' }),
    '.config/anthropic/credentials/work.json': json({
      access_token: secret('access', 'profile'),
      refresh_token: secret('refresh', 'profile'),
      expires_at: Math.floor((now + HOUR) / 1000),
    }),
    '.config/anthropic/configs/other.json': json({ type: 'user_oauth' }),
    '.config/credence/providers.json': json({
      schemaVersion: 1,
      providers: [
        {
          name: 'northwind',
          issuer: 'https://login.northwind.example',
          clientId: 'made-up',
          scopes: ['openid', 'offline_access'],
          baseUrl: 'https://gateway.northwind.example',
          header: 'both',
        },
      ],
    }),
    '.config/credence/organisations.json': json({
      schemaVersion: 1,
      organisations: [
        {
          provider: 'northwind',
          account: 'p@northwind.example',
          signedInAt: now - HOUR,
          accessEndsAt: now + HOUR,
          renews: true,
          missingScopes: [],
          state: 'signed-in',
          trial: null,
        },
      ],
    }),
    '.aws/config': '[default]\nregion = eu-west-1\n[profile work]\nsso_start_url = https://made-up.example\n',
    '.aws/credentials': `[default]\naws_access_key_id = made-up\naws_secret_access_key = ${secret('aws', 'file')}\n`,
    '.aws/sso/cache/0123456789abcdef.json': json({
      startUrl: 'https://made-up.example',
      accessToken: secret('sso', 'cache'),
      expiresAt: new Date(now + HOUR).toISOString(),
    }),
    '.config/gcloud/application_default_credentials.json': json({
      type: 'authorized_user',
      client_id: 'made-up',
      client_secret: secret('google', 'file'),
      refresh_token: secret('refresh', 'google'),
    }),
    '.azure/azureProfile.json': json({ subscriptions: [{ id: 'made-up', isDefault: true }] }),
    'app/.claude/settings.json': json({ env: env('project'), apiKeyHelper: './helper.sh' }),
    'app/.claude/settings.local.json': json({ env: env('local') }),
    'app/.env': `ANTHROPIC_API_KEY=${secret('key', 'dotenv')}\n`,
    'app/.env.local': `ANTHROPIC_API_KEY=${secret('key', 'dotenv-local')}\n`,
    'app/.envrc': `export ANTHROPIC_API_KEY=${secret('key', 'direnv')}\n`,
    'app/mise.toml': `[env]\nANTHROPIC_API_KEY = "${secret('key', 'mise')}"\n`,
    'app/.git/HEAD': 'ref: refs/heads/main\n',
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  }
  return {
    home,
    project,
    variables: {
      HOME: home,
      PATH: search,
      SHELL: '/bin/bash',
      USER: 'p',
      ANTHROPIC_API_KEY: secret('key', 'shell'),
      ANTHROPIC_AUTH_TOKEN: secret('token', 'shell'),
      CLAUDE_CODE_OAUTH_TOKEN: secret('oauth', 'shell'),
      ANTHROPIC_FEDERATION_RULE_ID: 'made-up-rule',
      ANTHROPIC_ORGANIZATION_ID: 'made-up-organisation',
    },
  };
}

/** What start-up files are mostly made of. */
const ORDINARY_LINES = `
case $- in *i*) ;; *) return ;; esac
HISTCONTROL=ignoreboth
shopt -s histappend
if [ -x /usr/bin/dircolors ]; then
  alias ls='ls --color=auto'
  alias grep='grep --color=auto'
fi
alias ll='ls -alF'
export EDITOR=vi PAGER=less
export PATH="$HOME/bin:$PATH"
prompt() { printf '%s' "$PWD"; }
`;

/** @param {unknown} value */
function json(value) {
  return JSON.stringify(value, undefined, 2);
}

/** @param {string} place */
function env(place) {
  return {
    ANTHROPIC_API_KEY: secret('key', place),
    ANTHROPIC_AUTH_TOKEN: secret('token', place),
    ANTHROPIC_BASE_URL: 'https://gateway.example/v1',
    CLAUDE_CODE_OAUTH_TOKEN: secret('oauth', place),
    ANTHROPIC_CUSTOM_HEADERS: `X-Team: made-up\nx-api-key: ${secret('header', place)}`,
    EDITOR: 'vi',
  };
}

/** @param {string} place */
function exports(place) {
  return (
    `${ORDINARY_LINES}\nexport ANTHROPIC_API_KEY=${secret('key', place)}\n` +
    `if [ -d /opt/aws ]; then export AWS_PROFILE=work; fi\n${ORDINARY_LINES}`
  );
}
