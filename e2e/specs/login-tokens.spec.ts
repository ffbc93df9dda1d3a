/** The tokens of a Claude login are Claude Code’s: whatever state they are in, nothing of Credence sends, renews, keeps or moves them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeUpHomes } from '../support/made-up-homes.ts';

/** Needs strace, and a system that lets it trace. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

const ACCESS = 'sk-ant-oat01-MADE-UP-ACCESS-CANARY-kqzv';
const REFRESH = 'sk-ant-ort01-MADE-UP-REFRESH-CANARY-wxjy';
const HOUR = 3_600_000;
const NOW = Date.now();

const GOOD = {
  accessToken: ACCESS,
  refreshToken: REFRESH,
  expiresAt: NOW + HOUR,
  refreshTokenExpiresAt: NOW + 700 * HOUR,
  scopes: ['user:inference', 'user:profile'],
  subscriptionType: 'max',
};

const STORES: readonly (readonly [string, unknown])[] = [
  ['good', { claudeAiOauth: GOOD }],
  ['stale, to be renewed', { claudeAiOauth: { ...GOOD, expiresAt: NOW - HOUR } }],
  ['about to be stale', { claudeAiOauth: { ...GOOD, expiresAt: NOW + 30_000 } }],
  ['ended', { claudeAiOauth: { ...GOOD, expiresAt: NOW - HOUR, refreshTokenExpiresAt: NOW - HOUR } }],
  ['without a refresh token', { claudeAiOauth: { ...GOOD, refreshToken: undefined, expiresAt: NOW - HOUR } }],
  ['refused by the server', { claudeAiOauth: { ...GOOD, refreshToken: '' } }],
  ['without dates', { claudeAiOauth: { accessToken: ACCESS, refreshToken: REFRESH, scopes: GOOD.scopes } }],
  ['of another form', { claudeAiOauth: { ...GOOD, scopes: 'user:inference', expiresAt: String(NOW) } }],
  ['beside something unknown', { claudeAiOauth: GOOD, gatewaySession: { token: REFRESH } }],
];

/** Everything that answers a question, and what keeps tokens of its own. */
const COMMANDS: readonly (readonly string[])[] = [
  ['status', '--json'],
  ['status', '--mode', 'interactive'],
  ['explain'],
  ['matrix', '--json'],
  ['what-if', '--without', 'ANTHROPIC_API_KEY'],
  ['check', '--min-login', '24h'],
  ['scan', '.', '--json'],
  ['doctor', '--report'],
  ['changes'],
  ['providers', '--json'],
  ['clear', 'ANTHROPIC_API_KEY', '--json'],
];

const homes = madeUpHomes();

/** Each file below a folder that holds one of the tokens. */
function holders(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => /CANARY-(?:kqzv|wxjy)/.test(readFileSync(file, 'latin1')));
}

describe.runIf(canTrace)('A login that is', () => {
  test.each(STORES)('%s goes nowhere, and stays as it is.', (_, store) => {
    const text = JSON.stringify(store);
    const { path: home } = homes.lay({
      '.claude/.credentials.json': text,
      '.bashrc': 'export ANTHROPIC_API_KEY=sk-ant-api03-MADE-UP\n',
    });
    const file = path.join(home, '.claude/.credentials.json');
    const log = path.join(homes.base(), 'calls.log');
    const lines = COMMANDS.map((words) => `node "${homes.credence().file}" ${words.join(' ')}`).join('\n');
    const run = spawnSync(
      'strace',
      [
        '-f',
        '-qq',
        '-s',
        '65535',
        '-e',
        'trace=execve,connect,sendto,sendmsg,sendmmsg,write,writev,pwrite64',
        '-e',
        'signal=none',
        '-o',
        log,
        'sh',
        '-c',
        lines,
      ],
      {
        cwd: home,
        env: { HOME: home, SHELL: '/bin/bash', PATH: homes.credence().searchPath },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const calls = readFileSync(log, 'utf8').split('\n');
    // Every command ran, and was seen to.
    expect(calls.filter((line) => line.includes(`["node", "${homes.credence().file}"`))).toHaveLength(
      COMMANDS.length,
    );
    expect(calls.filter((line) => /connect\(.*AF_INET/.test(line))).toEqual([]);
    expect(
      calls.filter((line) => /CANARY-(?:kqzv|wxjy)/.test(line)).map((line) => line.slice(0, 80)),
    ).toEqual([]);
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/CANARY-/);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(holders(home)).toEqual([file]);
  });
});

test('No address at which a Claude account’s tokens could be renewed is in what is shipped.', () => {
  const out = path.join(import.meta.dirname, '../../out');
  const shipped = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(?:js|cjs|mjs)$/.test(entry.name) && !entry.parentPath.includes('e2e'),
    )
    .map((entry) => path.join(entry.parentPath, entry.name));
  expect(shipped.length).toBeGreaterThan(4);
  for (const file of shipped) {
    const text = readFileSync(file, 'latin1');
    const found = [
      ...text.matchAll(/(?:anthropic\.com|claude\.(?:ai|com))[^"'`\s]{0,40}\boauth\b[^"'`\s]{0,40}/g),
    ];
    expect(found.map(([address]) => `${path.basename(file)}: ${address}`)).toEqual([]);
  }
});
