import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DAY = 24 * 60 * 60 * 1000;

/** Every secret here is made up and says so. */
const STALE_KEY = 'sk-ant-api03-MADE-UP-FOR-THE-DEMO-NOT-A-REAL-KEY-0000000000000000000000-OLDKEY42AA';
const GATEWAY_TOKEN = 'made-up-demo-gateway-token-not-real';
const LOGIN = {
  accessToken: 'sk-ant-oat01-MADE-UP-FOR-THE-DEMO-NOT-A-REAL-TOKEN',
  refreshToken: 'sk-ant-ort01-MADE-UP-FOR-THE-DEMO-NOT-A-REAL-TOKEN',
};

/** The secrets that the demo home holds, so that a test can look for them where they must not be. */
export const DEMO_SECRETS = [STALE_KEY, GATEWAY_TOKEN, ...Object.values(LOGIN)];

/**
 * Writes a home with a telling mess in it: a working Max login that ends in two days, an API key forgotten in
 * `.zshrc` that is used (and billed) instead, a client's project that brings a gateway of its own, another whose
 * settings have a comma too many and are dropped as a whole.
 *
 * @param {string} home an empty folder, by its real path
 * @param {number} now  milliseconds since 1970
 * @returns what a shell started in that home would have
 */
export function writeDemoHome(home, now) {
  const acme = path.join(home, 'clients/acme/app');
  const beta = path.join(home, 'clients/beta');
  const notes = path.join(home, 'notes');
  const quiet = path.join(home, 'own/quiet');

  write(path.join(home, '.claude/.credentials.json'), json(credentials(now)), 0o600);
  write(path.join(home, '.claude/settings.json'), json({ model: 'opus', cleanupPeriodDays: 30 }));
  write(path.join(home, '.claude.json'), json(claudeJson([acme, notes, quiet])), 0o600);
  write(path.join(home, '.zshrc'), zshrc());

  write(path.join(acme, '.git/HEAD'), 'ref: refs/heads/main\n');
  write(
    path.join(acme, '.claude/settings.local.json'),
    json({
      env: { ANTHROPIC_BASE_URL: 'https://gateway.acme.example', ANTHROPIC_AUTH_TOKEN: GATEWAY_TOKEN },
    }),
  );
  write(path.join(beta, '.claude/settings.json'), brokenSettings());
  // An empty value cancels the forgotten key: here the login is used.
  write(path.join(quiet, '.claude/settings.json'), json({ env: { ANTHROPIC_API_KEY: '' } }));
  write(path.join(notes, 'todo.md'), '- find out who pays for all this\n');

  return {
    acme,
    beta,
    notes,
    quiet,
    clients: path.join(home, 'clients'),
    variables: { ANTHROPIC_API_KEY: STALE_KEY },
  };
}

/** @param {number} now */
function credentials(now) {
  return {
    claudeAiOauth: {
      ...LOGIN,
      expiresAt: now + DAY / 6,
      refreshTokenExpiresAt: now + 2 * DAY,
      scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
      subscriptionType: 'max',
      rateLimitTier: 'default_claude_max_20x',
    },
  };
}

/** @param {readonly string[]} trusted folders */
function claudeJson(trusted) {
  return {
    hasCompletedOnboarding: true,
    oauthAccount: {
      accountUuid: '00000000-0000-4000-8000-000000000001',
      emailAddress: 'person@example.com',
      organizationUuid: '00000000-0000-4000-8000-000000000002',
      organizationName: "person@example.com's Organization",
    },
    // Claude Code remembers the answer about a key by its last 20 characters.
    customApiKeyResponses: { approved: [STALE_KEY.slice(-20)], rejected: [] },
    projects: Object.fromEntries(trusted.map((folder) => [folder, { hasTrustDialogAccepted: true }])),
  };
}

/** The key stands on line 42, far enough down to be forgotten. */
function zshrc() {
  const lines = Array.from({ length: 41 }, (_, index) => `# setting number ${String(index + 1)}`);
  lines[0] = '# ~/.zshrc (made up for the demo)';
  lines[2] = 'export EDITOR=vim';
  lines[40] = '# trying the API, take out again next week';
  return [...lines, `export ANTHROPIC_API_KEY=${STALE_KEY}`, "alias ll='ls -l'", ''].join('\n');
}

function brokenSettings() {
  return '{\n  "env": {\n    "ANTHROPIC_BASE_URL": "https://gateway.beta.example",\n  }\n}\n';
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * @param {string} file
 * @param {string} text
 * @param {number} [mode]
 */
function write(file, text, mode = 0o644) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}
