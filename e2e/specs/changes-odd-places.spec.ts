import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeLab, type ChangeLab } from '../changes/change-lab.ts';
import { KEY, layHome, MARK, NAME, OWN } from '../changes/change-scene.ts';
import { runIn } from '../changes/traced-command.ts';
import { onLinux } from '../support/on-system.ts';

const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;
const LINE = `export ${NAME}=${KEY}\n`;

let lab: ChangeLab;
beforeAll(async () => {
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
});

/** A home in which the key is set in this one place, which is odd. */
interface OddPlace {
  readonly title: string;
  readonly lay: (home: string) => void;
  /** As a script reads it: why the place is left. Nothing: there is nothing to clear there. */
  readonly why: string | null;
  readonly asNobody?: true;
  /** What has to be taken back, so that the home can be removed. */
  readonly end?: (home: string) => void;
}

const zshrc = (home: string): string => path.join(home, '.zshrc');

/** Only some file systems know the mark, and only the administrator may set it. */
const canMark = ((): boolean => {
  if (!isRoot || !onLinux) return false;
  const probe = path.join('/tmp', `credence-mark-${String(process.pid)}`);
  writeFileSync(probe, '');
  const marked = spawnSync('chattr', ['+i', probe]).status === 0;
  spawnSync('chattr', ['-i', probe]);
  rmSync(probe);
  return marked;
})();

const PLACES: readonly OddPlace[] = [
  {
    title: 'a link that leads nowhere',
    lay: (home) => {
      symlinkSync('nowhere', zshrc(home));
    },
    why: null,
  },
  {
    title: 'a link to itself',
    lay: (home) => {
      symlinkSync('.zshrc', zshrc(home));
    },
    why: null,
  },
  {
    title: 'a link out of the home',
    lay: (home) => {
      writeFileSync(path.join(home, '..', 'outside'), LINE);
      symlinkSync('../outside', zshrc(home));
    },
    why: 'link-out-of-home',
  },
  {
    title: 'a FIFO',
    lay: (home) => {
      execFileSync('mkfifo', [zshrc(home)]);
    },
    why: null,
  },
  {
    title: 'a folder',
    lay: (home) => {
      mkdirSync(zshrc(home));
    },
    why: null,
  },
  {
    title: 'a file with two names',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      linkSync(zshrc(home), path.join(home, 'twin'));
    },
    why: 'several-names',
  },
  {
    title: 'a file that may only be read',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      chmodSync(zshrc(home), 0o444);
    },
    why: 'denied',
    asNobody: true,
  },
  {
    title: 'a file in a folder that may only be read',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      mkdirSync(path.join(home, OWN), { recursive: true });
      execFileSync('chown', ['-R', `${String(NOBODY)}:${String(NOBODY)}`, path.join(home, '.config')]);
      chmodSync(home, 0o555);
    },
    why: 'denied',
    asNobody: true,
    end: (home) => {
      chmodSync(home, 0o755);
    },
  },
  {
    title: 'another user’s file',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      chownSync(zshrc(home), NOBODY, NOBODY);
    },
    why: 'foreign-owner',
  },
  {
    title: 'a file that nobody may read',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      chmodSync(zshrc(home), 0);
      chownSync(zshrc(home), 0, 0);
    },
    why: null,
    asNobody: true,
  },
  {
    title: 'the administrator’s file',
    lay: (home) => {
      writeFileSync(zshrc(home), LINE);
      chmodSync(zshrc(home), 0o644);
    },
    why: 'foreign-owner',
    asNobody: true,
  },
  ...(canMark
    ? [
        {
          title: 'an immutable file',
          lay: (home: string) => {
            writeFileSync(zshrc(home), LINE);
            spawnSync('chattr', ['+i', zshrc(home)]);
          },
          why: 'immutable',
          end: (home: string) => {
            spawnSync('chattr', ['-i', zshrc(home)]);
          },
        },
        {
          title: 'a file in an immutable folder',
          lay: (home: string) => {
            mkdirSync(path.join(home, OWN), { recursive: true });
            writeFileSync(zshrc(home), LINE);
            spawnSync('chattr', ['+i', home]);
          },
          why: 'immutable',
          end: (home: string) => {
            spawnSync('chattr', ['-i', home]);
          },
        },
      ]
    : []),
];

