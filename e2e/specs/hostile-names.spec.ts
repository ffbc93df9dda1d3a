import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { installedCommand } from '../support/installed-command.ts';
import { onLinux } from '../support/on-system.ts';
import { SECRET_MARK, readingsAt, soundAnswer } from './status-answer.ts';

const installed = installedCommand('names');

const KEY = `sk-ant-api03-${SECRET_MARK}-0123456789`;
/** Moves the cursor, sets the title, clears the screen, turns the reading direction, hides, starts lines. */
const CONTROLS =
  '\u001b[2J\u001b]0;title\u0007\r\n\t\b\u007f\u009b31m\u0085\u202eabc\u2066\u200f\u200b\u2028\u2029\ufeff\u061c';
const HOSTILE = `${CONTROLS}$(touch x)\`touch x\`';touch x;'"%s😀`;
const LONG = HOSTILE.repeat(Math.ceil(4096 / HOSTILE.length)).slice(0, 4096);

const FOLDERS: readonly (readonly [string, readonly string[]])[] = [
  ['with line ends', ['a\nb', 'c\r\nd']],
  ['with escape sequences', ['\u001b[31mred\u001b[2J', '\u001b]0;title\u0007', '\u009b31m']],
  ['that turn the reading direction', ['\u202egnp.exe', '\u2066x\u200f']],
  ['of emoji', ['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']],
  ['as long as can be', ['é'.repeat(127), 'x'.repeat(255)]],
  ['in a path as long as can be', Array.from({ length: 17 }, () => 'n'.repeat(225))],
  ['that are options', ['--json', '-rf', '--']],
  ['that are commands', ['$(touch x)', '`touch x`', "';touch x;'", 'a;touch x', 'a&touch x|touch x']],
  ['that are patterns', ['*', '?', '[a]', '{a,b}', '~', '%s%n', '\\']],
  ['of blanks', [' ', '  a  ', '\u3000']],
  ['with halves of surrogates and replacement characters', ['\ufffd', 'a\ufffdb']],
];

const TEXTS: readonly (readonly string[])[] = [
  ['status', '--mode', 'print'],
  ['status', '--mode', 'interactive'],
  ['status', '--short'],
  ['explain'],
  ['doctor'],
];

/** No control character but the line feed: in a pipe there is no colour either. */
function expectPlain(text: string, what: string): void {
  const found = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.exec(
    text.replaceAll('\n', ''),
  );
  const shown =
    found === null ? null : JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20));
  expect(shown, what).toBeNull();
  expect(text.includes(SECRET_MARK), `${what}: a secret is to be seen`).toBe(false);
}

