import { offeredOptions } from '../args.ts';
import type { Command, OptionSpec } from '../command.ts';

export { offeredOptions };

/** The command that options without a command belong to. */
export function usualCommand(commands: readonly Command[]): Command {
  const status = commands.find(({ name }) => name === 'status');
  if (status === undefined) throw new Error('there is no status command');
  return status;
}

/** Every option that takes a value, once: the same name means the same in every command. */
export function valueOptions(commands: readonly Command[]): readonly OptionSpec[] {
  const found = new Map<string, OptionSpec>();
  for (const option of commands.flatMap(offeredOptions)) {
    if (option.value !== undefined) found.set(option.name, option);
  }
  return [...found.values()];
}

/** `--mode`, `-m`. */
export function spellings({ name, short }: OptionSpec): readonly string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

/** What may stand for a value that is not one of a few words. */
export function pathsFor({ name }: OptionSpec): 'folders' | 'files' | null {
  if (name === 'folder') return 'folders';
  return name === 'settings' ? 'files' : null;
}
