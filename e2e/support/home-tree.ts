import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Everything below a folder, by relative path: kind, permission bits, and the content or where a link leads. */
export type HomeTree = Readonly<Record<string, string>>;

/**
 * @param leave whether something is not looked at, with all that is below it
 */
export function homeTree(root: string, leave: (relative: string) => boolean = () => false): HomeTree {
  const found: Record<string, string> = {};
  const look = (relative: string): void => {
    const place = path.join(root, relative);
    const stats = lstatSync(place);
    const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
    if (stats.isSymbolicLink()) found[relative] = `link to ${readlinkSync(place)}`;
    else if (stats.isFile()) found[relative] = `file ${mode} ${digest(readFileSync(place))}`;
    else if (!stats.isDirectory()) found[relative] = `other ${mode}`;
    else {
      found[relative] = `folder ${mode}`;
      for (const name of readdirSync(place).sort()) {
        const below = path.join(relative, name);
        if (!leave(below)) look(below);
      }
    }
  };
  look('.');
  return found;
}

/** What is not the same in both, or only in one. */
export function treeChanges(before: HomeTree, after: HomeTree): readonly string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((one) => before[one] !== after[one]).sort();
}

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
