import type { ProcessRunner, RunRequest, RunResult } from '../ports/process-runner.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { ProgramBehaviour } from './scripted-process-runner.ts';

/** A program that has been put somewhere. */
export interface PutProgram {
  readonly runner: ProcessRunner;
  /** Absolute path. */
  readonly file: string;
  /** A folder that is there, absolute, no link on the way. */
  readonly folder: string;
}

/** Puts a program that behaves so; `null`: gives a path where there is none. */
export type PutBehaviour = (behaviour: ProgramBehaviour | null) => PutProgram;

const SOON = 300;
/** Within this a run must have come to its end after its deadline, on a busy machine. */
const PATIENCE = 5_000;

/** What a process runner must do. */
export function processRunnerContract(put: PutBehaviour): readonly ContractCase[] {
  const run = (behaviour: ProgramBehaviour | null, request: Partial<RunRequest> = {}): Promise<RunResult> => {
    const { runner, file, folder } = put(behaviour);
    return runner.run({
      file,
      args: [],
      folder,
      variables: {},
      deadline: 20_000,
      maxBytes: 10_000,
      ...request,
    });
  };
  const ended = (
    title: string,
    behaviour: ProgramBehaviour,
    expected: { readonly output?: string; readonly exitCode?: number | null; readonly truncated?: boolean },
    request: Partial<RunRequest> = {},
  ): ContractCase => ({
    title,
    run: async () => {
      const result = await run(behaviour, request);
      assertEqual(withoutTime(result), {
        state: 'ended',
        output: '',
        exitCode: 0,
        truncated: false,
        ...expected,
      });
    },
  });
  const timesOut = (
    title: string,
    behaviour: ProgramBehaviour,
    request: Partial<RunRequest> = {},
  ): ContractCase => ({
    title,
    run: async () => {
      const result = await run(behaviour, { deadline: SOON, ...request });
      assertEqual(withoutTime(result), { state: 'timed-out' });
      assertEqual(
        result.milliseconds >= SOON - 1,
        true,
        `Whether it was given its time (${String(result.milliseconds)} ms)`,
      );
      assertEqual(
        result.milliseconds < SOON + PATIENCE,
        true,
        `Whether it was ended (${String(result.milliseconds)} ms)`,
      );
    },
  });
  const doesNotStart = (
    title: string,
    behaviour: ProgramBehaviour | null,
    request: Partial<RunRequest>,
  ): ContractCase => ({
    title,
    run: async () => {
      assertEqual(withoutTime(await run(behaviour, request)), { state: 'not-started' });
    },
  });
  return [
    ended(
      'What a program prints is told as it is.',
      { prints: ' a\n\r\tb é €  \n' },
      { output: ' a\n\r\tb é €  \n' },
    ),
    ended('A program that prints nothing has printed nothing.', {}, {}),
    ended(
      'The exit code is told, and the output with it.',
      { prints: 'x', exitCode: 3 },
      { output: 'x', exitCode: 3 },
    ),
    ended(
      'What goes to standard error is not taken for output.',
      { complains: 'no', prints: 'x' },
      { output: 'x' },
    ),
    ended(
      'A program ended by a signal has no exit code.',
      { prints: 'x', endsBySignal: true },
      { output: 'x', exitCode: null },
    ),
    ended(
      'A program that reads its input finds the end of it.',
      { copiesInput: true, prints: 'x' },
      { output: 'x' },
    ),
    ended(
      'It finds what is given to it before that, byte for byte.',
      { copiesInput: true, prints: 'x' },
      { output: 'a\u0000\u00ff\n\u0080x' },
      { input: 'a\u0000\u00ff\n\u0080', printed: 'bytes' },
    ),
    ended(
      'Nothing given is the end of the input, too.',
      { copiesInput: true, prints: 'x' },
      { output: 'x' },
      { input: '' },
    ),
    ended('Input need not be read.', { prints: 'x' }, { output: 'x' }, { input: 'y'.repeat(1_000_000) }),
    ended(
      'Output is told as text, unless its bytes are asked for.',
      { copiesInput: true },
      { output: '\u00e9\ufffd' },
      { input: '\u00c3\u00a9\u00ff' },
    ),
    ended(
      'The bytes of a text are its UTF-8.',
      { prints: '\u00e9' },
      { output: '\u00c3\u00a9' },
      { printed: 'bytes' },
    ),
    ended(
      'Arguments arrive untouched.',
      { printsArguments: true },
      { output: 'a b|$HOME|é|' },
      { args: ['a b', '$HOME', 'é'] },
    ),
    ended(
      'A program sees the variables that it is given.',
      { printsVariable: 'GIVEN' },
      { output: ' v\n ' },
      { variables: { GIVEN: ' v\n ' } },
    ),
    ended(
      'It does not see those of this process.',
      { printsVariable: 'HOME' },
      { output: '' },
      { variables: { GIVEN: 'x' } },
    ),
    ended(
      'A variable without a value is not set.',
      { printsVariable: 'GIVEN' },
      { output: '' },
      { variables: { GIVEN: undefined } },
    ),
    ended(
      'Output of exactly the most bytes is whole.',
      { prints: 'abcdé' },
      { output: 'abcdé' },
      { maxBytes: 6 },
    ),
    ended(
      'Output beyond that is dropped, and told.',
      { prints: 'abcdef' },
      { output: 'abc', truncated: true },
      { maxBytes: 3 },
    ),
    {
      title: 'A flood is cut off without keeping it.',
      run: async () => {
        const result = await run({ prints: 'x'.repeat(3_000_000) }, { maxBytes: 1000 });
        assertEqual(result.state === 'ended' && [result.output.length, result.truncated], [1000, true]);
      },
    },
    {
      title: 'A program runs in the folder that it is given.',
      run: async () => {
        const { runner, file, folder } = put({ printsFolder: true });
        const result = await runner.run({
          file,
          args: [],
          folder,
          variables: {},
          deadline: 20_000,
          maxBytes: 10_000,
        });
        assertEqual(result.state === 'ended' && result.output, folder);
      },
    },
    timesOut('A program that does not end is ended at its deadline.', { prints: 'x', hangs: true }),
    ended(
      'One that has ended is not waited for because its child keeps the output open.',
      { prints: 'x', leavesChild: true },
      { output: 'x' },
    ),
    timesOut(
      'So is one that is given more than it reads.',
      { hangs: true },
      { input: 'y'.repeat(1_000_000) },
    ),
    timesOut('So is one that will not be asked to end.', { hangs: true, ignoresSignals: true }),
    doesNotStart('A program that is not there is not started.', null, {}),
    doesNotStart('In a folder that is not there nothing is started.', {}, { folder: '/no/such/folder' }),
    doesNotStart('In a folder that is a file nothing is started.', {}, { folder: '/dev/null' }),
    doesNotStart('A path with a NUL byte is not started.', {}, { file: '/bin/s\0h' }),
    doesNotStart('An argument with a NUL byte is not handed over.', {}, { args: ['a\0b'] }),
    doesNotStart('A variable with a NUL byte is not handed over.', {}, { variables: { GIVEN: 'a\0b' } }),
    doesNotStart(
      'An argument longer than the system takes is not handed over.',
      {},
      { args: ['x'.repeat(20_000_000)] },
    ),
  ];
}

function withoutTime(result: RunResult): Readonly<Record<string, unknown>> {
  const { milliseconds, ...rest } = result;
  assertEqual(
    Number.isInteger(milliseconds) && milliseconds >= 0,
    true,
    `Whether ${String(milliseconds)} is a whole number of ms`,
  );
  return rest;
}
