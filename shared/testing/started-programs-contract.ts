import type { ProgramEnd } from '../core/sign-in/program-end.ts';
import type { StartedProgram, StartedPrograms } from '../ports/started-programs.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** How a program behaves that goes on until it is ended; what is not named it does not do. */
export interface StartedBehaviour {
  /** At once, in this order. */
  readonly says?: readonly (readonly ['output' | 'error', string])[];
  /** Repeats each line that it is sent, and ends itself at the line `end`. */
  readonly repeats?: true;
  /** Ends itself at once with this code; `null`: by a signal. */
  readonly exitCode?: number | null;
  readonly ignores?: 'nothing' | 'interrupt' | 'interrupt and terminate';
  /** Its code when it is interrupted. */
  readonly interruptedWith?: number;
}

export interface PutStartedProgram {
  /** Waits no longer than a second for each step of a stop. */
  readonly programs: StartedPrograms;
  /** Absolute path. */
  readonly file: string;
  readonly folder: string;
}

/** Puts a program that behaves so; `null`: gives a path where there is none. */
export type PutStarted = (behaviour: StartedBehaviour | null) => PutStartedProgram;

interface Heard {
  readonly program: StartedProgram;
  readonly output: () => string;
  readonly errors: () => string;
  /** Settles once it has said this to its standard output. */
  readonly says: (text: string) => Promise<void>;
}

/** What whoever starts programs must do. */
export function startedProgramsContract(put: PutStarted): readonly ContractCase[] {
  const start = (behaviour: StartedBehaviour | null): Heard | null => {
    const { programs, file, folder } = put(behaviour);
    const said = { output: '', error: '' };
    let heard: () => void = () => undefined;
    const program = programs.start({
      file,
      args: [],
      folder,
      variables: {},
      onOutput: (text, from) => {
        said[from] += text;
        heard();
      },
    });
    return program === null
      ? null
      : {
          program,
          output: () => said.output,
          errors: () => said.error,
          says: (text) =>
            new Promise((resolve) => {
              heard = () => {
                if (said.output.includes(text)) resolve();
              };
              heard();
            }),
        };
  };
  const started = (behaviour: StartedBehaviour): Heard => {
    const heard = start(behaviour);
    if (heard === null) throw new Error('It was not started');
    return heard;
  };
  const ends = (title: string, behaviour: StartedBehaviour, exitCode: number | null): ContractCase => ({
    title,
    run: async () => {
      assertEqual(await started(behaviour).program.ended, { exitCode, by: 'itself' });
    },
  });
  const stops = (
    title: string,
    ignores: NonNullable<StartedBehaviour['ignores']>,
    expected: ProgramEnd,
  ): ContractCase => ({
    title,
    run: async () => {
      const { program, says } = started({ says: [['output', 'ready']], ignores, interruptedWith: 0 });
      await says('ready');
      const both = [program.stop(), program.stop()];
      assertEqual(await Promise.all([...both, program.ended]), [expected, expected, expected]);
      assertEqual(program.send('late\n'), false, 'Whether it takes more after its end');
    },
  });
  return [
    ends('A program that ends itself ends by itself, with its code.', { exitCode: 3 }, 3),
    ends('One ended by a signal has no exit code.', { exitCode: null }, null),
    {
      title: 'All that it said has been handed on when it has ended, each from where it came.',
      run: async () => {
        const long = 'x'.repeat(300_000);
        const { program, output, errors } = started({
          says: [
            ['output', 'a é €\n'],
            ['error', 'no'],
            ['output', `${long}🙂`],
          ],
          exitCode: 0,
        });
        await program.ended;
        assertEqual(output() === `a é €\n${long}🙂`, true, 'Whether the output is whole');
        assertEqual(errors(), 'no');
      },
    },
    {
      title: 'What it is sent arrives while it runs, byte for byte.',
      run: async () => {
        const { program, says } = started({ repeats: true });
        assertEqual(program.send('one\n'), true);
        await says('one\n');
        // Its UTF-8, one character for each byte.
        assertEqual(program.send('tw\u00c3\u00a9\n'), true);
        await says('twé\n');
        assertEqual(program.send('end\n'), true);
        assertEqual(await program.ended, { exitCode: 0, by: 'itself' });
      },
    },
    {
      title: 'A program that has ended takes nothing more, and sending is no error.',
      run: async () => {
        const { program } = started({ exitCode: 0 });
        await program.ended;
        assertEqual(program.send('late\n'), false);
      },
    },
    {
      title: 'To stop one that has ended tells how it ended.',
      run: async () => {
        const { program } = started({ exitCode: 4 });
        await program.ended;
        assertEqual(await program.stop(), { exitCode: 4, by: 'itself' });
      },
    },
    stops('A stop is an interrupt, and twice asked it is one stop.', 'nothing', {
      exitCode: 0,
      by: 'interrupt',
    }),
    stops('One that ignores the interrupt is asked to terminate.', 'interrupt', {
      exitCode: null,
      by: 'terminate',
    }),
    stops('One that ignores both is ended.', 'interrupt and terminate', { exitCode: null, by: 'kill' }),
    {
      title: 'A program that is not there is not started.',
      run: () => {
        assertEqual(start(null), null);
      },
    },
  ];
}
