import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../../shared/ports/process-runner.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import {
  scriptedProcessRunner,
  type ProgramBehaviour,
} from '../../../shared/testing/scripted-process-runner.ts';
import {
  variableStoreContract,
  type VariableStoreWish,
} from '../../../shared/testing/variable-store-contract.ts';
import { textOfBytes } from '../process/text-bytes.ts';
import { launchdVariables } from './launchd-variables.ts';

const environment = madeUpEnvironment({
  variables: { HOME: '/Users/p', EXAMPLE_OTHER: 'not to be handed on' },
});
const VALUES = ['sk-made-up', ' two\nlines ', '\u00c3\u00a9'].map((value) => ({
  state: 'set' as const,
  value,
  type: '',
}));

function launchd({
  variables,
  reachable,
}: VariableStoreWish): (request: RunRequest) => ProgramBehaviour | null {
  const kept = new Map(Object.entries(variables));
  return ({ args: [verb, name = ''] }) => {
    if (!reachable) return null;
    if (verb === 'unsetenv') kept.delete(name);
    const value = verb === 'getenv' ? kept.get(name)?.value : undefined;
    return { prints: value === undefined ? '' : `${textOfBytes(value) ?? ''}\n` };
  };
}

function store(behaviour: (request: RunRequest) => ProgramBehaviour | null) {
  const processes = scriptedProcessRunner(behaviour);
  return { processes, store: launchdVariables({ environment, processes }) };
}

describe('launchd keeps the contract', () => {
  const cases = variableStoreContract((wish) => store(launchd(wish)).store, {
    values: VALUES,
    restores: false,
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('It is told by its full path, with a name and no value.', async () => {
  const { processes, store: made } = store(() => ({}));
  expect(await made.unset('EXAMPLE_TOKEN')).toBe('done');
  expect(await made.restore('EXAMPLE_TOKEN', { state: 'set', value: 'sk-made-up', type: '' })).toBe(
    'not-possible',
  );
  expect(processes.requests).toEqual([
    {
      file: '/bin/launchctl',
      args: ['unsetenv', 'EXAMPLE_TOKEN'],
      folder: '/',
      variables: { HOME: '/Users/p' },
      deadline: 5_000,
      maxBytes: 1_048_576,
      printed: 'bytes',
    },
  ]);
});

test.each<[string, ProgramBehaviour, string, string]>([
  ['refuses', { exitCode: 1 }, 'absent', 'failed'],
  ['is ended', { endsBySignal: true }, 'unreachable', 'failed'],
  ['hangs', { hangs: true }, 'unreachable', 'unreachable'],
  ['prints and refuses', { prints: 'x', exitCode: 1 }, 'unreachable', 'failed'],
])('A launchctl that %s is not taken at its word.', async (_, behaviour, state, answer) => {
  const { store: made } = store(() => behaviour);
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state });
  expect(await made.unset('EXAMPLE_TOKEN')).toBe(answer);
});
