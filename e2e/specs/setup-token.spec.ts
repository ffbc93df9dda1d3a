/** `credence login setup-token` in a terminal: the program has it to itself, and only the day is kept. */
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, flat, madeUpHomes, type MadeUpHome } from '../support/made-up-homes.ts';
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

const homes = madeUpHomes();

interface Home extends MadeUpHome {
  readonly program: string;
}

/** The fake of this file is a script of the shell: it has a terminal, and says what that is. */
function layHome(): Home {
  const folder = mkdtempSync(path.join(homes.base(), 'claude-'));
  chmodSync(folder, 0o755);
  const program = path.join(folder, 'claude');
  writeFileSync(program, FAKE, { mode: 0o755 });
  const PATH = `${folder}:${homes.credence().searchPath}`;
  return { ...homes.lay({ '.fake/.keep': '' }, { PATH }), program };
}

/** @param types what is typed once something is to be read, one after the other */
async function inTerminal(
  words: readonly string[],
  home: Home,
  types: readonly (readonly [after: RegExp, text: string])[] = [],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly shown: string; readonly exitCode: number | null }> {
  const command = home.start(words, { variables, terminal: true });
  for (const [after, text] of types) await command.answers(after, text);
  const { exitCode } = await command.ended;
  return { shown: command.stdout().replaceAll('\r\n', '\n'), exitCode };
}

const RUN = [/Run “claude setup-token” here now\? \[y\/N\]/, 'y\r'] as const;
const ENTER = [/Press Enter/, '\r'] as const;
const WAS_MADE = /Was a token made just now\? \[y\/N\]/;
const NOTE = '.config/credence/logins.json';

interface Note {
  readonly setupTokenMadeAt: number | null;
  readonly setupToken?: string;
  readonly setupTokenBefore?: string;
}
const noteOf = ({ text }: Home): Note => JSON.parse(text(NOTE) ?? '{}') as Note;

function expectNoToken(home: Home): void {
  const holding = filesBelow(home.path).filter((file) => readFileSync(file, 'latin1').includes('CANARY'));
  expect(holding).toEqual([]);
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
    // Ctrl-C does not end the real one, so the way out is told before it begins.
    const [before = ''] = flat(answer.shown).split('Run “claude setup-token” here now?');
    expect(before).toContain('close its terminal window: nothing is made then, and nothing is harmed.');
    // One word, a terminal as its input, the home as its folder, and the variables of a login.
    expect(home.text('.fake/run')).toMatch(/^setup-token\|\/dev\/pts\/\d+\n(\/.*)\nnone\n\/opt\/browser\n$/);
    expect(home.text('.fake/run')).toContain(`\n${home.path}\n`);
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
    const types = [RUN, [/Press Enter/, 'stop\r'], [WAS_MADE, 'n\r']] as const;
    expect((await inTerminal(['login', 'setup-token'], home, types)).exitCode).toBe(1);
    expect(home.text(NOTE)).toBeNull();
  });

  test('A signal that ends Claude Code ends Credence by the same, and nothing is asked.', async () => {
    const home = layHome();
    const answer = await inTerminal(['login', 'setup-token'], home, [RUN, [/Press Enter/, 'kill\r']]);
    expect(answer.exitCode).toBe(143);
    expect(answer.shown).not.toMatch(WAS_MADE);
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
    expect(answer.shown).toContain(`  ${home.program} setup-token\n`);
    expect(answer.shown).toContain('  credence login setup-token --made-on YYYY-MM-DD\n');
    expect([home.text('.fake/run'), home.text(NOTE)]).toEqual([null, null]);
  });
});
