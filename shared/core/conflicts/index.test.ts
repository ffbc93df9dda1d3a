import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGiven } from '../../../e2e/support/any-given.ts';
import { inspectGiven, KEY, TOKEN } from '../../testing/given.ts';
import { CONFLICT_CODES, REMEDY_IDS } from '../conflict.ts';
import { MODES } from '../context.ts';
import { CONFLICTS } from './index.ts';

const LIVE = ['status-disagrees'];

test('Every code that takes no other program has its rule, under its own name.', () => {
  expect(Object.keys(CONFLICTS).sort()).toEqual(CONFLICT_CODES.filter((code) => !LIVE.includes(code)).sort());
  for (const [code, rule] of Object.entries(CONFLICTS)) expect(rule.code).toBe(code);
});

test('Grave ones come first, then the more expensive.', async () => {
  const { conflicts } = await inspectGiven({
    shell: { ...KEY, ...TOKEN, ANTHROPIC_BASE_URL: 'https://gateway.example' },
    login: { refreshTokenExpiresAt: '$NOW_MS+3600000' },
    files: { '$PROJ/.claude/settings.local.json': '{' },
    user: { ANTHROPIC_API_KEY: 'other' },
  });
  expect(conflicts.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning two-credentials-sent',
    'warning settings-file-dropped',
    'info login-ending',
    'info key-awaits-approval',
    'info settings-override-shell',
  ]);
});

test('Each says in which modes it holds, with known remedies, and is said once.', async () => {
  await fc.assert(
    fc.asyncProperty(anyGiven, async ({ given, entries }) => {
      const { conflicts } = await inspectGiven(given, { entries });
      for (const { code, modes, remedies } of conflicts) {
        expect(CONFLICT_CODES).toContain(code);
        expect(modes.length).toBeGreaterThan(0);
        expect(MODES.filter((mode) => modes.includes(mode))).toEqual(modes);
        expect(remedies.length).toBeGreaterThan(0);
        for (const { id } of remedies) expect(REMEDY_IDS).toContain(id);
      }
      const told = conflicts.map((conflict) => JSON.stringify(conflict));
      expect(new Set(told).size).toBe(told.length);
    }),
  );
});
