import { describe, expect, test } from 'vitest';
import type { SessionVariable } from '../../../shared/ports/session-variables.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { scriptedProcessRunner, type Script } from '../../../shared/testing/scripted-process-runner.ts';
import { sessionVariablesContract, type SessionWish } from '../../../shared/testing/session-contract.ts';
import { registrySession } from './registry-session.ts';

const MACHINE = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
const OF_USER = 'HKCU\\Environment';
const VOLATILE = 'HKCU\\Volatile Environment';

type Keys = Readonly<Record<string, readonly (readonly [name: string, type: string, text: string])[]>>;

/** As `reg.exe query` prints a key; a key that is not there is an error with a translated sentence. */
const holding =
  (keys: Keys): Script =>
  ({ args }) => {
    const values = keys[args[1] ?? ''];
    if (args[0] !== 'query' || values === undefined) return { complains: 'FEHLER: …', exitCode: 1 };
    const key = (args[1] ?? '').replace('HKLM', 'HKEY_LOCAL_MACHINE').replace('HKCU', 'HKEY_CURRENT_USER');
    const lines = values.map((value) => `    ${value.join('    ')}\r\n`);
    return {
      prints: `\r\n${key}\r\n    (Standard)    REG_SZ    (Wert nicht festgelegt)\r\n${lines.join('')}\r\n`,
    };
  };

function session(
  script: Script,
  variables: Readonly<Record<string, string>> = { SYSTEMROOT: 'C:\\Windows' },
) {
  const processes = scriptedProcessRunner(script);
  const environment = madeUpEnvironment({ platform: 'win32', home: 'C:\\Users\\p', variables });
  return { processes, session: registrySession({ environment, processes }) };
}

const held = (name: string, text: string, path: string): SessionVariable => ({
  name,
  text,
  kind: 'registry',
  path,
});

const KNOWN: SessionWish = {
  found: [],
  onlyWhenAsked: [
    held('EXAMPLE_TOKEN', 'two  words "in" 100% \\0 quotes', OF_USER),
    held('EXAMPLE_URL', 'https://example.test', MACHINE),
    held('EXAMPLE_ID', 'x', VOLATILE),
    held('EXAMPLE_EMPTY', '', OF_USER),
  ],
};

describe('The registry keeps the contract', () => {
  const cases = sessionVariablesContract(({ onlyWhenAsked }) => {
    const of = (key: string): Keys[string] =>
      onlyWhenAsked.filter(({ path }) => path === key).map(({ name, text }) => [name, 'REG_SZ', text]);
    return session(holding({ [MACHINE]: of(MACHINE), [OF_USER]: of(OF_USER), [VOLATILE]: of(VOLATILE) }))
      .session;
  }, KNOWN);
  test.each(cases)('$title', ({ run }) => run());
});

test("The user's value replaces the machine's, and the session's both, in whatever case the names are.", async () => {
  const { session: asked } = session(
    holding({
      [MACHINE]: [
        ['Name_A', 'REG_SZ', 'machine'],
        ['NAME_B', 'REG_SZ', 'machine'],
        ['name_c', 'REG_SZ', 'machine'],
      ],
      [OF_USER]: [
        ['NAME_A', 'REG_SZ', 'user'],
        ['name_b', 'REG_SZ', 'user'],
      ],
      [VOLATILE]: [['NAME_A', 'REG_SZ', 'session']],
    }),
  );
  expect(await asked.read(['NAME_A', 'Name_B', 'NAME_C'], true)).toEqual([
    held('NAME_A', 'session', VOLATILE),
    held('Name_B', 'user', OF_USER),
    held('NAME_C', 'machine', MACHINE),
  ]);
});

test('Names between percent signs are replaced where the type says so, and only text makes a variable.', async () => {
  const { session: asked } = session(
    holding({
      [OF_USER]: [
        ['A', 'REG_EXPAND_SZ', '%userprofile%\\x;%NOT_KNOWN%'],
        ['B', 'REG_SZ', '%userprofile%'],
        ['C', 'REG_DWORD', '0x1'],
        ['D', 'REG_MULTI_SZ', 'a\\0b'],
      ],
    }),
    { USERPROFILE: 'C:\\Users\\p' },
  );
  expect(await asked.read(['A', 'B', 'C', 'D'], true)).toEqual([
    held('A', 'C:\\Users\\p\\x;%NOT_KNOWN%', OF_USER),
    held('B', '%userprofile%', OF_USER),
  ]);
});

test.each([
  [{ SYSTEMROOT: 'D:\\WINNT\\' }, 'D:\\WINNT'],
  [{ SystemRoot: 'C:\\Windows' }, 'C:\\Windows'],
  [{}, 'C:\\Windows'],
])('reg.exe is taken from the folder of the system: %j.', async (variables, folder) => {
  const { processes, session: asked } = session(holding({}), {
    ...variables,
    EXAMPLE_SECRET: 'not to be handed on',
  });
  await asked.read(['NAME'], true);
  expect(new Set(processes.requests.map(({ file }) => file))).toEqual(
    new Set([`${folder}\\System32\\reg.exe`]),
  );
  expect(processes.requests.map(({ args }) => args)).toEqual(
    [MACHINE, OF_USER, VOLATILE].map((key) => ['query', key]),
  );
  for (const { variables: handedOn } of processes.requests)
    expect(Object.keys(handedOn)).toEqual(['SystemRoot']);
});

test('Nothing is run unasked.', async () => {
  const { processes, session: asked } = session(holding({ [OF_USER]: [['NAME', 'REG_SZ', 'x']] }));
  expect(await asked.read(['NAME'], false)).toEqual([]);
  expect(processes.requests).toEqual([]);
});

test.each<[string, Script]>([
  ['is not there', () => null],
  ['hangs', () => ({ hangs: true })],
  ['fails', () => ({ exitCode: 1, prints: '    NAME    REG_SZ    x' })],
  ['prints something else', () => ({ prints: 'NAME REG_SZ x' })],
])('Where reg.exe %s there are no variables.', async (_, script) => {
  expect(await session(script).session.read(['NAME'], true)).toEqual([]);
});

test('One key that cannot be read hides none of the others.', async () => {
  const { session: asked } = session((request) =>
    request.args[1] === MACHINE
      ? { hangs: true }
      : holding({ [OF_USER]: [['NAME', 'REG_SZ', 'x']] })(request),
  );
  expect(await asked.read(['NAME'], true)).toEqual([held('NAME', 'x', OF_USER)]);
});

test('Of an answer that is too long the cut value is left out.', async () => {
  const { session: asked } = session(
    holding({
      [OF_USER]: [
        ['A', 'REG_SZ', 'whole'],
        ['B', 'REG_SZ', 'x'.repeat(5_000_000)],
      ],
    }),
  );
  expect(await asked.read(['A', 'B'], true)).toEqual([held('A', 'whole', OF_USER)]);
});