/** Everything in a home but what is Credence’s own. */
function contentOf(home: string): readonly string[] {
  return readdirSync(home, { recursive: true, encoding: 'latin1' })
    .filter((name) => !name.startsWith('.config'))
    .sort()
    .map((name) => {
      const stats = lstatSync(path.join(home, name));
      const bytes = stats.isFile() ? readFileSync(path.join(home, name), 'latin1') : '';
      return [name, stats.mode, stats.uid, stats.nlink, stats.ino, bytes].join(' ');
    });
}

interface Answer {
  readonly applied?: boolean;
  readonly left?: readonly { readonly path: string; readonly why: string }[];
  readonly error?: { readonly code: string; readonly why?: string };
}

describe.runIf(isRoot && onLinux)('Where the key is set in', () => {
  test.each(PLACES)(
    '$title, it ends with its name ($why) within seconds, and nothing changes.',
    async (place) => {
      const { root } = lab.layNothing();
      const home = layHome(root, {});
      if (place.asNobody === true) chownSync(home, NOBODY, NOBODY);
      place.lay(home);
      if (place.asNobody === true && place.why === 'denied')
        spawnSync('chown', ['-h', String(NOBODY), zshrc(home)]);
      try {
        const before = contentOf(home);
        const as = [
          'setpriv',
          `--reuid=${String(NOBODY)}`,
          `--regid=${String(NOBODY)}`,
          '--clear-groups',
          '--',
        ];
        const started = performance.now();
        const answer = await runIn({
          credence: lab.credence,
          home,
          args: ['clear', NAME, '--apply', '--json'],
          before: place.asNobody === true ? as : [],
        });
        const took = performance.now() - started;
        const said = JSON.parse(answer.stdout) as Answer;
        expect(said.error).toBe(undefined);
        expect(said.left?.filter((one) => one.path === zshrc(home)).map(({ why }) => why)).toEqual(
          place.why === null ? [] : [place.why],
        );
        expect([said.applied, answer.exitCode]).toEqual([false, place.why === null ? 0 : 4]);
        expect(answer.stdout + answer.stderr).not.toContain(MARK);
        expect(contentOf(home)).toEqual(before);
        // A second, and patience with a machine that has other work too.
        expect(took).toBeLessThan(4_000);
      } finally {
        place.end?.(home);
      }
    },
  );

  test('What is odd stays, and what is not is changed with it and undone.', async () => {
    const { home } = lab.layOld();
    writeFileSync(path.join(home, '.profile'), LINE);
    linkSync(path.join(home, '.profile'), path.join(home, 'twin'));
    const before = contentOf(home).map((line) => line.split(' ').toSpliced(4, 1).join(' '));
    const applied = await runIn({ credence: lab.credence, home, args: ['clear', NAME, '--apply', '--json'] });
    const { left, changeId } = JSON.parse(applied.stdout) as Answer & { readonly changeId: string };
    expect(left).toMatchObject([{ path: path.join(home, '.profile'), why: 'several-names' }]);
    expect(readFileSync(path.join(home, '.zshenv'), 'utf8')).toContain(`# credence ${changeId}: `);
    const undone = await runIn({
      credence: lab.credence,
      home,
      args: ['clear', '--undo', changeId, '--json'],
    });
    expect(undone.exitCode).toBe(0);
    expect(contentOf(home).map((line) => line.split(' ').toSpliced(4, 1).join(' '))).toEqual(before);
  });

  test.each([
    [
      'a link',
      (file: string) => {
        symlinkSync('dots/zshrc', file);
      },
    ],
    [
      'a FIFO',
      (file: string) => {
        execFileSync('mkfifo', [file]);
      },
    ],
    [
      'a folder',
      (file: string) => {
        mkdirSync(file);
      },
    ],
    ['gone', () => undefined],
    [
      'changed',
      (file: string) => {
        writeFileSync(file, 'export EDITOR=vi\n');
      },
    ],
  ])('When a file is %s by the time of the undo, the undo says so, and nothing changes.', async (_, put) => {
    const { home } = lab.layNew();
    const file = path.join(home, '.zshenv');
    rmSync(file);
    put(file);
    const before = contentOf(home);
    const answer = await runIn({ credence: lab.credence, home, args: ['clear', '--undo', lab.id, '--json'] });
    const { error } = JSON.parse(answer.stdout) as Answer;
    expect([answer.exitCode, error?.code]).toEqual([4, 'refused']);
    expect(error?.why).toMatch(/^(?:changed-since|not-a-file)$/);
    expect(contentOf(home)).toEqual(before);
    expect(answer.stdout + answer.stderr).not.toContain(MARK);
    expect(existsSync(path.join(home, OWN, 'changes', `${lab.id}.0.before`))).toBe(true);
  });
});
