import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import type { RunRequest } from '../../../shared/ports/process-runner.ts';
import type { VariableStore } from '../../../shared/ports/variable-store.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { memoryFileStore } from '../../../shared/testing/memory-file-store.ts';
import {
  scriptedProcessRunner,
  type ProgramBehaviour,
} from '../../../shared/testing/scripted-process-runner.ts';
import {
  variableStoreContract,
  type VariableStoreWish,
} from '../../../shared/testing/variable-store-contract.ts';
import { nodeProcessRunner } from '../process/node-process-runner.ts';
import { bytesOfText, textOfBytes } from '../process/text-bytes.ts';
import { systemdVariables } from './systemd-variables.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-test-systemd-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HOME = { HOME: '/home/p', PATH: '/usr/bin:/bin', XDG_RUNTIME_DIR: '/run/user/1000' };
const environment = madeUpEnvironment({ variables: { ...HOME, EXAMPLE_OTHER: 'not to be handed on' } });
const files = memoryFileStore({ '/usr/bin/systemctl': 'ELF' });
const VALUES = ['sk-made-up', 'it\'s "$HOME" \\ two\nlines', 'é €', '='].map((text) => ({
  state: 'set' as const,
  value: bytesOfText(text),
  type: '',
}));

/** A manager in a few lines: what it is told is in the arguments, and values in the environment alone. */
function manager({ variables, reachable }: VariableStoreWish): (request: RunRequest) => ProgramBehaviour {
  const kept = new Map(
    Object.entries(variables).map(([name, { value }]) => [name, textOfBytes(value) ?? '']),
  );
  return ({ args: [user, verb, name = ''], variables: given }) => {
    expect(user).toBe('--user');
    if (!reachable) return { hangs: true };
    if (verb === 'unset-environment') kept.delete(name);
    if (verb === 'import-environment') kept.set(name, given[name] ?? '');
    return { prints: verb === 'show-environment' ? [...kept].map(printed).join('') : '' };
  };
}

/** As systemctl 252 prints it. */
function printed([name, text]: readonly [string, string]): string {
  const quoted = /[\s"'$\\?=]/.test(text)
    ? `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
    : text;
  return `${name}=${quoted}\n`;
}

function store(behaviour: (request: RunRequest) => ProgramBehaviour | null) {
  const processes = scriptedProcessRunner(behaviour);
  return { processes, store: systemdVariables({ environment, files, processes }) };
}

describe('The systemd user manager keeps the contract', () => {
  const cases = variableStoreContract((wish) => store(manager(wish)).store, {
    values: VALUES,
    restores: true,
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('A value is never an argument.', async () => {
  const secret = { state: 'set' as const, value: bytesOfText('sk-made-up é'), type: '' };
  const { processes, store: made } = store(manager({ variables: {}, reachable: true }));
  await made.restore('EXAMPLE_TOKEN', secret);
  await made.unset('EXAMPLE_TOKEN');
  expect(processes.requests.map(({ file, args, variables }) => [file, args, variables])).toEqual([
    [
      '/usr/bin/systemctl',
      ['--user', 'import-environment', 'EXAMPLE_TOKEN'],
      { ...HOME, EXAMPLE_TOKEN: 'sk-made-up é' },
    ],
    ['/usr/bin/systemctl', ['--user', 'unset-environment', 'EXAMPLE_TOKEN'], HOME],
  ]);
});

test('Bytes that are no UTF-8 are not put back as others.', async () => {
  const { processes, store: made } = store(manager({ variables: {}, reachable: true }));
  expect(await made.restore('EXAMPLE_TOKEN', { state: 'set', value: 'a\u00ff', type: '' })).toBe(
    'not-possible',
  );
  expect(processes.requests).toEqual([]);
});

test.each<[string, ProgramBehaviour | null, string]>([
  ['cannot be started', null, 'unreachable'],
  ['does not answer in time', { hangs: true }, 'unreachable'],
  ['refuses', { complains: 'Failed to connect to bus', exitCode: 1 }, 'failed'],
  ['is ended', { endsBySignal: true }, 'failed'],
])('A systemctl that %s has changed nothing for certain.', async (_, behaviour, answer) => {
  const { store: made } = store(() => behaviour);
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'unreachable' });
  expect(await made.unset('EXAMPLE_TOKEN')).toBe(answer);
  expect(await made.restore('EXAMPLE_TOKEN', { state: 'set', value: 'x', type: '' })).toBe(answer);
});

test('In an answer that was cut a name may have been cut off.', async () => {
  const { store: made } = store(() => ({ prints: `OTHER=${'x'.repeat(1_100_000)}\n` }));
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'unreachable' });
});

test.runIf(onPosix)(
  'A real program gets exactly these arguments, and the value in its environment.',
  async () => {
    const fake = path.join(folder, 'systemctl');
    const log = path.join(folder, 'log');
    writeFileSync(
      fake,
      `#!/bin/sh
tr '\\0' ' ' < /proc/$$/cmdline >> '${log}'; echo >> '${log}'
[ "$2" = show-environment ] && echo EXAMPLE_TOKEN=sk-made-up
[ "$2" = import-environment ] && printf '%s\\n' "value: $EXAMPLE_TOKEN" >> '${log}'
exit 0
`,
    );
    chmodSync(fake, 0o755);
    const real: VariableStore = systemdVariables({
      environment,
      files,
      // The adapter only takes the system’s own.
      processes: { run: (request) => nodeProcessRunner.run({ ...request, file: fake }) },
    });
    expect(await real.read('EXAMPLE_TOKEN')).toEqual({ state: 'set', value: 'sk-made-up', type: '' });
    expect(await real.unset('EXAMPLE_TOKEN')).toBe('done');
    expect(await real.restore('EXAMPLE_TOKEN', { state: 'set', value: 'sk-made-up', type: '' })).toBe('done');
    const lines = readFileSync(log, 'utf8').replaceAll(fake, 'systemctl').split('\n');
    expect(lines.map((line) => line.replace(/^\/bin\/sh /, '').trim()).filter((line) => line !== '')).toEqual(
      [
        'systemctl --user show-environment',
        'systemctl --user unset-environment EXAMPLE_TOKEN',
        'systemctl --user import-environment EXAMPLE_TOKEN',
        'value: sk-made-up',
      ],
    );
  },
);
