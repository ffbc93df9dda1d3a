import { expect } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { layClearHome, type ClearHome, type HomeFiles } from '../support/clear-home.ts';
import { installedCommand, type InstalledCommand } from '../support/installed-command.ts';
import { KEY, LOGIN } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

/** A line of a shell file that sets a made-up key. */
export const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;

export interface ClearLab extends InstalledCommand {
  /** A new home with a login in it, and these files. */
  readonly lay: (files: HomeFiles, more?: Parameters<typeof layClearHome>[3]) => ClearHome;
}

/** The installed command and made-up homes, for the tests of one file. */
export function clearLab(name: string): ClearLab {
  const installed = installedCommand(name);
  const lay: ClearLab['lay'] = (files, more) =>
    layClearHome(installed.credence, installed.place('home'), { ...LOGIN, ...files }, more);
  return Object.assign(installed, { lay });
}

export type Said = Readonly<Record<string, unknown>>;

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

/** The answer in JSON, which is as published, with no field that is not documented, and holds no secret. */
export function said({ stdout, stderr, exitCode }: CommandAnswer, schema: string, exit: number): Said {
  expect(`${stdout}${stderr}`).not.toContain(SECRET_MARK);
  expect(stderr).toBe('');
  const answer = JSON.parse(stdout) as Said;
  expect(published(schema, answer)).toEqual([]);
  expect(closed(schema, answer)).toEqual([]);
  expect(exitCode, stdout).toBe(exit);
  return answer;
}

/** Clears the key in that home; the id of that change. */
export async function cleared(home: ClearHome): Promise<string> {
  const answer = said(await home.ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0);
  return String(answer['changeId']);
}

interface StillSet {
  readonly where: string;
  readonly name: string;
  readonly processes: readonly { readonly folder: string | null }[];
}

/** What still holds a name, without other programs of this machine: tests that run meanwhile start some with keys. */
export function stillSetAt(answer: Said, { home }: ClearHome): readonly StillSet[] {
  return (answer['stillSet'] as readonly StillSet[]).filter(
    ({ processes }) =>
      processes.length === 0 || processes.some(({ folder }) => folder?.startsWith(`${home}/`) === true),
  );
}
