import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { madeUpEnvironment } from '../../testing/made-up-environment.ts';
import { memoryFileStore } from '../../testing/memory-file-store.ts';
import { program, STRANGER } from '../../testing/search-path-worlds.ts';
import { rightClaude } from './claude-program.ts';

const USER = 1000;

/** One link on the way: it lies in a folder of its own, and leads on to the next. */
interface Hop {
  /** Mode of the folder that it lies in, and of the one around that. */
  readonly folder: number;
  readonly around: number;
  /** Whether the link, or the folder that it lies in, is a stranger’s. */
  readonly theirLink: boolean;
  readonly theirFolder: boolean;
  /** `file`: it is called as the file is. `folder`: it stands for a folder, in which the next one lies. */
  readonly leads: 'file' | 'folder';
  readonly absolute: boolean;
}

const OPEN = 0o777;
const LIKE_TMP = 0o1777;
const mostly = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)));
const hop: fc.Arbitrary<Hop> = fc.record({
  folder: mostly(0o755, OPEN, LIKE_TMP, 0o775),
  around: mostly(0o755, OPEN, LIKE_TMP),
  theirLink: mostly(false, true),
  theirFolder: mostly(false, true),
  leads: fc.constantFrom('file', 'folder'),
  absolute: fc.boolean(),
});

/** Of a chain of links to the file, `/hops/0/in/claude` the first. A link to a folder is called `to`, and the file behind it `claude`. */
function lay(hops: readonly Hop[]): { readonly tree: FileTree; readonly foreign: ReadonlySet<string> } {
  const entries: [string, FileTree[string]][] = [['/good/claude', program()]];
  const foreign = new Set<string>();
  hops.forEach((one, at) => {
    const folder = `/hops/${String(at)}/in`;
    const isLastHop = at === hops.length - 1;
    const next = isLastHop ? '/good' : `/hops/${String(at + 1)}/in`;
    const to = one.absolute ? next : `../../..${next}`;
    const link = `${folder}/${one.leads === 'file' ? 'claude' : 'to'}`;
    entries.push([`/hops/${String(at)}`, { kind: 'folder', mode: one.around }]);
    entries.push([folder, { kind: 'folder', mode: one.folder }]);
    entries.push([link, { kind: 'link', to: one.leads === 'file' ? `${to}/${nameIn(hops[at + 1])}` : to }]);
    if (one.theirLink) foreign.add(link);
    if (one.theirFolder) foreign.add(folder);
  });
  return { tree: Object.fromEntries(entries), foreign };
}

/** How the next file is reached from the folder that it, or the link to its folder, lies in. */
const nameIn = (next: Hop | undefined): string => (next?.leads === 'folder' ? 'to/claude' : 'claude');

/** By the table alone: nobody but the user may lead any of them elsewhere. */
const isRight = (hops: readonly Hop[]): boolean =>
  hops.every(
    ({ folder, around, theirLink, theirFolder, leads }) =>
      !theirLink &&
      !theirFolder &&
      around !== OPEN &&
      folder !== OPEN &&
      // The file, and a link in its place, may not lie among those of everybody.
      (folder !== LIKE_TMP || leads === 'folder'),
  );

function asked(tree: FileTree, foreign: ReadonlySet<string>, chosen: string): string {
  const files = memoryFileStore(tree, { ownerId: USER });
  const answer = rightClaude(
    {
      files: {
        ...files,
        inspect: (path) => {
          const facts = files.inspect(path);
          return facts !== null && foreign.has(path) ? { ...facts, ownerId: STRANGER } : facts;
        },
        linkAt: (path) => {
          const link = files.linkAt(path);
          return link !== null && foreign.has(path) ? { ...link, ownerId: STRANGER } : link;
        },
      },
      environment: madeUpEnvironment({ home: '/home/p', workingFolder: '/home/p', userId: USER }),
    },
    chosen,
  );
  return answer.ok ? answer.program.realPath : answer.why;
}

describe('rightClaude behind links', () => {
  test('Of any chain of links only one that nobody else can lead elsewhere is right.', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(fc.array(hop, { minLength: 1, maxLength: 6 }), (some) => {
        // A link to a folder leads into the folder where the next one is; so that one has to be called as the file is.
        const hops = some.map((one, at) =>
          some[at - 1]?.leads === 'folder' ? { ...one, leads: 'file' as const } : one,
        );
        const { tree, foreign } = lay(hops);
        const [first] = hops;
        const outcome = asked(tree, foreign, `/hops/0/in/${nameIn(first)}`);
        told.add(outcome);
        if (isRight(hops)) expect(outcome).toBe('/good/claude');
        else expect(['writable-by-others', 'foreign-owner']).toContain(outcome);
      }),
      { numRuns: 500 },
    );
    expect([...told].sort()).toEqual(['/good/claude', 'foreign-owner', 'writable-by-others']);
  });

  test('Links in a circle, and more of them than a system follows, end without an answer.', () => {
    const chain = (links: number): FileTree =>
      Object.fromEntries([
        ['/good/claude', program()],
        ...Array.from({ length: links }, (_, at): [string, FileTree[string]] => [
          `/c/${String(at)}`,
          { kind: 'link', to: at === links - 1 ? '/good/claude' : String(at + 1) },
        ]),
      ]);
    expect(asked(chain(40), new Set(), '/c/0')).toBe('/good/claude');
    expect(asked(chain(41), new Set(), '/c/0')).toBe('not-found');
    const circle: FileTree = {
      '/c/claude': { kind: 'link', to: '../d/claude' },
      '/d/claude': { kind: 'link', to: '../c/claude' },
    };
    expect(asked(circle, new Set(), '/c/claude')).toBe('not-found');
  });

  test('A circle that comes to be between two looks at it ends, too.', () => {
    const files = memoryFileStore({ '/good/claude': program() }, { ownerId: USER });
    const answer = rightClaude(
      {
        files: { ...files, linkAt: () => ({ to: 'claude', ownerId: USER }) },
        environment: madeUpEnvironment({ home: '/home/p', workingFolder: '/home/p', userId: USER }),
      },
      '/good/claude',
    );
    expect(answer).toMatchObject({ ok: false, why: 'not-found' });
  });
});
