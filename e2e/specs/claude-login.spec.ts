import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaValidator } from '../schema/published-schemas.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

const LINK =
  'https://claude.com/cai/oauth/authorize?code=true&client_id=CLIENT&code_challenge=CHALLENGE&state=STATE';
const CODE = 'good-CANARY-code-0123456789#STATE';
const TOKEN = 'sk-ant-oat01-CANARY-token';
/** What is never to be seen, in whole or in its telling part. */
const CANARIES = ['CANARY-code', 'CANARY-token'];
const LOGIN = JSON.stringify({
  claudeAiOauth: {
    accessToken: TOKEN,
    refreshToken: 'sk-ant-ort01-CANARY-token',
    expiresAt: 1_999_999_999_999,
    refreshTokenExpiresAt: 1_999_999_999_999,
    scopes: ['user:inference', 'user:profile'],
    subscriptionType: 'max',
  },
});
const ACCOUNT = JSON.stringify({
  oauthAccount: {
    emailAddress: 'person@example.com',
    organizationUuid: 'org-1',
    organizationName: 'Example Org',
  },
});

/** Says what was recorded of 2.1.328, and goes by the first letters of the code. */
const FAKE_CLAUDE = `#!/bin/sh
printf '%s\\n' "$*" >> "$HOME/.fake/args"
echo $$ > "$HOME/.fake/pid"
case "$1 $2" in
'auth login')
  printf "Opening browser to sign in…\\nIf the browser didn't open, visit: %s\\nPaste code here if prompted > " '${LINK}'
  while IFS= read -r code; do
    printf '%s\\n' "$code" >> "$HOME/.fake/received"
    printf '%s\\n' "$code"
    case "$code" in
    good*) printf '%s' '${LOGIN}' > "$HOME/.claude/.credentials.json"; printf '%s' '${ACCOUNT}' > "$HOME/.claude.json"
      echo 'Hello.'; exit 0 ;;
    nothing*) echo 'Login successful.'; exit 0 ;;
    bad*) echo "Couldn't log in: Invalid code $code" >&2; exit 1 ;;
    offline*) echo "Couldn't log in: connect ECONNREFUSED 127.0.0.1:9" >&2; exit 1 ;;
    killed*) kill -KILL $$ ;;
    esac
  done
  exec sleep 600 ;;
'auth logout')
  rm -f "$HOME/.claude/.credentials.json"; echo '{}' > "$HOME/.claude.json"
  echo "Logged out on this computer, but Anthropic didn't confirm the login was revoked. It may still work until you revoke it at https://claude.ai/settings/claude-code" ;;
*) echo "error: unknown command" >&2; exit 1 ;;
esac
`;

let base = '';
let credence: BuiltCommand;
let homes = 0;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-login-')));
  for (const folder of ['bin', 'claude']) mkdirSync(path.join(base, folder));
  writeFileSync(path.join(base, 'claude/claude'), FAKE_CLAUDE);
  chmodSync(path.join(base, 'claude/claude'), 0o755);
  credence = builtCommand(path.join(base, 'bin'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

interface Home {
  readonly home: string;
  readonly folder: string;
  /** What a file holds; `null`: it is not there. */
  readonly text: (name: string) => string | null;
}

function layHome(files: Readonly<Record<string, string>> = {}): Home {
  const home = path.join(base, `home-${String(++homes)}`);
  const folder = path.join(home, 'project');
  for (const made of [folder, path.join(home, '.fake'), path.join(home, '.claude')])
    mkdirSync(made, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
  return {
    home,
    folder,
    text: (name) => {
      const file = path.join(home, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
  };
}

const OLD_LOGIN = LOGIN.replaceAll('CANARY-token', 'CANARY-token-old');
const LOGGED_IN = { '.claude/.credentials.json': OLD_LOGIN, '.claude.json': ACCOUNT };

interface Talk {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

interface TalkOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** What is typed once something is to be read, one after the other. */
  readonly types?: readonly (readonly [after: string, text: string])[];
  /** A signal once something is to be read. */
  readonly signal?: readonly [after: string, signal: NodeJS.Signals];
  /** In a terminal of its own; then all that is to be seen is in `stdout`. */
  readonly inTerminal?: boolean;
  readonly withoutClaude?: boolean;
}

const DEADLINE = 40_000;

/** Runs the built command and speaks with it over pipes, or in a terminal. */
function talk(words: readonly string[], { home, folder }: Home, options: TalkOptions = {}): Promise<Talk> {
  const { variables = {}, types = [], signal, inTerminal = false, withoutClaude = false } = options;
  const env = {
    HOME: home,
    TERM: 'xterm',
    SHELL: '/bin/sh',
    PATH: withoutClaude ? credence.searchPath : `${path.join(base, 'claude')}:${credence.searchPath}`,
    ...variables,
  };
  const line = ['node', credence.file, ...words];
  const [file = '', ...args] = inTerminal
    ? ['script', '--quiet', '--return', '--command', line.join(' '), '/dev/null']
    : line;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr, typed, isSignalled] = ['', '', 0, false];
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE);
    const act = (): void => {
      const next = types[typed];
      if (next !== undefined && (stdout + stderr).includes(next[0])) {
        typed++;
        // A terminal is listened to a moment after it was written to.
        setTimeout(() => child.stdin.write(next[1]), inTerminal ? 300 : 0);
      }
      if (signal !== undefined && !isSignalled && (stdout + stderr).includes(signal[0])) {
        isSignalled = true;
        child.kill(signal[1]);
      }
    };
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      act();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      act();
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ stdout: stdout.replaceAll('\r\n', '\n'), stderr, exitCode });
    });
  });
}

