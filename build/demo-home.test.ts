import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEMO_SECRETS, writeDemoHome } from './demo-home.mjs';

const NOW = Date.parse('2026-11-20T10:00:00Z');

const home = mkdtempSync(path.join(tmpdir(), 'credence-demo-test-'));
const demo = writeDemoHome(home, NOW);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const read = (file: string): string => readFileSync(path.join(home, file), 'utf8');

test('The login ends in two days, and its access token is still good.', () => {
  const { claudeAiOauth } = JSON.parse(read('.claude/.credentials.json')) as {
    claudeAiOauth: { expiresAt: number; refreshTokenExpiresAt: number };
  };
  expect(new Date(claudeAiOauth.refreshTokenExpiresAt).toISOString()).toBe('2026-11-22T10:00:00.000Z');
  expect(claudeAiOauth.expiresAt).toBeGreaterThan(NOW);
});

test.skipIf(process.platform === 'win32')('The credentials file is for its owner only.', () => {
  expect(statSync(path.join(home, '.claude/.credentials.json')).mode & 0o777).toBe(0o600);
});

test('The forgotten key stands on line 42, is in the environment too, and was approved once.', () => {
  const key = demo.variables.ANTHROPIC_API_KEY;
  expect(read('.zshrc').split('\n')[41]).toBe(`export ANTHROPIC_API_KEY=${key}`);
  expect(JSON.parse(read('.claude.json'))).toMatchObject({
    customApiKeyResponses: { approved: [key.slice(-20)] },
  });
});

test('One project brings a gateway, the other a file that JSON does not allow.', () => {
  expect(JSON.parse(read('clients/acme/app/.claude/settings.local.json'))).toMatchObject({
    env: { ANTHROPIC_BASE_URL: 'https://gateway.acme.example' },
  });
  expect(() => JSON.parse(read('clients/beta/.claude/settings.json')) as unknown).toThrow(SyntaxError);
});

test('Every secret says that it is made up.', () => {
  for (const secret of DEMO_SECRETS) expect(secret.toLowerCase()).toContain('made-up');
});
