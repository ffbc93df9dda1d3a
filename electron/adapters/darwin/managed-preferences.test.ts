import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../../shared/testing/file-tree.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { memoryFileStore } from '../../../shared/testing/memory-file-store.ts';
import { scriptedProcessRunner, type Script } from '../../../shared/testing/scripted-process-runner.ts';
import { managedPreferencesContract } from '../../../shared/testing/session-contract.ts';
import { managedPreferences } from './managed-preferences.ts';

const MACHINE = '/Library/Managed Preferences/com.anthropic.claudecode.plist';
const OF_USER = '/Library/Managed Preferences/p/com.anthropic.claudecode.plist';

const plist = (name: string): string =>
  `<plist version="1.0"><dict><key>env</key><dict><key>NAME</key><string>${name}</string></dict></dict></plist>`;
const json = (name: string): string => `{"env":{"NAME":"${name}"}}`;

function preferences(files: FileTree, script: Script = () => null, userName = 'p') {
  const processes = scriptedProcessRunner(script);
  const environment = madeUpEnvironment({ platform: 'darwin', home: '/Users/p', userName });
  return {
    processes,
    managed: managedPreferences({ environment, files: memoryFileStore(files), processes }),
  };
}

const KNOWN = [
  { path: MACHINE, text: json('machine'), rank: 'above-files' },
  { path: OF_USER, text: json('user'), rank: 'above-files' },
] as const;

describe('Managed preferences keep the contract', () => {
  const cases = managedPreferencesContract((wanted) => {
    const files = { [MACHINE]: plist('machine'), [OF_USER]: plist('user') };
    return preferences(wanted.length === 0 ? {} : files).managed;
  }, KNOWN);
  test.each(cases)('$title', ({ run }) => run());
});

test('A list in XML is read without a program.', async () => {
  const { processes, managed } = preferences({ [MACHINE]: plist('machine') });
  await managed.read();
  expect(processes.requests).toEqual([]);
});

test('A list in the binary form is converted.', async () => {
  const { managed } = preferences({ [MACHINE]: 'bplist00' }, () => ({ prints: plist('machine') }));
  expect(await managed.read()).toEqual([KNOWN[0]]);
});

test.each<[string, FileTree[string], Script, object]>([
  ['that is malformed is handed on as it is', '<plist', () => null, { text: '<plist' }],
  ['that plutil refuses is handed on as it is', 'bplist00', () => ({ exitCode: 1 }), { text: 'bplist00' }],
  ['that cannot be converted is told', 'bplist00', () => ({ hangs: true }), { text: '', trouble: 'failed' }],
  [
    'that is denied is told',
    { kind: 'file', content: '', denied: true },
    () => null,
    { text: '', trouble: 'denied' },
  ],
  ['that is no file is told', { kind: 'folder' }, () => null, { text: '', trouble: 'not-a-file' }],
])('A list %s.', async (_, entry, script, expected) => {
  expect(await preferences({ [MACHINE]: entry }, script).managed.read()).toEqual([
    { path: MACHINE, rank: 'above-files', ...expected },
  ]);
});

test.each(['', '.', '..', '../p', 'a/b'])('An account called %j names no folder.', async (userName) => {
  const { managed } = preferences({ [MACHINE]: plist('machine') }, () => null, userName);
  expect(await managed.read()).toEqual([KNOWN[0]]);
});
