import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keyring } from '../../shared/ports/keyring.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { onLinux } from '../support/on-system.ts';
import { ITEM, KEY, keyringIn, keyringLab, MARK } from './keyring-lab.ts';

const lab = keyringLab();

describe.runIf(onLinux)('credence secret with gnome-keyring', () => {
  let session: MadeUpSession;
  let keyring: Keyring;

  beforeEach(async () => {
    session = await madeUpSession(lab.base);
    await session.startKeyring();
    keyring = keyringIn(session.variables);
  });

  afterEach(async () => {
    await session.end();
  });

  const ask = (...args: readonly string[]) =>
    lab.credence.ask(['secret', ...args], { folder: session.home, variables: session.variables });

  test('It prints the key in one line and nothing else.', async () => {
    await keyring.set(ITEM, KEY);
    const run = await ask('ANTHROPIC_API_KEY');
    expect(run).toMatchObject({ stdout: `${KEY}\n`, stderr: '', exitCode: 0 });
  });

  test.each([
    [[], false],
    [['--show'], true],
  ])('In a terminal, with %j, it is shown: %s.', async (more, shown) => {
    await keyring.set(ITEM, KEY);
    const command = ['node', lab.credence.file, 'secret', 'ANTHROPIC_API_KEY', ...more].join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...session.variables, PATH: lab.credence.searchPath },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    if (shown) expect(printed.trim()).toBe(KEY);
    else {
      expect(printed).not.toContain(MARK);
      expect(printed.trim()).not.toBe('');
    }
    expect(exitCode).toBe(shown ? 0 : 4);
  });

  test('Twenty at once all get it.', async () => {
    await keyring.set(ITEM, KEY);
    const runs = await Promise.all(Array.from({ length: 20 }, () => ask('ANTHROPIC_API_KEY')));
    for (const run of runs) expect(run).toMatchObject({ stdout: `${KEY}\n`, exitCode: 0 });
  });

  test('Nothing secret is in any argument, and no program is started beside Node.', async () => {
    const trace = path.join(session.home, 'trace');
    await keyring.set(ITEM, KEY);
    const child = spawn(
      'strace',
      [
        '-f',
        '-e',
        'trace=execve',
        '-s',
        '65535',
        '-v',
        '-o',
        trace,
        'node',
        lab.credence.file,
        'secret',
        'ANTHROPIC_API_KEY',
      ],
      { env: { ...session.variables, PATH: lab.credence.searchPath }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(printed).toBe(`${KEY}\n`);
    const calls = readFileSync(trace, 'utf8');
    expect(calls.match(/execve\(/g)?.length).toBeGreaterThanOrEqual(2);
    expect(calls).not.toContain(MARK);
    for (const form of encoded(MARK)) expect(calls).not.toContain(form);
  });

  test.each([
    ['locked', 'The keychain is locked'],
    ['absent', 'The keychain holds no ANTHROPIC_API_KEY'],
  ])('A keychain that is %s is told on standard error, with exit code 3.', async (state, words) => {
    if (state === 'locked') {
      await keyring.set(ITEM, KEY);
      await session.lock();
    }
    const run = await ask('ANTHROPIC_API_KEY');
    expect(run).toMatchObject({ stdout: '', exitCode: 3 });
    expect(run.stderr).toContain(words);
    expect(session.prompts()).toBe(0);
  });
});

/** The middle of a text in base64url, wherever in a longer one it begins. */
function encoded(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from(`${'x'.repeat(before)}${text}`).toString('base64url');
    return whole.slice(before + 1, Math.floor(((before + text.length) * 8) / 6));
  });
}

describe.runIf(onLinux)('Without a session bus', () => {
  test('credence secret says so, with exit code 3.', async () => {
    const run = await lab.credence.ask(['secret', 'ANTHROPIC_API_KEY'], {
      folder: lab.base,
      variables: { HOME: lab.base },
    });
    expect(run).toMatchObject({ stdout: '', exitCode: 3 });
    expect(run.stderr).toContain('The keychain does not answer');
  });

  test('credence secret offers no JSON, and refuses in JSON what asks for it.', async () => {
    const run = await lab.credence.ask(['secret', 'ANTHROPIC_API_KEY', '--json'], {
      folder: lab.base,
      variables: { HOME: lab.base },
    });
    expect(run).toMatchObject({ stderr: '', exitCode: 2 });
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  test.each([[[]], [['A', 'B']], [['no name']], [['../x']], [['']]])(
    'credence secret %j is refused.',
    async (args) => {
      const run = await lab.credence.ask(['secret', ...args], {
        folder: lab.base,
        variables: { HOME: lab.base },
      });
      expect(run).toMatchObject({ stdout: '', exitCode: 2 });
      expect(run.stderr).toMatch(/^credence: /);
    },
  );
});
