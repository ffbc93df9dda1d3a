import { expect, test } from 'vitest';
import { conflictsGiven, inspectGiven, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'helper-slow';
const helper = '/opt/keys/get';

test('A helper that takes over ten seconds keeps requests waiting.', async () => {
  const [found, ...more] = await conflictsGiven(
    CODE,
    { helper },
    { script: () => ({ prints: 'a', milliseconds: 10_001 }) },
  );
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: { source: 'api-key-helper', time: 10_001, origin: { name: 'apiKeyHelper' } },
  });
  expect(remediesOf(found)).toEqual(['repair-helper', 'run-helper']);
  expect(more).toEqual([]);
});

test.each([
  ['takes ten seconds', { helper }, 10_000],
  ['is quick', { helper }, 1],
  ['is none', {}, 20_000],
])('It is none when the helper %s.', async (_, given, milliseconds) => {
  expect(await conflictsGiven(CODE, given, { script: () => ({ prints: 'a', milliseconds }) })).toEqual([]);
});

test('One that Credence stopped waiting for is slow, and what it would print is not known to be empty.', async () => {
  const given: Given = { helper };
  const { conflicts, verdict } = await inspectGiven(given, { script: () => ({ hangs: true }) });
  expect(conflicts.filter(({ code }) => code.startsWith('helper-'))).toMatchObject([
    { code: CODE, about: { detail: 'timed-out', time: 30_000 } },
  ]);
  for (const slot of [verdict.authorization, verdict.xApiKey])
    expect(slot).toMatchObject({ source: 'api-key-helper', helper: 'not-run', broken: false });
});
