import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { installedCommand } from '../support/installed-command.ts';
import { onLinux } from '../support/on-system.ts';
import {
  SECRET_MARK,
  hasConflict,
  hasNote,
  readingsAt,
  rung,
  soundAnswer,
  type StatusAnswer,
} from './status-answer.ts';

const installed = installedCommand('programs');

const KEY = `sk-ant-api03-${SECRET_MARK}-0123456789`;
const OTHER_KEY = `sk-ant-api03-${SECRET_MARK}-9876543210`;

function newHome(): string {
  const home = installed.place('world');
  mkdirSync(path.join(home, '.claude'), { recursive: true });
  return home;
}

function program(file: string, script: string): string {
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

interface Asked {
  readonly answer: StatusAnswer;
  /** Milliseconds. */
  readonly took: number;
}

async function ask(
  home: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  folder = home,
): Promise<Asked> {
  const started = performance.now();
  const words = ['status', '--json', ...args];
  const run = await installed.credence.ask(words, { folder, variables: { HOME: home, ...variables } });
  return { answer: soundAnswer(run, args.join(' ')), took: performance.now() - started };
}

const SHELL_QUESTION = ['--mode', 'print', '--ask-shell'];
/** Milliseconds: the deadline, and patience with a machine that has other work too. */
const SHELL_LIMIT = 5_000 + 5_000;

describe.runIf(onLinux)('A login shell that is asked', () => {
  const behaviours: readonly (readonly [string, string])[] = [
    ['hangs', 'sleep 60'],
    ['hangs and takes no signal', "trap '' TERM INT HUP; while :; do sleep 1; done"],
    ['prints a mebibyte and more of noise', `head -c 3000000 /dev/zero | tr '\\0' x; exec /bin/sh -c "$4"`],
    ['prints a binary', 'head -c 100000 /dev/urandom'],
    ['exits at once', 'exit 3'],
    ['kills itself', 'kill -9 $$'],
    ['waits for input', 'cat; read x; exit 1'],
    ['leaves a child that keeps the pipe', 'sleep 60 & exit 0'],
    ['leaves a child in a session of its own', 'setsid sleep 20 & exit 0'],
    ['prints half an answer', `echo '<credence-1-environment>'; exit 0`],
    ['is no program', ''],
  ];

  test.each(behaviours)('One that %s holds nobody up, and is told.', async (name, script) => {
    const home = newHome();
    writeFileSync(path.join(home, '.bashrc'), `export ANTHROPIC_API_KEY=${KEY}\n`);
    const shell = path.join(home, 'bash');
    if (script === '') writeFileSync(shell, '\0\0', { mode: 0o755 });
    else program(shell, script);
    const { answer, took } = await ask(home, SHELL_QUESTION, { SHELL: shell });
    expect(took, name).toBeLessThan(SHELL_LIMIT);
    expect(hasNote(answer, 'shell-no-answer')).toBe(true);
    expect(readingsAt(answer, path.join(home, '.bashrc'))).toHaveLength(1);
  });

  test.each(['relative', '/not/there', '', '/dev/null', '/etc'])('SHELL may be %j.', async (SHELL) => {
    const { answer } = await ask(newHome(), SHELL_QUESTION, { SHELL });
    expect(hasNote(answer, 'shell-no-answer')).toBe(true);
  });

  const greeting = (line: string): string =>
    `echo 'Welcome!'\nprintf '<x>\\n\\n</x>\\n'\n${line}\necho 'Bye.' >&2\n`;
  const shells: readonly (readonly [string, string, string])[] = [
    ['bash', '.bash_profile', `export ANTHROPIC_API_KEY="$(printf '%s' ${KEY})"`],
    ['zsh', '.zshrc', `export ANTHROPIC_API_KEY="$(printf '%s' ${KEY})"`],
    ['fish', '.config/fish/config.fish', `set -gx ANTHROPIC_API_KEY (printf '%s' ${KEY})`],
  ];

  test.each(shells)('%s answers, whatever its start-up files print.', async (name, file, line) => {
    const shell = `/usr/bin/${name}`;
    expect(existsSync(shell), `${name} is needed for this test`).toBe(true);
    const home = newHome();
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), greeting(line));
    const { answer } = await ask(home, SHELL_QUESTION, { SHELL: shell, ANTHROPIC_API_KEY: OTHER_KEY });
    expect(hasNote(answer, 'shell-no-answer')).toBe(false);
    const readings = rung(answer, 'api-key').readings;
    const [carried, asked] = ['wins', 'ignored'].map((state) => readings.find((one) => one.state === state));
    expect(asked?.fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(asked?.fingerprint).not.toBe(carried?.fingerprint);
    expect(asked?.origin).toMatchObject({ path: path.join(home, file) });
  });
});

