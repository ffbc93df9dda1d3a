import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settleWorld } from '../../shared/testing/recorded-world.ts';
import type { BuiltCommand } from '../support/built-command.ts';
import type { JsonWorld } from './json-worlds.ts';

export type LaidWorld = Parameters<BuiltCommand['ask']>[1];

/** @param place a folder that is not there yet, absolute, no link on the way; everybody may enter it then */
export function layJsonWorld(world: JsonWorld, place: string): LaidWorld {
  const home = path.join(place, 'home');
  const project = path.join(place, 'project');
  const { variables, folder, files } = settleWorld(world, { home, project, now: Date.now() });
  for (const one of [home, project, folder]) mkdirSync(one, { recursive: true });
  for (const [file, text] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o600);
  }
  world.lay?.(home, project);
  const { HOME, ...others } = variables;
  return {
    folder,
    variables: world.noHome === true || HOME === undefined ? others : { HOME, ...others },
    asNobody: world.asNobody === true,
  };
}

/** Somebody who has nothing yet. */
export const NOTHING: JsonWorld = { name: 'nothing', says: { outcome: 'refuses' } };
