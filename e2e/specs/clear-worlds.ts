import { execFileSync } from 'node:child_process';
import { SECRET_MARK } from './status-answer.ts';

/** Made up; every secret holds the mark, so that it is found wherever it should not be. */
export const KEY = `sk-ant-api03-${SECRET_MARK}-aaaaaaaaaaaaaaaaaaaa-KEY1`;
export const OTHER_KEY = `sk-ant-api03-${SECRET_MARK}-bbbbbbbbbbbbbbbbbbbb-KEY2`;
export const TOKEN = `token-${SECRET_MARK}-cccccccccccccccc`;

export const LOGIN: Readonly<Record<string, string>> = {
  '~/.claude/.credentials.json': JSON.stringify({
    claudeAiOauth: {
      accessToken: `sk-ant-oat01-${SECRET_MARK}`,
      refreshToken: `sk-ant-ort01-${SECRET_MARK}`,
      expiresAt: 4_102_444_800_000,
      scopes: ['user:inference', 'user:profile'],
      subscriptionType: 'max',
    },
  }),
};

/** A home, what is wished in it, and what is to come of it. */
export interface ClearWorld {
  readonly name: string;
  /** By path, `~` the home, `$PROJ` the folder; beside a working login. */
  readonly files: Readonly<
    Record<string, string | { readonly to: string } | { readonly text: string; readonly mode: number }>
  >;
  readonly words: readonly string[];
  /** The names that new terminals must not have any more, and had before; none: nothing changes for them. */
  readonly names: readonly string[];
  /** `action path:lines`, in any order. */
  readonly steps: readonly string[];
  /** `why path:line`. */
  readonly left?: readonly string[];
  /** `where name`: what is said to hold it after all. */
  readonly still?: readonly string[];
  /** What this terminal exports. */
  readonly exports?: Readonly<Record<string, string>>;
  /** The whole content that a file must have then; `ID` stands for the change. */
  readonly then?: Readonly<Record<string, string>>;
  /** Paths that are changed beside those of the steps: where a link leads. */
  readonly also?: readonly string[];
  /** The source that print runs use in the end. */
  readonly uses: string | null;
  readonly login?: false;
  readonly prepare?: (home: string) => void;
}

const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;
const API_KEY = 'ANTHROPIC_API_KEY';
const clearKey = { words: [API_KEY], names: [API_KEY], uses: 'claude-login' } as const;
const inSettings = (key = KEY): string =>
  JSON.stringify({ env: { A: 'b', [API_KEY]: key }, model: 'opus' }, null, 2);

function fish(home: string, script: string): void {
  execFileSync('fish', ['-c', script], { env: { HOME: home, PATH: '/usr/bin:/bin' }, stdio: 'ignore' });
}

