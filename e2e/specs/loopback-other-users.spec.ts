import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSignInAdapters } from '../../electron/adapters/create-adapters.ts';
import { processEnvironment } from '../../electron/adapters/environment/process-environment.ts';
import type { Ports } from '../../shared/ports/ports.ts';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { findChromium } from '../host/chromium/find-chromium.mjs';
import { attempts, expectAlive, RIGHT } from '../support/loopback-visitor.ts';
import { onLinux } from '../support/on-system.ts';

const isRoot = process.geteuid?.() === 0;
const USER = 54_321;
const STRANGER = 54_322;
const CHROMIUM = findChromium(process.env) ?? 'chromium-that-is-not-there';

/** As Credence of that user puts it together; whose the process of this test is plays no part in what it tells. */
const environment = { ...processEnvironment('linux'), userId: USER };
const { loopback } = await createSignInAdapters({ environment } as Ports);

/** Sends the genuine answer, and then does what is named; prints the status of the answer, or `none`. */
const VISITOR = `
  const [port, query, then, address] = process.argv.slice(1);
  const socket = require('node:net').connect(Number(port), address);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.on('close', () => console.log((/ (\\d+)/.exec(answer) ?? [, 'none'])[1] + ' ' + (/location: (.*?)\\r/i.exec(answer) ?? [, ''])[1].split('/')[1]));
  socket.on('connect', () => socket.write('GET /callback?' + query + ' HTTP/1.1\\r\\nHost: 127.0.0.1:' + port + '\\r\\n\\r\\n', () => {
    if (then === 'ends') socket.end();
    if (then === 'resets') socket.resetAndDestroy();
    if (then === 'dies') process.exit();
  }));
`;

function visit(user: number, port: number, then: string, address = '127.0.0.1'): Promise<string> {
  return output(user, [process.execPath, '--eval', VISITOR, String(port), RIGHT, then, address], {});
}

/** What a program of that user prints. */
async function output(
  user: number,
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const as = [`--reuid=${String(user)}`, `--regid=${String(user)}`, '--clear-groups', '--'];
  const program = spawn('setpriv', [...as, ...command], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], ...variables },
  });
  let told = '';
  program.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await once(program, 'close');
  return told.trim();
}

describe.runIf(isRoot && onLinux)('Another user of the computer who knows the attempt', () => {
  const attempt = attempts(loopback);

  test.each([
    ['waits for the answer', 'waits', '303 other'],
    ['ends his side at once', 'ends', '303 other'],
    ['resets the connection', 'resets', 'none undefined'],
    ['dies', 'dies', ''],
  ])('cannot answer it with an account of his own: %s', async (_, then, told) => {
    const one = await attempt();
    for (let turn = 0; turn < 5; turn++) expect(await visit(STRANGER, one.server.port, then)).toBe(told);
    await expectAlive(one);
  });

  test.each([
    ['the user himself', USER],
    ['the administrator, as a relay from outside is', 0],
  ])('is turned away, and %s is not.', async (_, user) => {
    const one = await attempt();
    await visit(STRANGER, one.server.port, 'waits');
    expect(await visit(user, one.server.port, 'waits')).toBe('303 done');
    expect(one.taken).toEqual([RIGHT]);
  });

  test('is turned away over a socket of the other family, and the user himself is not.', async () => {
    const one = await attempt();
    const mapped = '::ffff:127.0.0.1';
    expect(await visit(STRANGER, one.server.port, 'waits', mapped)).toBe('303 other');
    expect(await visit(USER, one.server.port, 'waits', mapped)).toBe('303 done');
    expect(one.taken).toEqual([RIGHT]);
  });

  test('is turned away, and the user’s own browser is not.', async () => {
    const one = await attempt();
    const profile = mkdtempSync(path.join(tmpdir(), 'credence-browser-'));
    try {
      chownSync(profile, USER, USER);
      const url = `${one.server.redirectUri}?${RIGHT}`;
      const shown = await output(
        USER,
        [
          ...[CHROMIUM, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
          ...[`--user-data-dir=${profile}`, '--dump-dom', url],
        ],
        { HOME: profile },
      );
      expect(shown).toContain(CONTRACT_PAGES.done.title);
      expect(one.taken).toEqual([RIGHT]);
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
