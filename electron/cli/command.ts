import type { Ports } from '../../shared/ports/ports.ts';
import type { ChangePorts } from '../../shared/usecases/changes/change-ports.ts';
import type { SignInPorts } from '../../shared/usecases/sign-in/sign-in-ports.ts';
import type { TokenPorts } from '../../shared/usecases/sign-in/token-ports.ts';

/** One command: a file of its own under commands/. */
export interface Command {
  readonly name: string;
  /** One line for `credence --help`. */
  readonly summary: string;
  /** One line for each way to use it. */
  readonly usage: string | readonly string[];
  readonly options: readonly OptionSpec[];
  /** Words that may stand without a dash, for completion; a command without them takes none. */
  readonly operands?: readonly string[] | 'folders';
  /** What these words mean, under a heading of their own. */
  readonly words?: { readonly heading: string; readonly rows: readonly (readonly [string, string])[] };
  /** What stands behind `--` is a program with its words: standard output is the program’s, so there is no `--json`. */
  readonly program?: true;
  /** It prints a secret by itself or not at all, so it offers no `--json`. */
  readonly printsSecret?: true;
  readonly examples?: readonly string[];
  /** Where the command has exit codes of its own meaning: each with what it says. */
  readonly exitCodes?: readonly (readonly [string, string])[];
  /** One of `EXIT`, or the exit code of a program that was run. */
  run(input: CommandInput): Promise<number>;
}

/** One that needs the usual ports and no more, so that it can be bundled without the rest. */
export interface SeeingCommand extends Command {
  run(input: Pick<CommandInput, 'ports' | 'arguments' | 'terminal'>): Promise<number>;
}

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** The value's placeholder; without one the option is a flag. */
  readonly value?: string;
  readonly many?: boolean;
  /** What the shell may complete. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export interface CommandInput {
  readonly ports: Ports;
  /** What changing things needs; made when it is asked for. */
  readonly changePorts: () => Promise<ChangePorts>;
  /** What signing in and out needs; made when it is asked for. */
  readonly signInPorts: () => Promise<SignInPorts>;
  /** What printing a token needs, and no more. */
  readonly tokenPorts: () => Promise<TokenPorts & Pick<SignInPorts, 'files' | 'environment'>>;
  readonly arguments: ParsedArguments;
  readonly terminal: Terminal;
}

export interface ParsedArguments {
  readonly operands: readonly string[];
  /** Behind `--`, for a command that runs a program. */
  readonly program: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | null;
  values(name: string): readonly string[];
}

/** Where a command prints. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** The person’s answer; `null` when there is nobody to ask: input or output is no terminal. */
  ask(question: string): Promise<string | null>;
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly columns: number;
}