/** Where a shell or the session sets it. */
export const SHELL_WORLDS: readonly ClearWorld[] = [
  {
    ...clearKey,
    name: 'a key in ~/.zshrc',
    files: { '~/.zshrc': `# mine\nexport EDITOR=vi\n${EXPORT}alias ll='ls -l'\n` },
    steps: ['commented-out ~/.zshrc:3'],
    then: { '~/.zshrc': `# mine\nexport EDITOR=vi\n# credence ID: ${EXPORT}alias ll='ls -l'\n` },
  },
  {
    ...clearKey,
    name: 'copies in ~/.zshenv and ~/.zprofile, of which each would take over',
    files: { '~/.zshenv': EXPORT, '~/.zprofile': `export ANTHROPIC_API_KEY=${OTHER_KEY}\nexport A=b\n` },
    steps: ['commented-out ~/.zshenv:1', 'commented-out ~/.zprofile:1'],
  },
  {
    ...clearKey,
    name: 'a key in ~/.bashrc, twice',
    files: { '~/.bashrc': `${EXPORT}export A=b\nexport ANTHROPIC_API_KEY="${OTHER_KEY}"\n` },
    steps: ['commented-out ~/.bashrc:1,3'],
  },
  {
    ...clearKey,
    name: 'a key in ~/.profile, in two statements',
    files: { '~/.profile': `ANTHROPIC_API_KEY='${KEY}'\nexport ANTHROPIC_API_KEY\nexport A="b c"\n` },
    steps: ['commented-out ~/.profile:1,2'],
  },
  {
    ...clearKey,
    name: 'a key in fish’s config.fish and conf.d',
    files: {
      '~/.config/fish/config.fish': `set -gx ANTHROPIC_API_KEY ${KEY}\nset -gx A b\n`,
      '~/.config/fish/conf.d/keys.fish': `set -x ANTHROPIC_API_KEY '${OTHER_KEY}'\n`,
    },
    steps: ['commented-out ~/.config/fish/config.fish:1', 'commented-out ~/.config/fish/conf.d/keys.fish:1'],
  },
  {
    ...clearKey,
    name: 'a universal variable of fish',
    files: {},
    prepare: (home) => {
      fish(home, `set -Ux ANTHROPIC_API_KEY ${KEY}; set -Ux OTHER 'a b' c; set -U silent d`);
    },
    steps: ['unset fish-universal ANTHROPIC_API_KEY'],
    also: ['.config/fish/fish_variables'],
  },
  {
    ...clearKey,
    name: 'a universal variable of fish that config.fish covers',
    files: { '~/.config/fish/config.fish': `set -gx ANTHROPIC_API_KEY ${KEY}\n` },
    prepare: (home) => {
      fish(home, `set -Ux ANTHROPIC_API_KEY ${OTHER_KEY}`);
    },
    steps: ['commented-out ~/.config/fish/config.fish:1', 'unset fish-universal ANTHROPIC_API_KEY'],
    also: ['.config/fish/fish_variables'],
  },
  {
    ...clearKey,
    name: 'a file that ~/.zshrc sources',
    files: {
      '~/.zshrc': '. ~/.secrets\nexport A=b\n',
      '~/.secrets': { text: `${EXPORT}export B=c\n`, mode: 0o600 },
    },
    steps: ['commented-out ~/.secrets:1'],
  },
  {
    ...clearKey,
    name: 'a ~/.zshrc that is a link into a folder of dotfiles',
    files: {
      '~/dotfiles/zshrc': { text: `export A=b\n${EXPORT}`, mode: 0o640 },
      '~/.zshrc': { to: 'dotfiles/zshrc' },
    },
    steps: ['commented-out ~/.zshrc:2'],
    also: ['dotfiles/zshrc'],
  },
  {
    ...clearKey,
    name: 'a file with the line ends of Windows',
    files: { '~/.zshrc': `# a\r\nexport ANTHROPIC_API_KEY=${KEY}\r\nexport A=b\r\n` },
    steps: ['commented-out ~/.zshrc:2'],
    then: { '~/.zshrc': `# a\r\n# credence ID: export ANTHROPIC_API_KEY=${KEY}\r\nexport A=b\r\n` },
  },
  {
    ...clearKey,
    name: 'a file without a newline at its end',
    files: { '~/.zshrc': `export A=b\nexport ANTHROPIC_API_KEY=${KEY}` },
    steps: ['commented-out ~/.zshrc:2'],
    then: { '~/.zshrc': `export A=b\n# credence ID: export ANTHROPIC_API_KEY=${KEY}` },
  },
  {
    ...clearKey,
    name: 'lines to be deleted',
    words: [API_KEY, '--remove'],
    files: { '~/.zshrc': `export A=b\n${EXPORT}export B=c\n`, '~/.bashrc': EXPORT },
    steps: ['removed ~/.zshrc:2', 'removed ~/.bashrc:1'],
    then: { '~/.zshrc': 'export A=b\nexport B=c\n', '~/.bashrc': '' },
  },
  {
    ...clearKey,
    name: 'what the session reads at login',
    files: {
      '~/.pam_environment': `ANTHROPIC_API_KEY DEFAULT=${KEY}\nA DEFAULT=b\n`,
      '~/.config/environment.d/10-keys.conf': `ANTHROPIC_API_KEY=${KEY}\nA=b\n`,
    },
    names: [],
    steps: ['commented-out ~/.pam_environment:1', 'commented-out ~/.config/environment.d/10-keys.conf:1'],
  },
  {
    ...clearKey,
    name: 'a key under a condition beside a plain one',
    files: { '~/.zshrc': `${EXPORT}if [ -n "$HOME" ]; then\n  export ANTHROPIC_API_KEY=${OTHER_KEY}\nfi\n` },
    names: [],
    steps: ['commented-out ~/.zshrc:1'],
    left: ['conditional ~/.zshrc:3'],
    still: ['new-terminals ANTHROPIC_API_KEY'],
    uses: 'claude-login',
  },
  {
    ...clearKey,
    name: 'a value that this terminal exports as well',
    files: { '~/.zshrc': EXPORT },
    exports: { [API_KEY]: KEY },
    steps: ['commented-out ~/.zshrc:1'],
    still: ['this-terminal ANTHROPIC_API_KEY'],
    uses: 'api-key',
  },
];

