import type { TerminalRequest, Terminals } from '../ports/terminals.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** `goes-on`: its window is there. `hands-over`: it ends at once, and well. `refuses`: it ends at once, with an error. */
export type TerminalBehaviour = 'goes-on' | 'hands-over' | 'refuses' | 'missing';

/** A made-up terminal program. */
export type PutTerminal = (behaviour: TerminalBehaviour) => {
  readonly terminals: Terminals;
  readonly file: string;
  /** A folder that is there. */
  readonly folder: string;
  /** What the program was given, once it is there. */
  readonly given: () => Promise<{
    readonly args: readonly string[];
    readonly mark: string | undefined;
    readonly folder: string;
  }>;
};

/** Whatever a shell would make of them. */
const WORDS = ['-e', '/bin/sh', '-c', '"$1" setup-token; read -r _', 'a b', '', '$(id)', "'", '\\', 'é;*'];

const asked = (
  { file, folder }: { readonly file: string; readonly folder: string },
  more: Partial<TerminalRequest> = {},
): TerminalRequest => ({
  file,
  folder,
  args: WORDS,
  variables: { MARK: 'made up', GONE: undefined },
  ...more,
});

/** What each way to open a terminal must be. */
export function terminalsContract(put: PutTerminal): readonly ContractCase[] {
  return [
    ...(['goes-on', 'hands-over'] as const).map((behaviour): ContractCase => ({
      title: `A program that ${behaviour === 'goes-on' ? 'goes on' : 'hands over and ends'} has opened, with these words, variables and folder.`,
      run: async () => {
        const terminal = put(behaviour);
        assertEqual(await terminal.terminals.open(asked(terminal)), 'opened');
        assertEqual(await terminal.given(), { args: WORDS, mark: 'made up', folder: terminal.folder });
      },
    })),
    ...(['refuses', 'missing'] as const).map((behaviour): ContractCase => ({
      title: `A program that ${behaviour === 'missing' ? 'is missing' : 'ends badly at once'} has not, and nothing is thrown.`,
      run: async () => {
        const terminal = put(behaviour);
        assertEqual(await terminal.terminals.open(asked(terminal)), 'failed');
      },
    })),
    {
      title: 'Words that the system cannot hand over are a failure.',
      run: async () => {
        const terminal = put('goes-on');
        assertEqual(await terminal.terminals.open(asked(terminal, { args: ['a\0b'] })), 'failed');
      },
    },
  ];
}
