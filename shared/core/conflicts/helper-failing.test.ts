import { describe, expect, test } from 'vitest';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { conflictsGiven, remediesOf, worldOf, type Given } from '../../testing/given.ts';
import type { Script } from '../../testing/scripted-process-runner.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../../usecases/gather/gather-facts.ts';
import { inspect } from '../../usecases/inspect.ts';
import type { Conflict } from '../conflict.ts';

const CODE = 'helper-failing';
const helper = '/opt/keys/get';

test.each<[string, Script, object]>([
  ['ends badly', () => ({ prints: 'a', exitCode: 2, milliseconds: 40 }), { detail: 'exit-code', time: 40 }],
  ['is ended by a signal', () => ({ prints: 'a', endsBySignal: true }), { detail: 'exit-code' }],
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
  ['does not end: Claude Code waits longer than anybody waits for an answer', () => ({ hangs: true })],
  ['complains, and ends well', () => ({ prints: 'a', complains: 'deprecated' })],
])('A helper does not fail that %s.', async (_, script) => {
  expect(await conflictsGiven(CODE, { helper }, { script })).toEqual([]);
});

test('Only the helper that counts is run.', async () => {
  const script: Script = ({ args }) => (args[1] === 'good' ? { prints: 'a' } : { exitCode: 1 });
  expect(await conflictsGiven(CODE, { helper: { user: 'bad', local: 'good' } }, { script })).toEqual([]);
});

describe('The helper that prints the token of an organisation', () => {
  const own = 'credence token --provider northwind';
  const HOUR = 3_600_000;
  const note = (state: string, endsIn: number): string =>
    JSON.stringify({
      schemaVersion: 1,
      organisations: [
        {
          provider: 'northwind',
          signedInAt: SOME_NOON - 2 * HOUR,
          accessEndsAt: SOME_NOON + endsIn,
          renews: state === 'signed-in',
          state,
        },
      ],
    });
  const given = (noted: string | null): Given => ({
    helper: own,
    ...(noted === null ? {} : { files: { '~/.config/credence/organisations.json': noted } }),
  });

  const withoutRun = async (noted: string): Promise<readonly Conflict[]> => {
    const { ports, request, context } = worldPorts(worldOf(given(noted)));
    const { conflicts } = inspect(await gatherFacts(ports, { ...request, runHelper: false }), context);
    return conflicts.filter(({ code }) => code === CODE);
  };

  test('fails when the sign-in has ended, which is known without a run.', async () => {
    const [found, ...more] = await withoutRun(note('needs-sign-in', -HOUR));
    expect(found).toMatchObject({
      severity: 'critical',
      about: { origin: { scope: 'user', line: 1 }, name: 'northwind', detail: 'sign-in-ended' },
      remedies: [{ id: 'sign-in-to-provider', target: 'northwind' }],
    });
    expect(more).toEqual([]);
  });

  test.each<[string, string, number]>([
    ['renews itself', 'signed-in', -HOUR],
    ['has ended, while its last token is still good', 'needs-sign-in', HOUR],
  ])('does not fail when the sign-in %s.', async (_, state, endsIn) => {
    expect(await withoutRun(note(state, endsIn))).toEqual([]);
  });

  test('does not fail when a run has shown the opposite.', async () => {
    const script: Script = () => ({ prints: 'a-token' });
    expect(await conflictsGiven(CODE, given(note('needs-sign-in', -HOUR)), { script })).toEqual([]);
  });

  test.each<[string, string | null, readonly string[]]>([
    ['is signed in', note('signed-in', HOUR), ['run-helper']],
    ['is not known to be signed in', null, ['sign-in-to-provider', 'run-helper']],
    ['has to sign in', note('needs-sign-in', -HOUR), ['sign-in-to-provider']],
  ])('is not what has to be repaired when somebody %s.', async (_, noted, remedies) => {
    const script: Script = () => ({ exitCode: 3 });
    const found = await conflictsGiven(CODE, given(noted), { script });
    expect(found.map((one) => remediesOf(one))).toEqual([remedies]);
  });
});
