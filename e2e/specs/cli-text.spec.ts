import { expect, test } from 'vitest';
import { leaksIn, secretsOfWorld } from '../../shared/testing/secrets-of-world.ts';
import { askCommand } from '../conformance/ask-command.ts';
import { ESCAPE, expectReadable } from '../support/expect-readable.ts';
import { onLinux } from '../support/on-system.ts';
import { requireProgram } from '../support/require-program.ts';
import { cliLab } from './cli-lab.ts';
import { JSON_WORLDS } from './json-worlds.ts';

const lab = cliLab('cli-text');

const LINES: readonly (readonly string[])[] = [
  [],
  ['status'],
  ['explain'],
  ['explain', 'claude-login'],
  ['matrix'],
  ['what-if', '--without', 'ANTHROPIC_API_KEY', '--with', 'apiKeyHelper@user'],
  ['check', '--no-metered', '--expect', 'subscription', '--min-login', '24h', '--org', 'made-up'],
  ['scan', '.'],
  ['doctor'],
  ['doctor', '--report'],
];
const byName = JSON_WORLDS.map((world) => [world.name, world] as const);

test.runIf(onLinux).each(byName)('The text of every command can be read: %s.', async (_, world) => {
  const laid = lab.lay(world);
  const { mode = 'print', version, runHelper, args = [] } = world;
  const context = [...args, ...(version === undefined ? [] : ['--claude-version', version])];
  const asking = LINES.map((words) => {
    const takesMode = words[0] !== 'matrix';
    const more = takesMode ? ['--mode', mode] : [];
    const helper = runHelper === true && takesMode && words[0] !== 'scan' ? ['--run-helper'] : [];
    return lab.credence.ask([...words, ...context, ...more, ...helper], laid);
  });
  const secrets = secretsOfWorld(world);
  for (const [at, { stdout, stderr, exitCode }] of (await Promise.all(asking)).entries()) {
    // A report is made to be pasted elsewhere: its lines stay whole.
    expectReadable(stdout, LINES[at]?.includes('--report') === true ? Infinity : 80);
    expect(stdout).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(stderr).toBe('');
    expect([0, 1, 3]).toContain(exitCode);
    expect(leaksIn(stdout, secrets)).toEqual([]);
  }
});

test.runIf(onLinux).each(byName)('The short answer is one short line: %s.', async (_, world) => {
  const { mode = 'print' } = world;
  const { stdout, stderr } = await lab.credence.ask(['status', '--short', '--mode', mode], lab.lay(world));
  expectReadable(stdout);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  expect(stderr).toBe('');
});

/** Runs a line of shell in a terminal of its own; what it prints has the line ends of a terminal. */
async function inTerminal(line: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  requireProgram('script');
  const { folder, variables } = lab.much();
  const answer = await askCommand(['script', '--quiet', '--return', '--command', line, '/dev/null'], folder, {
    PATH: lab.credence.searchPath,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    ...variables,
    ...more,
  });
  expect([0, 1]).toContain(answer.exitCode);
  return answer.stdout.replaceAll('\r\n', '\n');
}

const plain = (text: string): string =>
  text
    .split(ESCAPE)
    .map((part, at) => (at === 0 ? part : part.replace(/^\[[0-9;]*m/, '')))
    .join('');

test.runIf(onLinux)('In a terminal there is colour, and without it the text is the same.', async () => {
  for (const words of ['status --mode print', 'explain', 'matrix', 'scan', 'doctor --report', '--help']) {
    const coloured = await inTerminal(`stty cols 80; credence ${words}`);
    const { stdout } = await lab.credence.ask(words.split(' '), lab.much());
    expect(plain(coloured)).toBe(stdout);
  }
  expect(await inTerminal('credence')).toContain(`${ESCAPE}[`);
});

test.runIf(onLinux).each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])(
  'There is no colour in a terminal with %j.',
  async (more) => {
    expect(await inTerminal('credence status', more)).not.toContain(ESCAPE);
  },
);

test.runIf(onLinux)('An empty NO_COLOR takes no colour away.', async () => {
  expect(await inTerminal('credence status', { NO_COLOR: '' })).toContain(ESCAPE);
});

test.runIf(onLinux).each(['status --json', 'status --short', 'completion bash'])(
  'What programs read has no colour, not even in a terminal: %s.',
  async (words) => {
    expect(await inTerminal(`credence ${words}`)).not.toContain(ESCAPE);
  },
);

test.runIf(onLinux).each([40, 60, 100])(
  'The text is as wide as the terminal: %i columns.',
  async (columns) => {
    const commands = ['status --mode print', 'explain', 'doctor', 'scan'];
    // A table of four columns takes the usual width.
    if (columns >= 80) commands.push('matrix', 'help', 'help check');
    for (const words of commands) {
      expectReadable(plain(await inTerminal(`stty cols ${columns}; credence ${words}`)), columns);
    }
  },
);

test.each([
  ['status --json | head -1', '0'],
  ['explain | head -1', '0'],
  ['status --json | true', '0'],
  // The answer counts, whoever reads it.
  ['check --expect metered | true', '1'],
  ['zebra 2>&1 | true', '2'],
])('A reader that goes away is no failure: credence %s', async (words, exitCode) => {
  const { stdout, stderr } = await lab.shell(
    `credence ${words}; echo "code \${PIPESTATUS[0]}"`,
    lab.nothing(),
  );
  expect(stdout).toMatch(new RegExp(`code ${exitCode}\\n$`));
  expect(stderr).toBe('');
});

test.runIf(onLinux)('A full disk is a failure.', async () => {
  expect((await lab.shell('credence status > /dev/full', lab.nothing())).exitCode).toBe(3);
});
