/** `credence login setup-token` in a terminal: the program has it to itself, and only the day is kept. */
import { spawn } from 'node:child_process';
import {
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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';

/** What the fake shows, as the real one does: in the terminal alone. */
const TOKEN = 'sk-ant-oat01-CANARY-made';
const OLD = 'sk-ant-oat01-CANARY-old';

const FAKE = `#!/bin/sh
{ printf '%s|' "$@"; tty; pwd; printf '%s\\n' "\${CLAUDE_CODE_OAUTH_REFRESH_TOKEN:-none}" "\${BROWSER:-none}"; } >> "$HOME/.fake/run"
printf 'Press Enter to go on: '
IFS= read -r line
[ "$line" = stop ] && exit 1
[ "$line" = kill ] && kill -TERM $$
printf '%s\\n' 'Your token: ${TOKEN}'
`;

let base = '';
let credence: BuiltCommand;
let homes = 0;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-setup-token-')));
  for (const folder of ['bin', 'claude']) mkdirSync(path.join(base, folder));
  writeFileSync(path.join(base, 'claude/claude'), FAKE, { mode: 0o755 });
  credence = builtCommand(path.join(base, 'bin'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

interface Home {
  readonly home: string;
  /** What a file holds; `null`: it is not there. */
  readonly text: (name: string) => string | null;
}

function layHome(): Home {
  const home = path.join(base, `home-${String(++homes)}`);
  for (const name of ['project', '.fake', '.claude']) mkdirSync(path.join(home, name), { recursive: true });
  return {
    home,
    text: (name) => (existsSync(path.join(home, name)) ? readFileSync(path.join(home, name), 'utf8') : null),
  };
}

interface Talk {
  /** All that was to be seen in the terminal. */
  readonly shown: string;
  readonly exitCode: number | null;
}

const DEADLINE = 40_000;

/** @param types what is typed once something is to be read, one after the other */
function inTerminal(
  words: readonly string[],
  { home }: Home,
  types: readonly (readonly [after: string, text: string])[] = [],
  variables: Readonly<Record<string, string>> = {},
): Promise<Talk> {
  const line = ['node', credence.file, ...words].join(' ');
  const env = {
    HOME: home,
    TERM: 'xterm',
    SHELL: '/bin/sh',
    PATH: `${path.join(base, 'claude')}:${credence.searchPath}`,
    ...variables,
  };
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: path.join(home, 'project'),
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let [shown, typed] = ['', 0];
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE);
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      const next = types[typed];
      if (next === undefined || !shown.includes(next[0])) return;
      typed++;
      // A terminal is listened to a moment after it was written to.
      setTimeout(() => child.stdin.write(next[1]), 300);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ shown: shown.replaceAll('\r\n', '\n'), exitCode });
    });
  });
}

/** Without the line ends of wrapping, so that sentences can be looked for. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const RUN = ['Run “claude setup-token” here now? [y/N]', 'y\r'] as const;
const ENTER = ['Press Enter', '\r'] as const;
const WAS_MADE = 'Was a token made just now? [y/N]';
const NOTE = '.config/credence/logins.json';

interface Note {
  readonly setupTokenMadeAt: number | null;
  readonly setupToken?: string;
  readonly setupTokenBefore?: string;
}
const noteOf = ({ text }: Home): Note => JSON.parse(text(NOTE) ?? '{}') as Note;

function expectNoToken({ home }: Home): void {
  for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(home, name);
    if (statSync(file).isFile()) expect(readFileSync(file, 'latin1'), name).not.toContain('CANARY');
  }
}

/** Whatever zone it is told in, and whenever the test runs: today, or the day that has just ended. */
function expectToday(time: number | null): void {
  const age = Date.now() - (time ?? 0);
  expect(age).toBeGreaterThan(-15 * 3_600_000);
  expect(age).toBeLessThan(40 * 3_600_000);
  expect((time ?? 1) % 86_400_000).toBe(0);
}

