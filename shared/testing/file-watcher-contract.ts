import type { FileWatcher } from '../ports/file-watcher.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { ChangingDisk } from './memory-disk.ts';

export interface WatchedDisk {
  readonly watcher: FileWatcher;
  readonly disk: ChangingDisk;
  /** Absolute, no link on the way. */
  readonly root: string;
  /** Waits until it is so, or fails for good. */
  readonly until: (what: string, isSo: () => boolean) => Promise<void>;
}

/** Gives an empty folder. */
export type PutWatched = () => WatchedDisk;

interface Case {
  /** Path → a file’s text, a folder, or where a link leads; `$ROOT` stands for the empty folder. */
  readonly tree: Tree;
  readonly paths: readonly string[];
  readonly listed?: readonly string[];
  /** One after the other; each must tell these paths, and must not tell those. */
  readonly steps: readonly Step[];
}

type Tree = Readonly<Record<string, string | { readonly to: string }>>;
const FOLDER = 'a folder';

interface Step {
  readonly does: (disk: ChangingDisk, at: (path: string) => string) => void;
  readonly tells: readonly string[];
  readonly tellsNot?: readonly string[];
}

/** A file that nothing else touches: once a change of it was told, so was everything before. */
const LAST = 'that-was-all';

const tells = (does: Step['does'], ...paths: readonly string[]): Step => ({ does, tells: paths });

