import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { builtCommand, type BuiltCommand } from './built-command.ts';

/** What tests of one file have to themselves. It is there from before their first until after their last. */
export interface InstalledCommand {
  /** An absolute folder, without a link on the way, that everybody may enter. */
  readonly base: string;
  readonly credence: BuiltCommand;
  /** A path in it that is not there yet. */
  readonly place: (name: string) => string;
}

/**
 * To be called once, at the head of a file with tests.
 *
 * @param name says in the folder’s name whose it is
 */
export function installedCommand(name: string): InstalledCommand {
  let made: { readonly base: string; readonly credence: BuiltCommand } | null = null;
  let places = 0;
  const there = (): NonNullable<typeof made> => {
    if (made === null) throw new Error('nothing is installed before the first test begins');
    return made;
  };

  beforeAll(() => {
    const base = realpathSync(mkdtempSync(path.join(tmpdir(), `credence-test-${name}-`)));
    chmodSync(base, 0o755);
    mkdirSync(path.join(base, 'bin'));
    made = { base, credence: builtCommand(path.join(base, 'bin')) };
  });

  afterAll(() => {
    if (made === null) return;
    // Tests take rights away, and make names of any length; and what was just ended may still be at it.
    spawnSync('chmod', ['-R', 'u+rwx', made.base]);
    spawnSync('rm', ['-rf', '--', made.base]);
    rmSync(made.base, { recursive: true, force: true, maxRetries: 10 });
  });

  return {
    get base() {
      return there().base;
    },
    get credence() {
      return there().credence;
    },
    place: (kind) => path.join(there().base, `${kind}-${String(++places)}`),
  };
}
