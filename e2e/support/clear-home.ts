import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import type { BuiltCommand } from './built-command.ts';
import { homeTree, type HomeTree } from './home-tree.ts';

export type HomeFiles = Readonly<
  Record<string, string | { readonly to: string } | { readonly text: string; readonly mode: number }>
>;

/** A made-up home with a folder in it from which Credence is asked. */
export interface ClearHome {
  readonly home: string;
  readonly folder: string;
  /** `~` and `$PROJ` resolved. */
  readonly at: (name: string) => string;
  /** The other way round, in a text. */
  readonly short: (text: string) => string;
  readonly text: (name: string) => string;
  readonly variables: Readonly<Record<string, string>>;
  readonly ask: (...words: readonly string[]) => Promise<CommandAnswer>;
  /** Everything but Credence’s own folder and what shells keep for themselves. */
  readonly tree: () => HomeTree;
}

const OWN = '.config/credence';
/** fish makes it whenever it is started. */
const OF_SHELLS = ['.local', '.cache', '.config/fish/completions', '.config/fish/functions'];

/** @param place an absolute path that is not there yet, without a link on the way */
export function layClearHome(
  credence: BuiltCommand,
  place: string,
  files: HomeFiles,
  {
    shell = '/usr/bin/zsh',
    exports = {},
  }: { readonly shell?: string; readonly exports?: Readonly<Record<string, string>> } = {},
): ClearHome {
  const folder = path.join(place, 'project');
  const at = (name: string): string => name.replace('$PROJ', folder).replace(/^~/, place);
  for (const made of [place, folder, path.join(place, '.config'), path.join(place, '.config/fish/conf.d')])
    mkdirSync(made, { recursive: true });
  for (const [name, entry] of Object.entries(files)) {
    const file = at(name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof entry !== 'string' && 'to' in entry) {
      symlinkSync(entry.to, file);
      continue;
    }
    writeFileSync(file, typeof entry === 'string' ? entry : entry.text, 'latin1');
    chmodSync(file, typeof entry === 'string' ? 0o644 : entry.mode);
  }
  const variables = { HOME: place, SHELL: shell, ...exports };
  return {
    home: place,
    folder,
    at,
    short: (text) => text.replaceAll(folder, '$PROJ').replaceAll(place, '~'),
    text: (name) => readFileSync(at(name), 'latin1'),
    variables,
    ask: (...words) => credence.ask(words.map(at), { folder, variables }),
    tree: () => homeTree(place, (relative) => relative === OWN || OF_SHELLS.includes(relative)),
  };
}
