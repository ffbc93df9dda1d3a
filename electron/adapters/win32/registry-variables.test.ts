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
import { bytesOfText, textOfBytes } from '../process/text-bytes.ts';
import { registryVariables } from './registry-variables.ts';

const environment = madeUpEnvironment({
  platform: 'win32',
  variables: { SystemRoot: 'C:\\Windows', EXAMPLE_OTHER: 'not to be handed on' },
});
const set = (text: string, type = 'REG_SZ') => ({ state: 'set' as const, value: bytesOfText(text), type });
const VALUES = [
  set('sk-made-up'),
  set('%USERPROFILE%\\key'),
  set('%PATH%', 'REG_EXPAND_SZ'),
  set("é'\n;$x"),
  set(''),
];

const KINDS: Readonly<Record<string, string>> = { REG_SZ: 'String', REG_EXPAND_SZ: 'ExpandString' };

/** A PowerShell that understands these three scripts and nothing else. */
function powershell({ variables, reachable }: VariableStoreWish): (request: RunRequest) => ProgramBehaviour {
  const kept = new Map(
    Object.entries(variables).map(([name, { value, type }]) => [
      name,
      {
        kind: KINDS[type] ?? '',
        base64: Buffer.from(textOfBytes(value) ?? '', 'utf16le').toString('base64'),
      },
    ]),
  );
  return ({ input = '', variables: given }) => {
    if (!reachable) return { hangs: true };
    const [, verb, name = ''] = /\.(GetValue|DeleteValue|SetValue)\('(\w+)'/.exec(input) ?? [];
    if (verb === 'GetValue') {
      expect(input).toContain("'DoNotExpandEnvironmentNames'");
      const found = kept.get(name);
      return { prints: found === undefined ? 'absent\r\n' : `set ${found.kind} ${found.base64}\r\n` };
    }
    const kind = /\$value, '(\w+)'\)/.exec(input)?.[1] ?? '';
    if (verb === 'DeleteValue') kept.delete(name);
    if (verb === 'SetValue') kept.set(name, { kind, base64: given['CREDENCE_VALUE'] ?? '' });
    return { prints: 'done\r\n' };
  };
}

function store(behaviour: (request: RunRequest) => ProgramBehaviour | null) {
  const processes = scriptedProcessRunner(behaviour);
  return { processes, store: registryVariables({ environment, processes }) };
}

describe('The registry keeps the contract', () => {
  const cases = variableStoreContract((wish) => store(powershell(wish)).store, {
    values: VALUES,
    restores: true,
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('The value stands neither on the command line nor in the script.', async () => {
  const { processes, store: made } = store(powershell({ variables: {}, reachable: true }));
  expect(await made.restore('EXAMPLE_TOKEN', set('sk-made-up'))).toBe('done');
  const base64 = Buffer.from('sk-made-up', 'utf16le').toString('base64');
  const [request] = processes.requests;
  expect(request).toMatchObject({
    file: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    args: ['-NoProfile', '-NonInteractive', '-Command', '-'],
    variables: { SystemRoot: 'C:\\Windows', CREDENCE_VALUE: base64 },
  });
  expect(request?.input).not.toContain('sk-made-up');
  expect(request?.input).not.toContain(base64);
});

test('Each change is told to the windows that are open, in one line.', async () => {
  const { processes, store: made } = store(powershell({ variables: {}, reachable: true }));
  await made.unset('EXAMPLE_TOKEN');
  await made.restore('EXAMPLE_TOKEN', set('x'));
  for (const { input } of processes.requests) {
    expect(input).toMatch(
      /^\$ErrorActionPreference = 'Stop'; .*SetEnvironmentVariable\('CREDENCE_CHANGED'.*\r\n$/,
    );
  }
});

test.each<[string, ProgramBehaviour | null, string]>([
  ['is not there', null, 'unreachable'],
  ['hangs', { hangs: true }, 'unreachable'],
  ['fails without saying so', { complains: 'Access is denied', exitCode: 0 }, 'failed'],
])('A PowerShell that %s has changed nothing for certain.', async (_, behaviour, answer) => {
  const { store: made } = store(() => behaviour);
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'unreachable' });
  expect(await made.unset('EXAMPLE_TOKEN')).toBe(answer);
  expect(await made.restore('EXAMPLE_TOKEN', set('x'))).toBe(answer);
});

test.each([
  ['of a type that Windows hands to no program', 'set DWord MQA='],
  ['with half a character in it', 'set String ANg='],
])('A value %s is left alone.', async (_, said) => {
  const { store: made } = store(() => ({ prints: `${said}\r\n` }));
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'unreachable' });
});

test('A type that is not one of the registry’s is not put back.', async () => {
  const { processes, store: made } = store(() => ({ prints: 'done' }));
  expect(await made.restore('EXAMPLE_TOKEN', { ...set('x'), type: "String'); x('" })).toBe('not-possible');
  expect(processes.requests).toEqual([]);
});