interface World {
  readonly home: string;
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

async function expectSound({ home, folder, variables = {}, args = [] }: World): ReturnType<typeof askJson> {
  const all = { HOME: home, SHELL: '/bin/bash', ...variables };
  const before = namesIn(path.dirname(home));
  for (const words of TEXTS) {
    const context = words[0] === 'doctor' ? [] : args;
    const { stdout, stderr, exitCode } = await installed.credence.ask([...words, ...context], {
      folder,
      variables: all,
    });
    const what = words.join(' ');
    expectPlain(stdout, what);
    expect(stderr, what).toBe('');
    expect([0, 1, 3], what).toContain(exitCode);
    expect(stdout.trim(), what).not.toBe('');
  }
  const answer = await askJson({ home, folder, variables, args });
  expect(namesIn(path.dirname(home))).toEqual(before);
  return answer;
}

async function askJson({ home, folder, variables = {}, args = [] }: World) {
  const all = { HOME: home, SHELL: '/bin/bash', ...variables };
  const words = ['status', '--json', '--mode', 'print', ...args];
  return soundAnswer(await installed.credence.ask(words, { folder, variables: all }), 'status --json');
}

/** Everything there is but what Credence may write. */
function namesIn(folder: string): readonly string[] {
  const found = spawnSync('find', ['.', '-path', '*/.config/credence', '-prune', '-o', '-print0'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return found.stdout
    .split('\0')
    .filter((name) => !name.endsWith('/.config'))
    .sort();
}

function newHome(): { readonly root: string; readonly home: string } {
  const root = installed.place('world');
  const home = path.join(root, 'home');
  mkdirSync(path.join(home, '.claude'), { recursive: true });
  return { root, home };
}

/** Relative, step by step: a path may be longer than what a system call takes. */
function fillFolder(folder: string): void {
  mkdirSync(path.join(folder, '.claude'), { recursive: true });
  const settings = JSON.stringify({ env: { ANTHROPIC_API_KEY: KEY }, apiKeyHelper: './helper' });
  writeFileSync(path.join(folder, '.claude/settings.json'), settings);
  writeFileSync(path.join(folder, '.claude/settings.local.json'), '{ broken');
  writeFileSync(path.join(folder, '.env'), `ANTHROPIC_AUTH_TOKEN=${KEY}\n`, { mode: 0o644 });
}

describe.runIf(onLinux)('Names that are not harmless', () => {
  test.each(FOLDERS)('A folder with names %s is asked about like any other.', async (_, names) => {
    const { home } = newHome();
    // Leaves room for the names of the files in it.
    const folder = names.reduce(
      (above, name) => (above.length + name.length < 4000 ? path.join(above, name) : above),
      path.join(home, 'p'),
    );
    fillFolder(folder);
    const answer = await expectSound({ home, folder });
    expect(answer.context.folder).toBe(folder);
    expect(readingsAt(answer, path.join(folder, '.claude/settings.json')).length).toBeGreaterThan(0);
    expect(readingsAt(answer, path.join(folder, '.env'))).toHaveLength(1);
    expect(answer.conflicts.map(({ code }) => code)).toContain('settings-file-dropped');
  });

  test('A home folder may have such a name.', async () => {
    const root = installed.place('world');
    const home = path.join(root, '\u001b[31m\n$(touch x) \u202e');
    fillFolder(home);
    writeFileSync(path.join(home, '.bashrc'), `export CLAUDE_CODE_OAUTH_TOKEN=${KEY}\n`);
    const answer = await expectSound({ home, folder: home });
    expect(readingsAt(answer, path.join(home, '.bashrc'))).toHaveLength(1);
  });

  test('A name that is bytes and no text is no reason to stop.', async () => {
    const { home, root } = newHome();
    const folder = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff, 0xfe])]);
    mkdirSync(folder);
    const script = `cd "$(printf '%s/a\\377\\376' "$1")" && exec node "$2" status --json`;
    const run = spawnSync('sh', ['-c', script, 'sh', root, installed.credence.file], {
      env: { HOME: home, PATH: installed.credence.searchPath },
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(JSON.parse(run.stdout)).toMatchObject({ schemaVersion: 1 });
  });

  test('An account may be called anything, of any length.', async () => {
    const { home } = newHome();
    const oauthAccount = { emailAddress: LONG, organizationUuid: LONG, organizationName: LONG };
    writeFileSync(path.join(home, '.claude.json'), JSON.stringify({ oauthAccount, primaryApiKey: KEY }));
    writeFileSync(
      path.join(home, '.claude/.credentials.json'),
      JSON.stringify({
        claudeAiOauth: {
          accessToken: KEY,
          scopes: ['user:inference'],
          subscriptionType: LONG,
          rateLimitTier: LONG,
        },
        [LONG]: { token: KEY },
      }),
    );
    const answer = await expectSound({ home, folder: home });
    expect(answer.account?.['email']).toBe(LONG);
  });

  test('So may a profile, the program’s version and a provider’s profile.', async () => {
    const { home, root } = newHome();
    const anthropic = path.join(home, '.config/anthropic');
    for (const folder of ['configs', 'credentials'])
      mkdirSync(path.join(anthropic, folder), { recursive: true });
    writeFileSync(path.join(anthropic, 'configs', `${CONTROLS.replaceAll('/', '')}.json`), '{}');
    writeFileSync(
      path.join(anthropic, 'configs/default.json'),
      JSON.stringify({ organization_id: LONG, base_url: LONG, authentication: { type: 'user_oauth' } }),
    );
    writeFileSync(
      path.join(anthropic, 'credentials/default.json'),
      JSON.stringify({ access_token: KEY, organization_name: LONG, account_email: LONG }),
    );
    mkdirSync(path.join(home, '.aws'));
    writeFileSync(path.join(home, '.aws/credentials'), `[${LONG}]\naws_access_key_id = x\n`);
    mkdirSync(path.join(root, 'bin'));
    writeFileSync(path.join(root, 'bin/claude'), '', { mode: 0o755 });
    const manifest = { name: '@anthropic-ai/claude-code', version: `2.1.328${LONG}` };
    writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
    const PATH = `${path.join(root, 'bin')}:${installed.credence.searchPath}`;
    await expectSound({ home, folder: home, variables: { PATH } });
    await expectSound({ home, folder: home, variables: { PATH, ANTHROPIC_PROFILE: LONG } });
    await expectSound({
      home,
      folder: home,
      variables: { PATH, AWS_PROFILE: LONG, CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: LONG },
    });
  });

  test('Variables may hold line ends and control characters.', async () => {
    const { home } = newHome();
    const variables = {
      ANTHROPIC_API_KEY: `${KEY}\n${CONTROLS}`,
      ANTHROPIC_AUTH_TOKEN: `${CONTROLS}${KEY}`,
      ANTHROPIC_BASE_URL: `https://ex${CONTROLS}ample.org/${LONG}`,
      ANTHROPIC_CUSTOM_HEADERS: `x-api-key: ${KEY}${CONTROLS}\r\nAuthorization: Bearer ${KEY}`,
      CLAUDE_CONFIG_DIR: path.join(home, CONTROLS.replaceAll('/', '')),
      ZDOTDIR: CONTROLS,
      USER: LONG,
      PWD: LONG,
      TERM: LONG,
    };
    await expectSound({ home, folder: home, variables });
    for (const name of ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY']) {
      await expectSound({ home, folder: home, variables: { ...variables, [name]: '1' } });
    }
  });

  test('Settings on the command line may hold anything, and are not repeated.', async () => {
    const { home } = newHome();
    const inline = JSON.stringify({
      apiKeyHelper: `${HOSTILE}${KEY}`,
      env: { ANTHROPIC_BASE_URL: `https://${LONG}` },
    });
    await expectSound({ home, folder: home, args: ['--settings', inline] });
    await expectSound({ home, folder: home, args: ['--settings', `${HOSTILE}.json`] });
  });

  test.each([
    ['--mode', LONG],
    ['--claude-version', LONG],
    ['--claude-version', `2.1.328${CONTROLS}`],
    ['--setting-sources', LONG],
    ['--surface', LONG],
    ['--folder', LONG],
    [`--${HOSTILE}`, 'x'],
    [LONG, 'x'],
  ])('A word on the command line that is not understood is not printed as it is: %#.', async (one, other) => {
    const { home } = newHome();
    const world = { folder: home, variables: { HOME: home } };
    const text = await installed.credence.ask(['status', one, other], world);
    expect([text.exitCode, text.stdout]).toEqual([2, '']);
    expectPlain(text.stderr, 'the message');
    const json = await installed.credence.ask(['status', '--json', one, other], world);
    expect([json.exitCode, json.stderr]).toEqual([2, '']);
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, error: { code: 'usage' } });
    const command = await installed.credence.ask([one === '' ? 'x' : other, one], world);
    expectPlain(command.stdout + command.stderr, 'a command of that name');
  });

  test('On a terminal there is colour, and no other control sequence.', async () => {
    const { home } = newHome();
    const folder = path.join(home, '\u001b[31mred\n\u202e');
    fillFolder(folder);
    const line = `exec node '${installed.credence.file}' status --mode print`;
    const run = spawnSync('script', ['-qec', line, '/dev/null'], {
      cwd: folder,
      env: { HOME: home, PATH: installed.credence.searchPath, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      encoding: 'utf8',
      input: '',
    });
    if (run.error !== undefined) return;
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    const text = run.stdout.replaceAll('\r\n', '\n').replaceAll(/\u001b\[\d{1,2}m/g, '');
    expect(run.stdout).toContain('\u001b[');
    expectPlain(text, 'on a terminal');
    expect(readdirSync(folder).sort()).toEqual(['.claude', '.env']);
  });
});