/** Without the line ends of wrapping, so that sentences can be looked for. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const PROMPT = 'Ctrl+C cancels.';

/** Every file that Credence could have written. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function expectNoCanary(answer: Talk, { home }: Home): void {
  for (const canary of CANARIES) expect(answer.stdout + answer.stderr).not.toContain(canary);
  for (const file of filesBelow(home)) {
    // What the program was given, and its own store.
    if (file.includes('/.fake/') || file.includes('/.claude/')) continue;
    for (const canary of CANARIES) expect(readFileSync(file, 'latin1'), file).not.toContain(canary);
  }
}

const isRunning = ({ text }: Home): boolean => {
  const id = text('.fake/pid')?.trim() ?? '';
  return id !== '' && existsSync(`/proc/${id}/exe`);
};

test.runIf(onLinux)(
  'Over pipes a login goes from the link to the account, and the code is nowhere to be seen.',
  async () => {
    const home = layHome();
    const answer = await talk(['login', 'sso', '--email', 'person@example.com'], home, {
      types: [
        [PROMPT, 'CANARY-code\n'],
        ['not the whole code', 'good-CANARY-code#OTHER\n'],
        ['another login', `  ${CODE} \n`],
      ],
    });
    expect(answer.exitCode).toBe(0);
    expect(answer.stdout.split('\n')).toContain(LINK);
    expect(flat(answer.stdout)).toContain(
      'You are logged in as person@example.com (Example Org), with a Max plan.',
    );
    expect(flat(answer.stdout)).toContain(
      'Your Max login ends between 15 and 18 May 2033. Interactive sessions use your Max login. Print runs use your Max login.',
    );
    expect(answer.stderr).toBe('');
    expect(home.text('.fake/args')).toBe('auth login --sso --email person@example.com\n');
    expect(home.text('.fake/received')).toBe(`${CODE}\n`);
    expectNoCanary(answer, home);
  },
);

test.runIf(onLinux)(
  'With --json there is one document, as published, and the link is on the other stream.',
  async () => {
    const home = layHome();
    const answer = await talk(['login', 'claude', '--json'], home, {
      types: [[PROMPT, `${CODE}\n`]],
      variables: { ANTHROPIC_API_KEY: 'sk-ant-api03-made-up-0123456789' },
    });
    expect(answer.exitCode).toBe(0);
    const said: unknown = JSON.parse(answer.stdout);
    expect(published('login', said)).toEqual([]);
    expect(closed('login', said)).toEqual([]);
    expect(said).toMatchObject({
      kind: 'claude',
      way: 'claude',
      outcome: 'logged-in',
      why: null,
      kept: 'login',
      plan: 'max',
      loginEndsAt: '2033-05-18T03:33:19Z',
      account: { email: 'person@example.com', organisationName: 'Example Org' },
      inTheWay: [{ source: 'api-key', names: ['ANTHROPIC_API_KEY'] }],
      clearWith: 'credence clear ANTHROPIC_API_KEY',
    });
    expect(answer.stderr.split('\n')).toContain(LINK);
    expect(answer.stdout).not.toContain('claude.com');
    expectNoCanary(answer, home);
  },
);

test.runIf(onLinux).each<[title: string, code: string, exitCode: number, why: string]>([
  ['the code is refused', 'bad-CANARY-code#STATE', 1, 'code-refused'],
  ['no connection', 'offline-CANARY-code#STATE', 1, 'no-connection'],
  ['it says that all is well', 'nothing-CANARY-code#STATE', 1, 'nothing-saved'],
  ['it is killed', 'killed-CANARY-code#STATE', 1, 'interrupted'],
])('A login that comes to nothing is told by its cause: %s.', async (_, code, exitCode, why) => {
  const home = layHome();
  const answer = await talk(['login', 'claude', '--json'], home, { types: [[PROMPT, `${code}\n`]] });
  expect(answer.exitCode).toBe(exitCode);
  const said: unknown = JSON.parse(answer.stdout);
  expect(closed('login', said)).toEqual([]);
  expect(said).toMatchObject({ outcome: 'failed', why, kept: null, account: null });
  expectNoCanary(answer, home);
});

test.runIf(onLinux).each<[NodeJS.Signals, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('%s cancels it: the program is gone, and everything is as before.', async (name, exitCode) => {
  const home = layHome(LOGGED_IN);
  const answer = await talk(['login', 'claude'], home, { signal: [PROMPT, name] });
  expect(answer.exitCode).toBe(exitCode);
  expect(flat(answer.stderr)).toContain('The login was cancelled. Nothing was changed.');
  expect(isRunning(home)).toBe(false);
  expect(home.text('.claude/.credentials.json')).toBe(OLD_LOGIN);
  expect(home.text('.claude.json')).toBe(ACCOUNT);
});

test.runIf(onLinux)('A terminal that is closed cancels it too, and nothing ends in an abort.', async () => {
  const home = layHome(LOGGED_IN);
  // The shell outlives its terminal, and notes how the command ended.
  const line = `trap '' HUP; node '${credence.file}' login claude --yes; echo $? >'${home.home}/.fake/end'`;
  const child = spawn('script', ['--quiet', '--command', line, '/dev/null'], {
    cwd: home.folder,
    env: {
      HOME: home.home,
      TERM: 'xterm',
      SHELL: '/bin/sh',
      PATH: `${path.join(base, 'claude')}:${credence.searchPath}`,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (flat(shown).includes(PROMPT)) child.kill('SIGKILL');
  });
  await expect.poll(() => home.text('.fake/end'), { timeout: DEADLINE }).toBe('129\n');
  expect(isRunning(home)).toBe(false);
  expect(home.text('.claude/.credentials.json')).toBe(OLD_LOGIN);
});

test.runIf(onLinux)(
  'Without a terminal nothing is asked, and what wins all the same is told with the way to clear it.',
  async () => {
    const home = layHome({
      '.claude/settings.json': '{"env":{"ANTHROPIC_AUTH_TOKEN":"made-up-0123456789"}}',
    });
    const answer = await talk(['login', 'claude'], home, { types: [[PROMPT, `${CODE}\n`]] });
    expect(answer.exitCode).toBe(0);
    const said = flat(answer.stdout);
    expect(said).toContain(
      'After it: Interactive sessions and print runs send the auth token from ~/.claude/settings.json:1, not your Claude login.',
    );
    expect(said).toContain(
      'Interactive sessions and print runs send the auth token from ~/.claude/settings.json:1, not your Max login.',
    );
    expect(said.split('→ credence clear ANTHROPIC_AUTH_TOKEN')).toHaveLength(3);
  },
);

test.runIf(onLinux)('In a terminal it asks first, and what is pasted is not shown.', async () => {
  const home = layHome(LOGGED_IN);
  const answer = await talk(['login', 'claude'], home, {
    inTerminal: true,
    types: [
      ['[y/N]', 'y\r'],
      [PROMPT, 'good-CANARY-code-01234\r56789#STATE\r'],
    ],
  });
  expect(answer.exitCode).toBe(0);
  const said = flat(answer.stdout);
  expect(said).toContain(
    'You are logged in already (person@example.com, Example Org, Max plan). A new login takes its place.',
  );
  expect(said).toContain('The code went to Claude Code.');
  expect(home.text('.fake/received')).toBe(`${CODE}\n`);
  expectNoCanary(answer, home);
});

test.runIf(onLinux)('In a terminal Ctrl+C cancels, and a no starts nothing.', async () => {
  const home = layHome(LOGGED_IN);
  const cancelled = await talk(['login', 'claude', '--yes'], home, {
    inTerminal: true,
    types: [[PROMPT, '\u0003']],
  });
  expect(cancelled.exitCode).toBe(130);
  expect(isRunning(home)).toBe(false);
  const other = layHome(LOGGED_IN);
  const declined = await talk(['login', 'claude'], other, { inTerminal: true, types: [['[y/N]', '\r']] });
  expect(declined.exitCode).toBe(4);
  expect(other.text('.fake/args')).toBeNull();
});

test
  .runIf(onLinux)
  .each<[title: string, words: readonly string[], settings: string | null, exitCode: number, says: string]>([
    ['no way', ['login'], null, 2, 'Say how to log in: claude, console, sso'],
    ['two ways', ['login', 'claude', 'console'], null, 2, 'Say how to log in'],
    [
      'an option for an address',
      ['login', 'claude', '--email=--console'],
      null,
      2,
      '--email takes a plain address',
    ],
    ['a gateway', ['login', 'claude'], '{"forceLoginMethod":"gateway"}', 4, 'Run “/login” in Claude Code.'],
    [
      'a program that is not there',
      ['login', 'claude', '--claude', '/nowhere/claude'],
      null,
      4,
      '/nowhere/claude is not there.',
    ],
    [
      'a logout by such a one',
      ['logout', '--yes', '--claude', '/nowhere/claude'],
      null,
      4,
      '/nowhere/claude is not there.',
    ],
  ])('Starts nothing: %s.', async (_, words, settings, exitCode, says) => {
  const home = layHome({ ...LOGGED_IN, ...(settings === null ? {} : { '.claude/settings.json': settings }) });
  const answer = await talk(words, home);
  expect(answer.exitCode).toBe(exitCode);
  expect(flat(answer.stderr)).toContain(says);
  expect(home.text('.fake/args')).toBeNull();
});

test.runIf(onLinux)('Where there is no Claude Code it says how to install it.', async () => {
  const home = layHome();
  const answer = await talk(['login', 'claude'], home, { withoutClaude: true });
  expect(answer.exitCode).toBe(4);
  expect(flat(answer.stderr)).toContain('npm install -g @anthropic-ai/claude-code');
  const json = await talk(['login', 'claude', '--json'], home, { withoutClaude: true });
  expect(closed('error', JSON.parse(json.stdout))).toEqual([]);
});

test.runIf(onLinux)('The settings that force another way are told, and it goes there.', async () => {
  const home = layHome({ '.claude/settings.json': '{"forceLoginMethod":"console"}' });
  const answer = await talk(['login', 'claude'], home, { types: [[PROMPT, `${CODE}\n`]] });
  expect(flat(answer.stdout)).toContain(
    'The login goes to the Claude Console all the same: forceLoginMethod in ~/.claude/settings.json:1 forces it.',
  );
});

const MCP = JSON.stringify({ ...(JSON.parse(LOGIN) as object), mcpOAuth: { 'one|1': {} } });

test.runIf(onLinux)(
  'A logout says what it deletes and waits for a yes; then it tells what is true.',
  async () => {
    const home = layHome({ ...LOGGED_IN, '.claude/.credentials.json': MCP });
    const asked = await talk(['logout'], home);
    expect(asked.exitCode).toBe(4);
    const said = flat(asked.stdout);
    expect(said).toContain('the Max login in ~/.claude/.credentials.json');
    expect(said).toContain('the login of one connector (MCP) in the same file');
    expect(said).toContain('the account’s name (person@example.com, Example Org)');
    expect(said).toContain('Nothing was deleted. Add --yes to do it.');
    expect(home.text('.fake/args')).toBeNull();
    const done = await talk(['logout', '--yes'], home);
    expect(done.exitCode).toBe(0);
    expect(flat(done.stdout)).toContain(
      'You are logged out on this computer. Claude Code hints that the server did not confirm it',
    );
    expect(flat(done.stdout)).toContain('https://claude.ai/settings/claude-code');
    expect(home.text('.claude/.credentials.json')).toBeNull();
    expectNoCanary(done, home);
    const again = await talk(['logout', '--yes'], home);
    expect([again.exitCode, again.stdout]).toEqual([
      0,
      'Nobody is logged in here, so there is nothing to delete.\n',
    ]);
  },
);

test.runIf(onLinux)('A logout in JSON is as published, asked, done and with nobody there.', async () => {
  const home = layHome(LOGGED_IN);
  for (const [words, outcome, exitCode] of [
    [['logout', '--json'], 'not-asked', 4],
    [['logout', '--json', '--yes'], 'gone', 0],
    [['logout', '--json', '--yes'], 'nobody', 0],
  ] as const) {
    const answer = await talk(words, home);
    expect(answer.exitCode).toBe(exitCode);
    const said: unknown = JSON.parse(answer.stdout);
    expect(closed('logout', said)).toEqual([]);
    expect(said).toMatchObject({ outcome });
    expectNoCanary(answer, home);
  }
});

test.runIf(onLinux)('In a terminal a logout is done after a yes.', async () => {
  const home = layHome(LOGGED_IN);
  const answer = await talk(['logout'], home, { inTerminal: true, types: [['[y/N]', 'y\r']] });
  expect(answer.exitCode).toBe(0);
  expect(home.text('.claude/.credentials.json')).toBeNull();
});

const OAUTH = { CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-CANARY-token' };

test.runIf(onLinux)(
  'A setup token is for the user to make; its year runs from the day that is named, for that token alone.',
  async () => {
    const home = layHome();
    const shown = await talk(['login', 'setup-token'], home);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain(`  ${path.join(base, 'claude/claude')} setup-token\n`);
    expect(home.text('.fake/args')).toBeNull();
    const day = new Date(Date.now() - 30 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const noted = await talk(['login', 'setup-token', '--made-on', day, '--json'], home, {
      variables: OAUTH,
    });
    expect(noted.exitCode).toBe(0);
    expect(closed('login', JSON.parse(noted.stdout))).toEqual([]);
    expect(JSON.parse(noted.stdout)).toMatchObject({ kind: 'setup-token', outcome: 'noted', madeOn: day });
    const clockWith = async (token: string): Promise<unknown> => {
      const status = await talk(['status', '--json'], home, {
        variables: { CLAUDE_CODE_OAUTH_TOKEN: token },
      });
      return (JSON.parse(status.stdout) as { expiry: { kind: string; state: string }[] }).expiry.find(
        ({ kind }) => kind === 'setup-token',
      )?.state;
    };
    expect(await clockWith(OAUTH.CLAUDE_CODE_OAUTH_TOKEN)).toBe('fine');
    expect(await clockWith('sk-ant-oat01-another')).toBe('unknown');
    expectNoCanary(noted, home);
  },
);

test.runIf(onLinux).each(['2026-02-30', '20261120', 'yesterday', '2999-01-01', ''])(
  'A day that is none, or has not come, is not kept: %j.',
  async (day) => {
    const home = layHome();
    const answer = await talk(['login', 'setup-token', '--made-on', day], home);
    expect(answer.exitCode).toBe(2);
    expect(home.text('.config/credence/logins.json')).toBeNull();
  },
);

test.runIf(onLinux)('A Claude Code that was chosen once is the one from then on.', async () => {
  const home = layHome();
  const chosen = path.join(base, 'claude/claude');
  const first = await talk(['login', 'setup-token', '--claude', chosen], home, { withoutClaude: true });
  expect(first.exitCode).toBe(0);
  const second = await talk(['login', 'setup-token'], home, { withoutClaude: true });
  expect(second.stdout).toContain(`  ${chosen} setup-token\n`);
  const forgotten = await talk(['login', 'setup-token', '--claude', ''], home, { withoutClaude: true });
  expect(forgotten.exitCode).toBe(4);
});
