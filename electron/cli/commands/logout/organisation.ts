import type { CommandInput } from '../../command.ts';
import { EXIT } from '../../exit-code.ts';

/** Not made yet. */
export function logoutOfOrganisation({ terminal }: CommandInput): Promise<number> {
  terminal.error('Not made yet.\n');
  return Promise.resolve(EXIT.refused);
}
