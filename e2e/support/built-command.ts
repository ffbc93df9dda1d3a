import { accessSync, chmodSync, constants, cpSync, existsSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';

const BUILT = path.join(import.meta.dirname, '../../out/cli/credence.cjs');
/** The account that owns nothing, by Linux's oldest convention. */
const NOBODY = '65534';

/** The command as a user has it: on a search path that has little else, so that a Claude Code of this machine is not found. */
export interface BuiltCommand {
  /** The command file, where everybody may read it. */
  readonly file: string;
  /** The whole search path: `credence`, `node`, and the system's own programs. */
  readonly searchPath: string;
  readonly ask: (
    args: readonly string[],
    world: {
      readonly folder: string;
      readonly variables: Readonly<Record<string, string>>;
      readonly asNobody?: boolean;
    },
  ) => Promise<CommandAnswer>;
}

/**
 * @param bin an empty folder that everybody may enter
 * @throws {Error} when the command has not been built
 */
export function builtCommand(bin: string): BuiltCommand {
  if (!existsSync(BUILT)) throw new Error(`there is no ${BUILT}: build it first with “npm run build”`);
  const file = path.join(bin, 'credence');
  const installed = path.join(bin, 'lib');
  cpSync(path.dirname(BUILT), installed, { recursive: true });
  chmodSync(installed, 0o755);
  symlinkSync(path.join(installed, path.basename(BUILT)), file);
  // What is not in the bundle is found as it is where a package manager has put it.
  symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(bin, 'node_modules'));
  symlinkSync(nodeOfUser(), path.join(bin, 'node'));
  const searchPath = `${bin}:/usr/bin:/bin`;
  return {
    file,
    searchPath,
    ask: (args, { folder, variables, asNobody = false }) => {
      // Without HOME the system’s list of accounts is asked, and a real home would be changed.
      if (variables['HOME'] === undefined && (!asNobody || process.geteuid?.() !== 0))
        throw new Error(`“credence ${args[0] ?? ''}” is not to be tried without a made-up home`);
      const command = ['node', file, ...args];
      const full = asNobody && process.geteuid?.() === 0 ? [...asUser(NOBODY), ...command] : command;
      return askCommand(full, folder, { PATH: searchPath, ...variables });
    },
  };
}

function asUser(id: string): readonly string[] {
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--'];
}

/** The Node that users have, not the one that runs these tests. */
function nodeOfUser(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = folders
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => path.join(folder, 'node'))
    .find(isProgram);
  return found ?? process.execPath;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