describe.runIf(onLinux)('In a terminal', () => {
  test('Claude Code has it to itself; after a yes the day is kept, and nothing of the token.', async () => {
    const home = layHome();
    const answer = await inTerminal(['login', 'setup-token'], home, [RUN, ENTER, [WAS_MADE, 'y\r']], {
      CLAUDE_CODE_OAUTH_REFRESH_TOKEN: 'CANARY-of-another-job',
      BROWSER: '/opt/browser',
    });
    expect(answer.exitCode).toBe(0);
    expect(answer.shown).toContain(`Your token: ${TOKEN}\n`);
    // One word, a terminal as its input, the home as its folder, and the variables of a login.
    expect(home.text('.fake/run')).toMatch(/^setup-token\|\/dev\/pts\/\d+\n(\/.*)\nnone\n\/opt\/browser\n$/);
    expect(home.text('.fake/run')).toContain(`\n${home.home}\n`);
    expectToday(noteOf(home).setupTokenMadeAt);
    expect(flat(answer.shown)).toContain('where it is, its clock runs from that day.');
    expectNoToken(home);
  });

  test.each([
    ['no', 'n\r', 0],
    ['nothing', '\r', 0],
    ['Ctrl-C', '\u0003', 0],
  ])('After %s no day is kept.', async (_, typed, exitCode) => {
    const home = layHome();
    const answer = await inTerminal(['login', 'setup-token'], home, [RUN, ENTER, [WAS_MADE, typed]]);
    expect([answer.exitCode, home.text(NOTE)]).toEqual([exitCode, null]);
    expect(answer.shown).toContain('No day was kept.');
  });

  test('An error of Claude Code is told by the exit code, and no token is taken for made.', async () => {
    const home = layHome();
    const types = [RUN, ['Press Enter', 'stop\r'], [WAS_MADE, 'n\r']] as const;
    expect((await inTerminal(['login', 'setup-token'], home, types)).exitCode).toBe(1);
    expect(home.text(NOTE)).toBeNull();
  });

  test('A signal that ends Claude Code ends Credence by the same, and nothing is asked.', async () => {
    const home = layHome();
    const answer = await inTerminal(['login', 'setup-token'], home, [RUN, ['Press Enter', 'kill\r']]);
    expect(answer.exitCode).toBe(143);
    expect(answer.shown).not.toContain(WAS_MADE);
  });

  test('The token that was set before is not taken for the new one; that has its year once it is set.', async () => {
    const home = layHome();
    const old = { CLAUDE_CODE_OAUTH_TOKEN: OLD };
    const answer = await inTerminal(['login', 'setup-token'], home, [RUN, ENTER, [WAS_MADE, 'y\r']], old);
    expect(flat(answer.shown)).toContain('the clock runs once the new one takes its place.');
    expect(noteOf(home).setupToken).toBeUndefined();
    const clockWith = async (token: string): Promise<unknown> => {
      const { shown } = await inTerminal(['status', '--json'], home, [], { CLAUDE_CODE_OAUTH_TOKEN: token });
      const { expiry } = JSON.parse(shown) as { expiry: { kind: string; state: string }[] };
      return expiry.find(({ kind }) => kind === 'setup-token')?.state;
    };
    expect(await clockWith(OLD)).toBe('unknown');
    expect(await clockWith(TOKEN)).toBe('fine');
    expectNoToken(home);
  });

  test.each([
    ['a no', ['login', 'setup-token'], [[RUN[0], 'n\r']]],
    ['--print', ['login', 'setup-token', '--print'], []],
  ] as const)('With %s nothing is run, and it says what to type.', async (_, words, types) => {
    const home = layHome();
    const answer = await inTerminal(words, home, types);
    expect(answer.exitCode).toBe(0);
    expect(answer.shown).toContain(`  ${path.join(base, 'claude/claude')} setup-token\n`);
    expect(answer.shown).toContain('  credence login setup-token --made-on YYYY-MM-DD\n');
    expect([home.text('.fake/run'), home.text(NOTE)]).toEqual([null, null]);
  });
});
