import path from 'node:path';
import { installedCommand, type InstalledCommand } from '../support/installed-command.ts';

export interface RunLab extends InstalledCommand {
  /** The words that run the installed command, by paths that need no search. */
  readonly command: (words: readonly string[]) => readonly string[];
}

/** The installed command, for tests of what it starts. */
export function runLab(name: string): RunLab {
  const installed = installedCommand(name);
  const command = (words: readonly string[]): readonly string[] => [
    path.join(installed.base, 'bin/node'),
    installed.credence.file,
    ...words,
  ];
  return Object.assign(installed, { command });
}