/** Where a settings file sets it, or another file. */
export const FILE_WORLDS: readonly ClearWorld[] = [
  {
    ...clearKey,
    name: 'user settings',
    names: [],
    files: { '~/.claude/settings.json': inSettings() },
    steps: ['removed ~/.claude/settings.json:4'],
    then: { '~/.claude/settings.json': JSON.stringify({ env: { A: 'b' }, model: 'opus' }, null, 2) },
  },
  {
    ...clearKey,
    name: 'settings of the folder, its own and local ones, and of the user',
    names: [],
    files: {
      '~/.claude/settings.json': inSettings(),
      '$PROJ/.claude/settings.json': inSettings(OTHER_KEY),
      '$PROJ/.claude/settings.local.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}\r\n`,
    },
    steps: [
      'removed ~/.claude/settings.json:4',
      'removed $PROJ/.claude/settings.json:4',
      'removed $PROJ/.claude/settings.local.json:1',
    ],
    then: { '$PROJ/.claude/settings.local.json': '{"env":{}}\r\n' },
  },
  {
    ...clearKey,
    name: 'env of .claude.json',
    names: [],
    files: { '~/.claude.json': `{"numStartups":3,"env":{"ANTHROPIC_API_KEY":"${KEY}"},"projects":{}}` },
    steps: ['removed ~/.claude.json:1'],
    then: { '~/.claude.json': '{"numStartups":3,"env":{},"projects":{}}' },
  },
  {
    ...clearKey,
    name: 'VS Code’s settings, with comments and commas',
    names: [],
    files: {
      '~/.config/Code/User/settings.json': [
        '{',
        '  // mine',
        '  "editor.tabSize": 2,',
        '  "claudeCode.environmentVariables": [',
        `    { "name": "ANTHROPIC_API_KEY", "value": "${KEY}" },`,
        '    { "name": "A", "value": "b" },',
        '  ],',
        '}',
        '',
      ].join('\n'),
    },
    steps: ['commented-out ~/.config/Code/User/settings.json:5'],
  },
  {
    ...clearKey,
    name: 'files of direnv, mise and dotenv, which are left',
    names: [],
    files: {
      '~/.claude/settings.json': inSettings(),
      '$PROJ/.env': `ANTHROPIC_API_KEY=${KEY}\n`,
      '$PROJ/.envrc': EXPORT,
      '$PROJ/mise.toml': `[env]\nANTHROPIC_API_KEY = "${KEY}"\n`,
    },
    steps: ['removed ~/.claude/settings.json:4'],
    left: ['not-chosen $PROJ/.env:1', 'not-chosen $PROJ/.envrc:1', 'not-chosen $PROJ/mise.toml:2'],
  },
  {
    ...clearKey,
    name: 'files of direnv, mise and dotenv, which are chosen',
    words: [API_KEY, '--include', '.env', '--include', '$PROJ/.envrc', '--include', 'mise.toml'],
    names: [],
    files: {
      '$PROJ/.env': `A=b\nANTHROPIC_API_KEY=${KEY}\n`,
      '$PROJ/.envrc': `${EXPORT}export A=b\n`,
      '$PROJ/mise.toml': `[env]\nANTHROPIC_API_KEY = "${KEY}"\nA = "b"\n`,
    },
    steps: ['commented-out $PROJ/.env:2', 'commented-out $PROJ/.envrc:1', 'commented-out $PROJ/mise.toml:2'],
  },
  {
    name: 'a helper in settings',
    words: ['apiKeyHelper'],
    names: [],
    files: {
      '~/.claude/settings.json': `{\n  "apiKeyHelper": "cat ~/.key-${SECRET_MARK}",\n  "model": "opus"\n}\n`,
    },
    steps: ['removed ~/.claude/settings.json:2'],
    then: { '~/.claude/settings.json': '{\n  "model": "opus"\n}\n' },
    uses: 'claude-login',
  },
  {
    name: 'a provider that is switched on',
    words: ['CLAUDE_CODE_USE_BEDROCK'],
    names: ['CLAUDE_CODE_USE_BEDROCK'],
    files: { '~/.zshrc': 'export CLAUDE_CODE_USE_BEDROCK=1\nexport AWS_REGION=eu-west-1\n' },
    steps: ['commented-out ~/.zshrc:1'],
    uses: 'claude-login',
  },
  {
    name: 'a base URL',
    words: ['ANTHROPIC_BASE_URL'],
    names: ['ANTHROPIC_BASE_URL'],
    files: { '~/.zshrc': 'export ANTHROPIC_BASE_URL=https://gateway.example/v1\n' },
    steps: ['commented-out ~/.zshrc:1'],
    uses: 'claude-login',
  },
  {
    name: 'several names at once',
    words: [API_KEY, 'auth-token', 'CLAUDE_CODE_OAUTH_TOKEN'],
    names: [API_KEY, 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
    files: {
      '~/.zshrc': `${EXPORT}export ANTHROPIC_AUTH_TOKEN=${TOKEN}\nexport A=b\n`,
      '~/.bashrc': `export CLAUDE_CODE_OAUTH_TOKEN=${TOKEN}\n`,
      '~/.claude/settings.json': JSON.stringify({ env: { ANTHROPIC_AUTH_TOKEN: TOKEN } }),
    },
    steps: ['commented-out ~/.zshrc:1,2', 'commented-out ~/.bashrc:1', 'removed ~/.claude/settings.json:1'],
    uses: 'claude-login',
  },
  {
    name: 'whatever stands in the way of the login',
    words: ['--use', 'claude-login'],
    names: [API_KEY, 'ANTHROPIC_AUTH_TOKEN'],
    files: {
      '~/.zshrc': `${EXPORT}export A=b\nexport ANTHROPIC_AUTH_TOKEN=${TOKEN}\n`,
      '~/.claude/settings.json': JSON.stringify({ apiKeyHelper: 'echo key', env: { [API_KEY]: OTHER_KEY } }),
    },
    steps: ['commented-out ~/.zshrc:1,3', 'removed ~/.claude/settings.json:1,1'],
    uses: 'claude-login',
  },
  {
    name: 'a shell’s key that is cancelled in settings which are not there yet',
    words: [API_KEY, '--cancel'],
    names: [],
    files: { '~/.zshrc': EXPORT },
    steps: ['made ~/.claude/settings.json:'],
    then: { '~/.claude/settings.json': '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}\n' },
    still: ['new-terminals ANTHROPIC_API_KEY'],
    exports: { [API_KEY]: KEY },
    uses: 'claude-login',
  },
  {
    name: 'a key under a condition that settings cancel already: the empty value stays',
    words: [API_KEY],
    names: [API_KEY],
    files: {
      '~/.zshrc': EXPORT,
      '~/.claude/settings.json': '{"env":{"ANTHROPIC_API_KEY":""}}',
    },
    steps: ['commented-out ~/.zshrc:1'],
    then: { '~/.claude/settings.json': '{"env":{"ANTHROPIC_API_KEY":""}}' },
    uses: 'claude-login',
  },
  {
    name: 'a file that others may read',
    words: ['--narrow', '$PROJ/.env'],
    names: [],
    files: { '$PROJ/.env': { text: `ANTHROPIC_API_KEY=${KEY}\n`, mode: 0o664 } },
    steps: ['664 to 600 $PROJ/.env'],
    uses: 'claude-login',
  },
  {
    name: 'an answer about the key of this terminal',
    words: [API_KEY, '--forget-answer'],
    names: [],
    files: {
      '~/.claude.json': `{"customApiKeyResponses":{"approved":["aaaaaaaaaaaaaaaaaaaa"],"rejected":["${KEY.slice(-20)}"]}}`,
    },
    exports: { [API_KEY]: KEY },
    steps: ['answer-forgotten ~/.claude.json:1'],
    then: {
      '~/.claude.json': '{"customApiKeyResponses":{"approved":["aaaaaaaaaaaaaaaaaaaa"],"rejected":[]}}',
    },
    uses: 'api-key',
  },
  {
    name: 'an answer about a key that stands in a file',
    words: ['api-key', '--forget-answer'],
    names: [],
    files: {
      '~/.zshrc': EXPORT,
      '~/.claude.json': `{"customApiKeyResponses":{"approved":["${KEY.slice(-20)}"]}}`,
    },
    steps: ['answer-forgotten ~/.claude.json:1'],
    then: { '~/.claude.json': '{"customApiKeyResponses":{"approved":[]}}' },
    uses: 'claude-login',
  },
];
