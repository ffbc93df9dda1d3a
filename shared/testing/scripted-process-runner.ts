import type { Bytes } from '../core/remedies/text-edit.ts';
import type { ProcessRunner, RunRequest, RunResult } from '../ports/process-runner.ts';
import { decodeUtf8, encodeUtf8, utf8Length } from './utf8.ts';

/** What a made-up program does, in this order; nothing else. */
export interface ProgramBehaviour {
  readonly complains?: string;
  /** Reads its standard input to the end and prints that, byte for byte. */
  readonly copiesInput?: true;
  readonly prints?: string;
  /** Each followed by `|`. */
  readonly printsArguments?: true;
  readonly printsVariable?: string;
  readonly printsFolder?: true;
  readonly ignoresSignals?: true;
  /** A child stays behind that keeps the output open. */
  readonly leavesChild?: true;
  readonly hangs?: true;
  readonly endsBySignal?: true;
  readonly exitCode?: number;
  /** How long all this takes: milliseconds. */
  readonly milliseconds?: number;
}

/** What runs are answered with; `null`: there is no such program. */
export type Script = (request: RunRequest) => ProgramBehaviour | null;

export interface ScriptedProcessRunner extends ProcessRunner {
  /** What was asked for, in order, so that a test can see that nothing was run unasked. */
  readonly requests: readonly RunRequest[];
}

export interface ScriptedProcessRunnerOptions {
  /** Whether programs can be started in that folder. */
  readonly isFolder?: (path: string) => boolean;
}

/** As Linux has it: one argument or variable longer than this (in bytes) cannot be handed over. */
const LONGEST_ARGUMENT = 128 * 1024;

/** Runs nothing: each request is answered as the script says, with the port's rules for deadlines and caps. */
export function scriptedProcessRunner(
  script: Script,
  { isFolder = () => true }: ScriptedProcessRunnerOptions = {},
): ScriptedProcessRunner {
  const requests: RunRequest[] = [];
  return {
    requests,
    run: (request) => {
      requests.push(request);
      const behaviour = isStartable(request) && isFolder(request.folder) ? script(request) : null;
      return Promise.resolve(
        behaviour === null ? { state: 'not-started', milliseconds: 0 } : answer(behaviour, request),
      );
    },
  };
}

function isStartable({ file, args, variables }: RunRequest): boolean {
  const handedOver = [file, ...args, ...Object.values(variables).map((value) => value ?? '')];
  return handedOver.every((text) => !text.includes('\0') && utf8Length(text) < LONGEST_ARGUMENT);
}

function answer(behaviour: ProgramBehaviour, request: RunRequest): RunResult {
  const { deadline, maxBytes, input = '', printed = 'utf8' } = request;
  const { milliseconds = 0, hangs, endsBySignal, exitCode = 0 } = behaviour;
  if (hangs === true || milliseconds > deadline) {
    return { state: 'timed-out', milliseconds: deadline };
  }
  const copied = behaviour.copiesInput === true ? input : '';
  const text = outputOf(behaviour, request);
  const bytes = copied + toBytes(text.slice(0, maxBytes + 1));
  const truncated = copied.length + utf8Length(text) > maxBytes;
  const kept = bytes.slice(0, maxBytes);
  return {
    state: 'ended',
    exitCode: endsBySignal === true ? null : exitCode,
    output: printed === 'bytes' ? kept : fromBytes(kept),
    truncated,
    milliseconds,
  };
}

function outputOf(behaviour: ProgramBehaviour, { args, variables, folder }: RunRequest): string {
  const { prints = '', printsArguments, printsVariable, printsFolder } = behaviour;
  return [
    prints,
    printsArguments === true ? args.map((argument) => `${argument}|`).join('') : '',
    printsVariable === undefined ? '' : (variables[printsVariable] ?? ''),
    printsFolder === true ? folder : '',
  ].join('');
}

function toBytes(text: string): Bytes {
  return encodeUtf8(text)
    .map((byte) => String.fromCharCode(byte))
    .join('');
}

/** A character that is cut in two becomes U+FFFD, as in the real runner. */
function fromBytes(bytes: Bytes): string {
  return decodeUtf8(Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
