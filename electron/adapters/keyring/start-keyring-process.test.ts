import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askKeyringProcess } from './ask-keyring-process.ts';
import { keyringVariables } from './keyring-variables.ts';
import { noKeyringProcess, nodeKeyringProcess } from './start-keyring-process.ts';

const SECRET = 'made-up-secret-9f';
const REQUEST = { operation: 'set', service: 'Credence', account: 'key:A', stored: SECRET } as const;
/** A reply as the process frames it. */
const REPLY = `const reply = (value) => { const body = Buffer.from(JSON.stringify(value)); const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length); process.stdout.write(Buffer.concat([length, body])); };\n`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-process-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function script(name: string, text: string): string {
  const file = path.join(folder, `${name}.cjs`);
  writeFileSync(file, REPLY + text);
  return file;
}

const ask = (file: string, deadline = 10_000, variables: Readonly<Record<string, string>> = {}) =>
  askKeyringProcess(nodeKeyringProcess(file), REQUEST, variables, AbortSignal.timeout(deadline));

test('What it is asked comes by its input, and is in none of its arguments and variables.', async () => {
  const file = script(
    'echo',
    `let all = ''; process.stdin.on('data', (chunk) => (all += chunk)).on('end', () =>
       reply({ state: 'found', stored: JSON.stringify({ all, argv: process.argv, execArgv: process.execArgv, env: process.env, cwd: process.cwd() }) }));`,
  );
  const answer = await ask(file, 10_000, { ONLY: 'this' });
  const told = JSON.parse(answer.state === 'found' ? answer.stored : '{}') as Record<string, unknown>;
  expect(told['all']).toContain(SECRET);
  expect(told['argv']).toEqual([process.execPath, file]);
  expect(told['execArgv']).toEqual([]);
  expect(told['env']).toMatchObject({ ONLY: 'this' });
  expect(JSON.stringify(told['env'])).not.toContain(SECRET);
  expect(told['env']).not.toHaveProperty('PATH');
  expect(told['cwd']).toBe(path.parse(file).root);
});

describe('A process that does not do its part', () => {
  test.each([
    ['ends at once', 'process.exit(0);'],
    ['crashes', 'throw new Error("x");'],
    ['kills itself', 'process.kill(process.pid, "SIGKILL");'],
    ['prints noise', 'process.stdout.write("\\xff".repeat(100));'],
    ['prints half a reply', 'process.stdout.write(Buffer.from([0, 0, 0, 200, 123]));'],
    ['replies nonsense', 'reply({ state: "stored" });'],
    ['closes its input', 'process.stdin.destroy(); setTimeout(() => {}, 100);'],
    [
      'floods',
      'const piece = Buffer.alloc(1e6, 255); for (let i = 0; i < 20; i++) process.stdout.write(piece);',
    ],
  ])('One that %s makes the keychain unreachable.', async (name, text) => {
    expect(await ask(script(name.replaceAll(' ', '-'), text))).toEqual({ state: 'unreachable' });
  });

  test('One that hangs is ended at the deadline, also if it takes no signal.', async () => {
    const pid = path.join(folder, 'pid');
    const hang = script(
      'hang',
      `require('node:fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid));
       process.on('SIGTERM', () => {}); for (;;) ;`,
    );
    const started = performance.now();
    expect(await ask(hang, 1_000)).toEqual({ state: 'unreachable' });
    expect(performance.now() - started).toBeLessThan(3_000);
    const { readFileSync } = await import('node:fs');
    const number = Number(readFileSync(pid, 'utf8'));
    await expect.poll(() => isRunning(number), { timeout: 5_000 }).toBe(false);
  });

  test('One that is not there makes it unreachable.', async () => {
    expect(await ask(path.join(folder, 'none.cjs'))).toEqual({ state: 'unreachable' });
    const none = await askKeyringProcess(noKeyringProcess, REQUEST, {}, AbortSignal.timeout(1_000));
    expect(none).toEqual({ state: 'unreachable' });
  });

  test('One whose start comes to nothing half way makes it unreachable.', async () => {
    const start = () => ({ reply: Promise.reject(new Error('no pipe')), end: () => undefined });
    expect(await askKeyringProcess(start, REQUEST, {}, AbortSignal.timeout(1_000))).toEqual({
      state: 'unreachable',
    });
  });

  test('When the time is up before the start, none is started.', async () => {
    const start = (): never => {
      throw new Error('started');
    };
    expect(await askKeyringProcess(start, REQUEST, {}, AbortSignal.abort())).toEqual({
      state: 'unreachable',
    });
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('The environment of the process', () => {
  const rich = {
    HOME: '/h',
    PATH: '/bin',
    XDG_RUNTIME_DIR: '/run/user/1',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a;autolaunch:',
    NODE_OPTIONS: '--require /evil.js',
    LD_PRELOAD: '/evil.so',
    ANTHROPIC_API_KEY: SECRET,
    SystemRoot: 'C:\\Windows',
  };

  test('On Linux it names the home, the folder for sockets and one bus, and nothing else.', () => {
    expect(keyringVariables('linux', rich, { text: 'unix:path=/a', socket: '/a' })).toEqual({
      HOME: '/h',
      XDG_RUNTIME_DIR: '/run/user/1',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a',
    });
  });

  test.each(['linux', 'darwin', 'win32'] as const)(
    'On %s it has no key and no option of Node.',
    (platform) => {
      const text = JSON.stringify(keyringVariables(platform, rich, null));
      for (const part of [SECRET, 'evil', 'autolaunch']) expect(text).not.toContain(part);
    },
  );
});
