import { expect, test } from 'vitest';
import { conflictsGiven, remediesOf } from '../../testing/given.ts';
import type { Script } from '../../testing/scripted-process-runner.ts';

const CODE = 'helper-failing';
const helper = '/opt/keys/get';

test.each<[string, Script, object]>([
  ['ends badly', () => ({ prints: 'a', exitCode: 2, milliseconds: 40 }), { detail: 'exit-code', time: 40 }],
  ['is ended by a signal', () => ({ prints: 'a', endsBySignal: true }), { detail: 'exit-code' }],
  ['hangs', () => ({ hangs: true }), { detail: 'timed-out', time: 30_000 }],
  ['cannot be started', () => null, { detail: 'not-started' }],
])('A helper fails that %s.', async (_, script, about) => {
  const [found, ...more] = await conflictsGiven(CODE, { helper: { local: helper } }, { script });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: { source: 'api-key-helper', origin: { scope: 'local', line: 1, name: 'apiKeyHelper' }, ...about },
  });
  expect(remediesOf(found)).toEqual(['repair-helper', 'run-helper']);
  expect(more).toEqual([]);
});

test.each<[string, Script]>([
  ['prints a key', () => ({ prints: 'sk-made-up\n' })],
  ['prints nothing, and ends well', () => ({})],
  ['complains, and ends well', () => ({ prints: 'a', complains: 'deprecated' })],
])('A helper does not fail that %s.', async (_, script) => {
  expect(await conflictsGiven(CODE, { helper }, { script })).toEqual([]);
});

test('Only the helper that counts is run.', async () => {
  const script: Script = ({ args }) => (args[1] === 'good' ? { prints: 'a' } : { exitCode: 1 });
  expect(await conflictsGiven(CODE, { helper: { user: 'bad', local: 'good' } }, { script })).toEqual([]);
});
