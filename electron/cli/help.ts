import type { Command, Terminal } from './command.ts';
export function commandHelp(command: Command, _terminal: Terminal): string {
  return command.usage + '\n';
}
export async function generalHelp(version: string, _terminal: Terminal): Promise<string> {
  await Promise.resolve();
  return `credence ${version}\n`;
}
