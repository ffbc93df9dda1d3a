/** The loopback in front of who connects and says nothing, and of thousands who guess. */
import { spawn } from 'node:child_process';
import { createConnection, type Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { loopbackInBrowser } from '../support/loopback-in-browser.ts';
import { RIGHT } from '../support/loopback-visitor.ts';

const { done } = CONTRACT_PAGES;
const { attempt, newPage, provider, site } = loopbackInBrowser();

describe('The port is freed, whoever is connected', () => {
  test('when a browser has connected ahead and says nothing.', async () => {
    const found = await attempt();
    const { port } = found.server;
    const page = await newPage();
    const evil = await site(() => ({ html: `<link rel="preconnect" href="http://127.0.0.1:${port}">` }));
    await page.goto(`http://evil.test:${evil.port}/`);
    const silent = await Promise.all(Array.from({ length: 50 }, () => connected(port)));
    const begun = performance.now();
    await found.server.close();
    // A second is promised; the rest is for a busy machine.
    expect(performance.now() - begun).toBeLessThan(3_000);
    await expect(connected(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    for (const socket of silent) socket.destroy();
  });
});

test('Thousands that connect, guess and say nothing do not keep the browser out.', async () => {
  const found = await attempt();
  const page = await newPage();
  const crowd = spawn(process.execPath, [
    path.join(import.meta.dirname, '../support/loopback-flood.ts'),
    String(found.server.port),
  ]);
  try {
    let said = '';
    crowd.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await expect.poll(() => said, { timeout: 30_000 }).toContain('ready');
    const { port } = await provider(found);
    await page.goto(`http://login.test:${port}/authorize`, { timeout: 30_000 });
    expect(await page.title()).toBe(done.title);
    expect(found.taken).toEqual([RIGHT]);
    const ended = new Promise((resolve) => crowd.on('close', resolve));
    crowd.stdin.end();
    await ended;
    expect(Number(said.replace('ready', ''))).toBeGreaterThan(6_000);
    expect(found.server.turnedAway()).toBeGreaterThan(1_000);
  } finally {
    crowd.kill('SIGKILL');
  }
});
function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });
}
