import { describe, expect, test } from 'vitest';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { scriptedProcessRunner, type Script } from '../../../shared/testing/scripted-process-runner.ts';
import { managedPreferencesContract } from '../../../shared/testing/session-contract.ts';
import { registryPolicies } from './registry-policies.ts';

const KEY = 'SOFTWARE\\Policies\\ClaudeCode';

const policies = (script: Script) =>
  registryPolicies({
    environment: madeUpEnvironment({ platform: 'win32' }),
    processes: scriptedProcessRunner(script),
  });

/** @param lines what stands below the name of the key */
const printed = (lines: string) => ({ prints: `\r\nHKEY_LOCAL_MACHINE\\${KEY}\r\n${lines}\r\n\r\n` });

const KNOWN = [
  { path: `HKCU\\${KEY}\\Settings`, text: '{"env":{"NAME":"user"}}', rank: 'below-files' },
  { path: `HKLM\\${KEY}\\Settings`, text: '{"env":{"NAME":"%HOME%"}}', rank: 'above-files' },
] as const;

describe('Policies keep the contract', () => {
  const cases = managedPreferencesContract(
    (wanted) =>
      policies(({ args }) => {
        const policy = wanted.find(({ path }) => path === `${args[1] ?? ''}\\Settings`);
        return policy === undefined ? { exitCode: 1 } : printed(`    Settings    REG_SZ    ${policy.text}`);
      }),
    KNOWN,
  );
  test.each(cases)('$title', ({ run }) => run());
});

test.each([
  ['in one line', '    Settings    REG_SZ    {"a":1}', '{"a":1}'],
  [
    'in several lines',
    '    Other    REG_SZ    x\r\n    Settings    REG_SZ    {\r\n      "a": 1\r\n    }',
    '{\n      "a": 1\n    }',
  ],
  [
    'of the type for expansion, which is left as it is',
    '    settings    REG_EXPAND_SZ    {"a":"%A%"}',
    '{"a":"%A%"}',
  ],
  ['that is no JSON', '    Settings    REG_SZ    {', '{'],
  ['that is empty', '    Settings    REG_SZ    ', ''],
])('Settings %s are handed on.', async (_, lines, text) => {
  const read = await policies(({ args }) =>
    args[1] === `HKLM\\${KEY}` ? printed(lines) : { exitCode: 1 },
  ).read();
  expect(read).toEqual([{ path: `HKLM\\${KEY}\\Settings`, text, rank: 'above-files' }]);
});

test.each<[string, Script]>([
  ['of another name', () => printed('    Setting    REG_SZ    {}')],
  ['of another type', () => printed('    Settings    REG_DWORD    0x1')],
  ['behind a reg.exe that hangs', () => ({ hangs: true })],
  ['behind a reg.exe that is not there', () => null],
])('A value %s is no policy.', async (_, script) => {
  expect(await policies(script).read()).toEqual([]);
});
