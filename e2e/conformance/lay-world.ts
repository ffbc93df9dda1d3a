import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECORDING_SERVER, settleWorld, type RecordedWorld } from '../../shared/testing/recorded-world.ts';

/** A world on the disk. */
export interface LaidWorld {
  /** The start folder. */
  readonly folder: string;
  /** The whole environment but `PATH`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** What must stand in the place of the folder of managed settings. */
  readonly managed: string;
  readonly hasManaged: boolean;
}

/**
 * @param place an empty folder, absolute, no link on the way
 * @param now   milliseconds since 1970
 * @throws when that world cannot be laid
 */
export function layWorld(world: RecordedWorld, place: string, now: number): LaidWorld {
  const home = path.join(place, 'home');
  const project = path.join(place, 'proj');
  const managed = path.join(place, 'managed');
  const settled = settleWorld(
    { ...world, env: { ...RECORDING_SERVER, ...world.env } },
    { home, project, now },
  );
  for (const folder of [home, project, managed, settled.folder]) mkdirSync(folder, { recursive: true });
  for (const [file, text] of settled.files) write(file, text);
  for (const [file, text] of settled.managed) write(path.join(managed, file), text);
  return { ...settled, managed, hasManaged: settled.managed.size > 0 };
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
}
