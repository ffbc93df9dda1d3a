import { expect, test } from 'vitest';
import { conflictsGiven, remediesOf } from '../../testing/given.ts';

const CODE = 'helper-unusable-output';
const helper = '/opt/keys/get';

test.each([
  ['nothing', '', 'no-output'],
  ['white space', ' \n', 'no-output'],
  ['two lines', 'a\nb', 'several-lines'],
  ['two words', 'a b', 'several-tokens'],
  ['another script', 'schlüssel', 'not-ascii'],
  ['colours', '\u001b[32ma\u001b[0m', 'not-ascii'],
  ['too much', 'a'.repeat(16_385), 'too-long'],
])('A helper prints what nobody can use: %s.', async (_, prints, detail) => {
  const [found, ...more] = await conflictsGiven(CODE, { helper }, { script: () => ({ prints }) });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: { source: 'api-key-helper', origin: { scope: 'user', name: 'apiKeyHelper' }, detail },
  });
  expect(remediesOf(found)).toEqual(['repair-helper', 'run-helper']);
  expect(JSON.stringify(found)).not.toContain('schlüssel');
  expect(more).toEqual([]);
});

test.each([
  ['one token', 'a', 0],
  ['one token with white space around it', '\ufeff\ta \r\n', 0],
  ['as much as there may be', 'a'.repeat(16_384), 0],
  ['two lines, but it fails anyway', 'a\nb', 1],
])('It is none when the helper prints %s.', async (_, prints, exitCode) => {
  expect(await conflictsGiven(CODE, { helper }, { script: () => ({ prints, exitCode }) })).toEqual([]);
});
