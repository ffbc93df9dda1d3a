import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { installedCommand, type InstalledCommand } from '../support/installed-command.ts';
import { requireProgram } from '../support/require-program.ts';
import { JSON_WORLDS, type JsonWorld } from './json-worlds.ts';
import { layJsonWorld, NOTHING, type LaidWorld } from './lay-json-world.ts';

export interface CliLab extends InstalledCommand {
  readonly lay: (world: JsonWorld) => LaidWorld;
  /** A world with nothing in it. */
  readonly nothing: () => LaidWorld;
  /** A world with much at once. */
  readonly much: () => LaidWorld;
  /** Runs a line of bash with the command on its search path. */
  readonly shell: (line: string, world: LaidWorld) => Promise<CommandAnswer>;
}

/** The installed command and recorded worlds, for the tests of one file. */
export function cliLab(name: string): CliLab {
  const installed = installedCommand(name);
  const lay = (world: JsonWorld): LaidWorld => layJsonWorld(world, installed.place('world'));
  const once = (world: JsonWorld): (() => LaidWorld) => {
    let laid: LaidWorld | null = null;
    return () => (laid ??= lay(world));
  };
  return Object.assign(installed, {
    lay,
    nothing: once(NOTHING),
    much: once(worldNamed('much at once')),
    shell: (line: string, world: LaidWorld) => {
      requireProgram('bash');
      const variables = { PATH: installed.credence.searchPath, ...world.variables };
      return askCommand(['bash', '-c', line], world.folder, variables);
    },
  });
}

function worldNamed(wanted: string): JsonWorld {
  const found = JSON_WORLDS.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`there is no world “${wanted}” any more`);
  return found;
}
