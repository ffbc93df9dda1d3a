import type { CommandInput } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';

export function useProvider({ terminal }: CommandInput, name: string): Promise<ExitCode> {
  terminal.error(`Not made yet: ${name}\n`);
  return Promise.resolve(EXIT.refused);
}
