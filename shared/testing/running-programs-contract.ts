import type { Fingerprints } from '../ports/fingerprints.ts';
import type { RunningProgram, RunningPrograms } from '../ports/running-programs.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { MadeUpProcess, MadeUpProcesses } from './memory-running-programs.ts';

const START = 1_790_000_000_000;
const NAME = 'EXAMPLE_TOKEN';
const VALUE = 'sk-made-up é';

/** What looking at running programs must do. `make(null)`: where it cannot be done. */
export function runningProgramsContract(
  make: (given: MadeUpProcesses | null) => RunningPrograms,
  fingerprints: Pick<Fingerprints, 'of'>,
): readonly ContractCase[] {
  const list = (
    processes: readonly MadeUpProcess[],
    names: readonly string[] = [NAME],
    processId = 999,
  ): readonly RunningProgram[] => make({ processes, processId, systemStart: START }).list(names) ?? [];
  const kinds = (
    title: string,
    process: Omit<MadeUpProcess, 'processId'>,
    kind: RunningProgram['kind'] | null,
  ) => ({
    title,
    run: () => {
      const found = list([{ ...process, processId: 20 }]).map((program) => program.kind);
      assertEqual(found, kind === null ? [] : [kind]);
    },
  });
  const claude: MadeUpProcess = { processId: 20, command: 'claude', folder: '/home/p/app' };
  return [
    {
      title: 'What a program holds is told by name and fingerprint, with its folder and when it was started.',
      run: () => {
        const variables = {
          HOME: '/home/p',
          [NAME]: VALUE,
          [`${NAME}_2`]: 'other',
          [NAME.toLowerCase()]: 'other',
        };
        assertEqual(list([{ ...claude, variables, startedAfter: 5 }]), [
          {
            processId: 20,
            kind: 'claude-code',
            startedAt: START + 5000,
            folder: '/home/p/app',
            holds: [{ name: NAME, fingerprint: fingerprints.of(VALUE) }],
            isOurs: false,
          },
        ]);
      },
    },
    {
      title: 'What surrounds a value does not count, and nothing is no value.',
      run: () => {
        const held = (value: string): unknown =>
          list([{ ...claude, variables: { [NAME]: value } }])[0]?.holds;
        assertEqual(held(` ${VALUE}\n`), [{ name: NAME, fingerprint: fingerprints.of(VALUE) }]);
        assertEqual(held(''), []);
        assertEqual(held(' \t'), []);
      },
    },
    {
      title: 'Only what is asked for is told.',
      run: () => {
        const variables = { [NAME]: VALUE, OTHER: 'x' };
        assertEqual(list([{ ...claude, variables }], [])[0]?.holds, []);
        assertEqual(list([{ ...claude, variables }], ['OTHER', 'NOT_THERE'])[0]?.holds, [
          { name: 'OTHER', fingerprint: fingerprints.of('x') },
        ]);
      },
    },
    {
      title: 'A program is ours when the one that asks descends from it.',
      run: () => {
        const found = list(
          [
            { processId: 10, parent: 1, command: 'bash', args: ['-bash'], onTerminal: true },
            { processId: 11, parent: 10, command: 'claude' },
            { processId: 12, parent: 10, command: 'claude' },
            { processId: 13, parent: 11, command: 'node', args: ['node', 'credence'] },
          ],
          [],
          13,
        );
        assertEqual(
          found.map(({ processId, isOurs }) => [processId, isOurs]),
          [
            [10, true],
            [11, true],
            [12, false],
          ],
        );
      },
    },
    kinds('Claude Code goes by its name.', { command: 'claude' }, 'claude-code'),
    kinds('Or by that of its file.', { command: '2.1.328', executable: '/opt/x/claude' }, 'claude-code'),
    kinds(
      'Or it is what Node runs.',
      { command: 'node', args: ['node', '--no-warnings', '/usr/local/bin/claude', '-p', 'x'] },
      'claude-code',
    ),
    kinds(
      'By whatever path.',
      {
        command: 'MainThread',
        executable: '/usr/bin/node',
        args: ['/usr/bin/node', '-r', './x.js', '/x/@anthropic-ai/claude-code/cli.js'],
      },
      'claude-code',
    ),
    kinds(
      'What is handed to another script is not what Node runs.',
      { command: 'node', args: ['node', '/x/credence.cjs', 'run', '--', '/usr/bin/claude'] },
      null,
    ),
    kinds('Another program is none.', { command: 'claudette', args: ['claude'] }, null),
    kinds('An open terminal is its shell.', { command: 'zsh', args: ['-zsh'], onTerminal: true }, 'shell'),
    kinds(
      'With options, too.',
      { command: 'bash', args: ['bash', '--rcfile', '/x', '-i'], onTerminal: true },
      'shell',
    ),
    kinds('A shell without a terminal is none.', { command: 'bash', args: ['-bash'] }, null),
    kinds('Nor is one that runs a script.', { command: 'sh', args: ['sh', '/x/y'], onTerminal: true }, null),
    kinds(
      'Nor one that runs a command.',
      { command: 'bash', args: ['bash', '-lc', 'x'], onTerminal: true },
      null,
    ),
    kinds('Other programs on a terminal are none.', { command: 'vi', onTerminal: true }, null),
    {
      title: 'What has ended, and what belongs to somebody else, is left out.',
      run: () => {
        const found = list([
          { ...claude, ended: true },
          { ...claude, processId: 21, ofAnother: true },
          { ...claude, processId: 22 },
        ]);
        assertEqual(
          found.map(({ processId }) => processId),
          [22],
        );
      },
    },
    {
      title: 'A folder that cannot be told is not made up.',
      run: () => {
        assertEqual(list([{ ...claude, folder: null }])[0]?.folder, null);
      },
    },
    {
      title: 'Where nobody can look there is no list, not an empty one.',
      run: () => {
        assertEqual(make(null).list([NAME]), null);
      },
    },
  ];
}