/** A home whose helper is this script, which leaves a mark when it runs. */
function withHelper(script: string): { readonly home: string; readonly mark: string } {
  const home = newHome();
  const mark = path.join(home, 'mark');
  const helper = program(path.join(home, 'helper'), `echo ran >> '${mark}'\n${script}`);
  writeFileSync(path.join(home, '.claude/settings.json'), JSON.stringify({ apiKeyHelper: helper }));
  return { home, mark };
}

const HELPER_QUESTION = ['--mode', 'print', '--run-helper'];

describe.runIf(onLinux)('A helper that is run on request', () => {
  test('Its output is what is sent, and is not to be seen.', async () => {
    const { home, mark } = withHelper(`echo '${KEY}'`);
    const { answer } = await ask(home, HELPER_QUESTION);
    expect(existsSync(mark)).toBe(true);
    expect(rung(answer, 'api-key-helper').state).toBe('wins');
    const sent = rung(answer, 'api-key-helper').readings.find((one) => one.state === 'wins');
    expect(sent?.fingerprint).toMatch(/^[0-9a-f]{12}$/);
  });

  test('A child that keeps the pipe a while does not hold it up for longer than that.', async () => {
    const { home } = withHelper(`echo '${KEY}'\nsleep 2 &`);
    const { answer, took } = await ask(home, HELPER_QUESTION);
    expect(rung(answer, 'api-key-helper').state).toBe('wins');
    expect(took).toBeLessThan(12_000);
  });

  const unusable: readonly (readonly [string, string, string])[] = [
    ['floods', `yes '${KEY}' | head -c 104857600`, 'helper-unusable-output'],
    ['floods one line', `head -c 104857600 /dev/zero | tr '\\0' x`, 'helper-unusable-output'],
    ['prints a binary', 'head -c 1000 /dev/urandom', 'helper-unusable-output'],
    ['prints control characters', `printf '\\033[31m${KEY}\\007'`, 'helper-unusable-output'],
    ['prints two keys', `echo '${KEY}'; echo '${OTHER_KEY}'`, 'helper-unusable-output'],
    ['prints a banner and a key', `echo Welcome; echo '${KEY}'`, 'helper-unusable-output'],
    ['prints nothing', `true`, 'helper-unusable-output'],
    ['prints on the wrong channel', `echo '${KEY}' >&2`, 'helper-unusable-output'],
    ['fails', `echo '${KEY}'; echo '${OTHER_KEY}' >&2; exit 7`, 'helper-failing'],
    ['is killed', `echo '${KEY}'; kill -9 $$`, 'helper-failing'],
    ['wants input', `read x || exit 1; echo "$x"`, 'helper-failing'],
  ];

  test.each(unusable)(
    'One that %s is broken, and nothing of what it says is to be seen.',
    async (_, script, code) => {
      const { home } = withHelper(script);
      const { answer } = await ask(home, HELPER_QUESTION);
      expect(rung(answer, 'api-key-helper').state).toBe('broken');
      expect(hasConflict(answer, code)).toBe(true);
    },
  );

  test('One that is no program is broken.', async () => {
    const home = newHome();
    const settings = path.join(home, '.claude/settings.json');
    for (const apiKeyHelper of ['/not/there', '/', '\0', 'x'.repeat(200_000), "'", ' ', '\u001b[31m']) {
      writeFileSync(settings, JSON.stringify({ apiKeyHelper }));
      const { answer } = await ask(home, HELPER_QUESTION);
      expect(rung(answer, 'api-key-helper').state).toBe('broken');
    }
  });
});

describe.runIf(onLinux)('A helper that is not to be run', () => {
  const nothing: readonly (readonly [string, readonly string[]])[] = [
    ['without being asked to', ['--mode', 'print']],
    ['before the question of trust', ['--mode', 'interactive', '--run-helper']],
    ['in bare mode', ['--mode', 'bare', '--run-helper']],
    ['to ask the shell', ['--mode', 'print', '--ask-shell']],
  ];

  test.each(nothing)('None runs %s, be it the user’s or the folder’s.', async (_, args) => {
    const { home, mark } = withHelper(`echo '${KEY}'`);
    const folder = path.join(home, 'app');
    mkdirSync(path.join(folder, '.claude'), { recursive: true });
    const own = path.join(folder, 'mark');
    const helper = program(path.join(folder, 'helper.sh'), `touch '${own}'; echo '${KEY}'`);
    for (const name of ['settings.json', 'settings.local.json']) {
      writeFileSync(path.join(folder, '.claude', name), JSON.stringify({ apiKeyHelper: helper }));
    }
    await ask(home, args, { SHELL: '/bin/bash' }, folder);
    await ask(
      home,
      [...args, '--settings', JSON.stringify({ model: 'opus' })],
      { SHELL: '/bin/bash' },
      folder,
    );
    expect([existsSync(mark), existsSync(own)]).toEqual([false, false]);
  });
});