/** What a watcher must tell to somebody who, whenever he is told something, names his paths anew. */
export function fileWatcherContract(put: PutWatched): readonly ContractCase[] {
  const watched = (title: string, { tree, paths, listed = [], steps }: Case): ContractCase => ({
    title,
    run: async () => {
      const { watcher, disk, root, until } = put();
      lay(disk, root, tree);
      const at = (path: string): string => `${root}/${path}`;
      let heard: (string | null)[] = [];
      const watch = (): void => {
        watcher.watch(new Set([...paths, LAST].map(at)), new Set(listed.map(at)));
      };
      watcher.onChange((path) => {
        heard.push(path);
        watch();
      });
      watch();
      for (const [number, { does, tells: expected, tellsNot = [] }] of steps.entries()) {
        does(disk, at);
        for (const path of expected) {
          await until(`${path} is told (step ${String(number + 1)})`, () => has(heard, at(path)));
        }
        disk.write(at(LAST), String(number));
        await until('the last change is told', () => heard.includes(at(LAST)));
        assertEqual(
          tellsNot.filter((path) => has(heard, at(path))),
          [],
          'What is told beside it',
        );
        heard = [];
      }
      assertEqual(watcher.state, 'watching', 'The state');
      watcher.close();
    },
  });
  return [
    watched('A file that is written in place has changed.', {
      tree: { 'd/f': 'a' },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('d/f'), 'b');
        }, 'd/f'),
        tells((disk, at) => {
          disk.write(at('d/f'), 'c');
        }, 'd/f'),
      ],
    }),
    watched('So has one that is replaced, each time.', {
      tree: { 'd/f': 'a' },
      paths: ['d/f'],
      steps: ['b', 'c'].map((text) =>
        tells((disk, at) => {
          disk.replace(at('d/f'), text);
        }, 'd/f'),
      ),
    }),
    watched('One that is removed has changed, and one that comes back.', {
      tree: { 'd/f': 'a' },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.remove(at('d/f'));
        }, 'd/f'),
        tells((disk, at) => {
          disk.write(at('d/f'), 'a');
        }, 'd/f'),
      ],
    }),
    watched('A file that was not there is seen to appear.', {
      tree: { d: FOLDER },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('d/f'), 'a');
        }, 'd/f'),
      ],
    }),
    watched('So is one whose folders are missing too, several levels deep, and what becomes of it.', {
      tree: {},
      paths: ['a/b/c/f'],
      steps: [
        tells((disk, at) => {
          disk.makeFolder(at('a'));
        }),
        tells((disk, at) => {
          disk.makeFolder(at('a/b'));
          disk.makeFolder(at('a/b/c'));
        }),
        tells((disk, at) => {
          disk.write(at('a/b/c/f'), 'a');
        }, 'a/b/c/f'),
        tells((disk, at) => {
          disk.write(at('a/b/c/f'), 'b');
        }, 'a/b/c/f'),
      ],
    }),
    watched('Folders and file that come at once are seen, and what becomes of the file.', {
      tree: {},
      paths: ['a/b/c/f'],
      steps: [
        tells((disk, at) => {
          for (const folder of ['a', 'a/b', 'a/b/c']) disk.makeFolder(at(folder));
          disk.write(at('a/b/c/f'), 'a');
        }, 'a/b/c/f'),
        tells((disk, at) => {
          disk.write(at('a/b/c/f'), 'b');
        }, 'a/b/c/f'),
      ],
    }),
    watched('What a link leads to has changed when the file behind it is written.', {
      tree: { 'real/f': 'a', 'd/f': { to: '$ROOT/real/f' } },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('real/f'), 'b');
        }, 'd/f'),
      ],
    }),
    watched('A link that is led elsewhere has changed, and what it leads to now is watched.', {
      tree: { 'one/f': 'a', 'two/f': 'b', 'd/f': { to: '$ROOT/one/f' } },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.link(at('d/f'), at('two/f'));
        }, 'd/f'),
        tells((disk, at) => {
          disk.write(at('two/f'), 'c');
        }, 'd/f'),
        {
          does: (disk, at) => {
            disk.write(at('one/f'), 'c');
          },
          tells: [],
          tellsNot: ['d/f'],
        },
      ],
    }),
    watched('A folder on the way may be a link; when it is led elsewhere all below it has changed.', {
      tree: {
        'one/s/f': 'a',
        'two/s/f': 'b',
        'two/s/g': 'b',
        d: { to: '$ROOT/one' },
      },
      paths: ['d/s/f', 'd/s/g'],
      steps: [
        tells((disk, at) => {
          disk.write(at('one/s/f'), 'c');
        }, 'd/s/f'),
        tells(
          (disk, at) => {
            disk.link(at('d'), at('two'));
          },
          'd/s/f',
          'd/s/g',
        ),
        tells((disk, at) => {
          disk.replace(at('two/s/g'), 'd');
        }, 'd/s/g'),
      ],
    }),
    watched('Of a chain of links each counts, and the file at its end.', {
      tree: {
        'real/f': 'a',
        'other/f': 'b',
        'c/f': { to: '$ROOT/real/f' },
        'b/f': { to: '$ROOT/c/f' },
        'a/f': { to: '$ROOT/b/f' },
      },
      paths: ['a/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('real/f'), 'c');
        }, 'a/f'),
        tells((disk, at) => {
          disk.link(at('c/f'), at('other/f'));
        }, 'a/f'),
        tells((disk, at) => {
          disk.replace(at('other/f'), 'd');
        }, 'a/f'),
      ],
    }),
    watched('A relative link is relative to where it really lies.', {
      tree: {
        'real/inner/f': { to: '../g' },
        'real/g': 'a',
        d: { to: 'real/inner' },
      },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('real/g'), 'b');
        }, 'd/f'),
        tells((disk, at) => {
          disk.replace(at('real/g'), 'c');
        }, 'd/f'),
      ],
    }),
    watched('A link whose file is missing is watched for the file to appear.', {
      tree: { real: FOLDER, 'd/f': { to: '$ROOT/real/f' } },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.write(at('real/f'), 'a');
        }, 'd/f'),
      ],
    }),
    watched('Of links that lead in a circle nothing is told, until one is led out of it.', {
      tree: {
        'd/f': { to: '$ROOT/d/g' },
        'd/g': { to: '$ROOT/d/f' },
        'real/f': 'a',
      },
      paths: ['d/f'],
      steps: [
        tells((disk, at) => {
          disk.link(at('d/g'), at('real/f'));
        }, 'd/f'),
        tells((disk, at) => {
          disk.write(at('real/f'), 'b');
        }, 'd/f'),
      ],
    }),
    watched('A folder that is removed and made anew is watched again, whatever its number.', {
      tree: { 'd/e/f': 'a' },
      paths: ['d/e/f'],
      steps: [0, 1, 2].flatMap((round) => [
        tells((disk, at) => {
          disk.remove(at('d/e'));
          disk.makeFolder(at('d/e'));
          disk.write(at('d/e/f'), `new ${String(round)}`);
        }, 'd/e/f'),
        tells((disk, at) => {
          disk.write(at('d/e/f'), `written ${String(round)}`);
        }, 'd/e/f'),
      ]),
    }),
    watched('So is one behind a link.', {
      tree: { 'real/e/f': 'a', d: { to: '$ROOT/real' } },
      paths: ['d/e/f'],
      steps: [
        tells((disk, at) => {
          disk.remove(at('real/e'));
          disk.makeFolder(at('real/e'));
          disk.write(at('real/e/f'), 'b');
        }, 'd/e/f'),
        tells((disk, at) => {
          disk.write(at('real/e/f'), 'c');
        }, 'd/e/f'),
      ],
    }),
    watched('A folder that another takes the place of has changed, with all that is watched below.', {
      tree: { 'd/f': 'a', 'd/g': 'a', 'other/f': 'b', 'other/g': 'b' },
      paths: ['d/f', 'd/g'],
      steps: [
        tells(
          (disk, at) => {
            disk.move(at('d'), at('away'));
            disk.move(at('other'), at('d'));
          },
          'd/f',
          'd/g',
        ),
        tells((disk, at) => {
          disk.write(at('d/f'), 'c');
        }, 'd/f'),
        {
          does: (disk, at) => {
            disk.write(at('away/f'), 'c');
          },
          tells: [],
          tellsNot: ['d/f', 'd/g'],
        },
      ],
    }),
    watched('A file with two names is told under each.', {
      tree: { 'real/f': 'a', 'd/f': { to: '$ROOT/real/f' } },
      paths: ['d/f', 'real/f'],
      steps: [
        tells(
          (disk, at) => {
            disk.write(at('real/f'), 'b');
          },
          'd/f',
          'real/f',
        ),
      ],
    }),
    watched('What comes and goes in a listed folder is told as that folder.', {
      tree: { 'd/f': 'a' },
      paths: [],
      listed: ['d'],
      steps: [
        tells((disk, at) => {
          disk.write(at('d/g'), 'b');
        }, 'd'),
        tells((disk, at) => {
          disk.remove(at('d/f'));
        }, 'd'),
      ],
    }),
    watched('A listed folder may appear later, and may be a link.', {
      tree: { 'real/f': 'a' },
      paths: [],
      listed: ['d'],
      steps: [
        tells((disk, at) => {
          disk.link(at('d'), at('real'));
        }, 'd'),
        tells((disk, at) => {
          disk.write(at('real/g'), 'b');
        }, 'd'),
      ],
    }),
    watched('A listed folder that is made anew is watched again.', {
      tree: { 'd/f': 'a' },
      paths: ['d'],
      listed: ['d'],
      steps: [
        tells((disk, at) => {
          disk.remove(at('d'));
          disk.makeFolder(at('d'));
        }, 'd'),
        tells((disk, at) => {
          disk.write(at('d/g'), 'b');
        }, 'd'),
      ],
    }),
    watched('Of an unrelated file beside a watched one nothing is told.', {
      tree: { 'd/f': 'a', 'd/g': 'a' },
      paths: ['d/f'],
      steps: [
        {
          does: (disk, at) => {
            disk.write(at('d/g'), 'b');
            disk.replace(at('d/h'), 'b');
            disk.makeFolder(at('d/e'));
            disk.write(at('d/e/f'), 'b');
          },
          tells: [],
          tellsNot: ['d/f'],
        },
      ],
    }),
    {
      title: 'Paths that are named later take the place of the former ones.',
      run: async () => {
        const { watcher, disk, root, until } = put();
        lay(disk, root, { 'd/f': 'a', 'e/g': 'a', 'd/last': '' });
        const heard: (string | null)[] = [];
        watcher.onChange((path) => heard.push(path));
        watcher.watch(new Set([`${root}/d/f`]), new Set([`${root}/e`]));
        watcher.watch(new Set([`${root}/e/g`, `${root}/d/last`]), new Set());
        disk.write(`${root}/d/f`, 'b');
        disk.write(`${root}/e/h`, 'b');
        disk.write(`${root}/e/g`, 'b');
        disk.write(`${root}/d/last`, 'b');
        await until('both are told', () =>
          ['e/g', 'd/last'].every((path) => heard.includes(`${root}/${path}`)),
        );
        assertEqual([...new Set(heard)].sort(), [`${root}/d/last`, `${root}/e/g`], 'What is told');
        watcher.close();
      },
    },
    {
      title: 'A watcher that is closed tells nothing more.',
      run: async () => {
        const closed = put();
        lay(closed.disk, closed.root, { f: 'a' });
        const heard: (string | null)[] = [];
        closed.watcher.onChange((path) => heard.push(path));
        closed.watcher.watch(new Set([`${closed.root}/f`]), new Set([closed.root]));
        closed.watcher.close();
        closed.disk.write(`${closed.root}/f`, 'b');
        const other = put();
        lay(other.disk, other.root, { f: 'a' });
        let told = false;
        other.watcher.onChange(() => {
          told = true;
        });
        other.watcher.watch(new Set([`${other.root}/f`]), new Set());
        other.disk.write(`${other.root}/f`, 'b');
        await other.until('another watcher tells', () => told);
        other.watcher.close();
        assertEqual(heard, [], 'What is told');
      },
    },
  ];
}

const has = (heard: readonly (string | null)[], path: string): boolean =>
  heard.includes(path) || heard.includes(null);

function lay(disk: ChangingDisk, root: string, tree: Tree): void {
  for (const [path, entry] of Object.entries(tree)) {
    const at = `${root}/${path}`;
    if (entry === FOLDER) disk.makeFolder(at);
    else if (typeof entry === 'string') disk.write(at, entry);
    else disk.link(at, entry.to.replace('$ROOT', root));
  }
}
