import { expect, test } from 'vitest';
import type { RecordedWorld } from '../../shared/testing/recorded-world.ts';
import { judgeWorld } from './judge-world.ts';

const KEY = 'sk-ant-api03-KEY-SHELL-aaaaaaaaaaaaaaaaaaaaaaaaKEY-SHELL';
const WORLD: RecordedWorld = {
  id: 'w',
  version: '2.1.328',
  mode: 'print',
  env: { ANTHROPIC_API_KEY: KEY },
  expect: { outcome: 'sends' },
};
const ANSWER = { stdout: '{"outcome":"sends"}', stderr: '', exitCode: 0, inTime: true };

test('A right answer has no fault.', () => {
  expect(judgeWorld(WORLD, ANSWER)).toEqual([]);
});

test.each([
  ['another answer', { stdout: '{"outcome":"asks"}' }, 'outcome: expected "sends", said "asks"'],
  ['an answer without the field', { stdout: '{}' }, 'outcome: expected "sends", said nothing'],
  [
    'no answer',
    { stdout: '', stderr: 'TypeError: x\n', exitCode: 1 },
    'exit code 1, and no JSON but: TypeError: x',
  ],
  [
    'an error',
    { stdout: '{"schemaVersion":1,"error":{"code":"usage","message":"x"}}', exitCode: 2 },
    'exit code 2, and an error: {"code":"usage","message":"x"}',
  ],
  ['a right answer with a wrong exit code', { exitCode: 3 }, 'exit code: expected 0, was 3'],
  ['a crash', { stdout: '', exitCode: null }, 'exit code null, and no JSON but: '],
  ['no answer in time', { inTime: false, exitCode: null }, 'no answer in time'],
  [
    'a secret in the answer',
    { stdout: `{"outcome":"sends","a":"${KEY}"}` },
    `a secret is to be seen: "${KEY}"`,
  ],
  ['a secret in a message', { stderr: KEY.slice(-12) }, `a secret is to be seen: "${KEY}"`],
])('This is a fault: %s.', (_, answer, fault) => {
  expect(judgeWorld(WORLD, { ...ANSWER, ...answer })).toEqual([fault]);
});
