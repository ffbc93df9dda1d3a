import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OWN_MOUNTS } from '../writer/mount-namespace.ts';
import { accessList, digestOf, inWords, NEW, OLD, withDescriptor } from '../writer/fault-scenes.ts';
import { onLinux } from '../support/on-system.ts';
import { writerProgram, type WriterProgram } from '../writer/writer-program.ts';
import type { WriterStep } from '../writer/writer-job.ts';

const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;

let program: WriterProgram;
let home = '';
let file = '';

beforeAll(async () => {
  program = await writerProgram();
});
afterAll(() => {
  program.remove();
});
beforeEach(() => {
  home = path.join(program.folder, 'home');
  file = path.join(home, 'f');
  mkdirSync(home);
  writeFileSync(file, OLD, { mode: 0o600 });
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const replacing = (bytes: string): WriterStep => ({
  kind: 'replace',
  path: file,
  expected: digestOf(OLD),
  bytes,
});
const EVERY = (): readonly WriterStep[] => [
  { kind: 'look', path: file },
  replacing(NEW),
  { kind: 'change-mode', path: file, expected: digestOf(OLD), mode: 0o640 },
  { kind: 'remove', path: file, expected: digestOf(OLD) },
];

/** What each kind of change says, under a program that makes the place odd; and that nothing has changed. */
async function refusals(before: readonly string[] = []): Promise<readonly unknown[]> {
  const { answers, errors } = await program.run({ home, steps: EVERY() }, before);
  expect(errors).toBe('');
  return (answers ?? []).map((answer) => (answer as { readonly why?: string }).why);
}

/** In a shell of its own mount namespace, with what is mounted there gone in the end. */
const mounted = (script: string): readonly string[] => [
  ...OWN_MOUNTS,
  'sh',
  '-ec',
  `${script}; exec "$@"`,
  'sh',
];

describe.runIf(isRoot && onLinux)('An odd place is refused by its name', () => {
  test('A file that is mounted by itself is busy; its mode can be changed.', async () => {
    const script = `mount --bind '${file}' '${file}'`;
    expect(await refusals(mounted(script))).toEqual(['busy', 'busy', undefined, 'busy']);
    expect(readFileSync(file, 'utf8')).toBe(OLD);
  });

  test('A file system that is mounted read-only is one.', async () => {
    const script = `mount --bind '${home}' '${home}'; mount -o remount,bind,ro '${home}'`;
    const why = 'read-only-file-system';
    expect(await refusals(mounted(script))).toEqual([why, why, why, why]);
    expect(inWords(file)).toMatch(/^old 600 /);
  });

  test('A file of another user is his.', async () => {
    chownSync(file, NOBODY, NOBODY);
    const why = 'foreign-owner';
    expect(await refusals()).toEqual([why, why, why, why]);
    expect(inWords(file)).toMatch(/^old 600 65534 /);
  });

  test('A file of the administrator is not another’s to change.', async () => {
    const as = ['setpriv', `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups', '--'];
    chownSync(home, NOBODY, NOBODY);
    expect(await refusals(as)).toEqual(['denied', 'denied', 'denied', 'denied']);
    spawnSync('chmod', ['644', file]);
    const why = 'foreign-owner';
    expect(await refusals(as)).toEqual([why, why, why, why]);
  });
});

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

describe.runIf(canMark)('What nobody may change', () => {
  test.each(['f', '.'])('is immutable, and not just denied: %s', async (name) => {
    const marked = path.join(home, name);
    spawnSync('chattr', ['+i', marked]);
    try {
      const answers = await refusals();
      expect(answers.filter((_, at) => at !== 2)).toEqual(['immutable', 'immutable', 'immutable']);
      expect(answers[2]).toBe(name === 'f' ? 'immutable' : undefined);
    } finally {
      spawnSync('chattr', ['-i', marked]);
    }
    expect(readdirSync(home)).toEqual(['f']);
  });

  test('A folder that only takes more gets nothing, and what cannot be removed again is empty.', async () => {
    spawnSync('chattr', ['+a', home]);
    let answers: readonly unknown[] | null;
    try {
      ({ answers } = await program.run({ home, steps: [replacing(NEW)] }));
    } finally {
      spawnSync('chattr', ['-a', home]);
    }
    expect(answers).toEqual([{ ok: false, why: 'immutable' }]);
    expect(readFileSync(file, 'utf8')).toBe(OLD);
    const left = readdirSync(home).filter((name) => name !== 'f');
    expect(left.map((name) => statSync(path.join(home, name)).size)).toEqual([0]);
  });
});

describe.runIf(onLinux)('A write that comes too short', () => {
  test.each([1, 4, 8])('A limit of %s KiB for each file keeps the old one.', async (limit) => {
    const { answers } = await program.run({ home, steps: [replacing('y'.repeat(20_000))] }, [
      'bash',
      '-c',
      `ulimit -f ${String(limit)}; exec "$@"`,
      'bash',
    ]);
    expect(answers).toEqual([{ ok: false, why: 'no-space' }]);
    expect([readFileSync(file, 'utf8') === OLD, readdirSync(home)]).toEqual([true, ['f']]);
  });

  test.runIf(isRoot)(
    'A file system that is full keeps the old one, and so does a change that is to be kept.',
    async () => {
      const room = path.join(home, 'room');
      mkdirSync(room);
      const small = path.join(room, 'f');
      const report = path.join(home, 'report');
      const script = `mount -t tmpfs -o size=16k none '${room}'; cp -p '${file}' '${small}'; "$@"; cmp '${file}' '${small}'; ls -A '${room}' > '${report}'; exit 0`;
      const { answers, errors } = await program.run(
        {
          home,
          ownFolder: path.join(room, 'own'),
          steps: [
            { kind: 'replace', path: small, expected: digestOf(OLD), bytes: 'y'.repeat(12_000) },
            { kind: 'keep', name: 'a', bytes: 'y'.repeat(12_000) },
          ],
        },
        [...OWN_MOUNTS, 'sh', '-ec', script, 'sh'],
      );
      expect(errors).toBe('');
      expect(answers).toEqual([{ ok: false, why: 'no-space' }, false]);
      expect(readFileSync(report, 'utf8').trim().split('\n')).toEqual(['f', 'own']);
    },
  );
});

describe.runIf(onLinux)('What a file has beside its bytes', () => {
  test('is kept: attributes of any bytes, and an access list.', async () => {
    withDescriptor(file, (fs, descriptor) => {
      fs.setAttrSync(descriptor, 'user.empty', Buffer.alloc(0));
      fs.setAttrSync(descriptor, 'user.bytes', Buffer.from([0, 255, 10]));
      fs.setAttrSync(descriptor, 'system.posix_acl_access', accessList());
    });
    const before = inWords(file);
    const { answers } = await program.run({ home, steps: [replacing(NEW)] });
    expect(answers).toEqual([{ ok: true, digest: digestOf(NEW) }]);
    expect(inWords(file)).toBe(before.replace(/^old/, 'new'));
  });

  test('A folder’s access list for all that is new in it does not open the file.', async () => {
    withDescriptor(home, (fs, descriptor) => {
      fs.setAttrSync(descriptor, 'system.posix_acl_default', accessList());
    });
    const before = inWords(file);
    const made = path.join(home, 'g');
    const { answers } = await program.run({
      home,
      steps: [replacing(NEW), { kind: 'replace', path: made, expected: null, bytes: NEW }],
    });
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect(inWords(file)).toBe(before.replace(/^old/, 'new'));
    expect(statSync(made).mode & 0o7777).toBe(0o600);
  });

  test.runIf(isRoot)('is refused when it holds for these very bytes alone.', async () => {
    // A capability to bind low ports, as a program has it.
    const capability = Buffer.from('0100000200040000000000000000000000000000', 'hex');
    withDescriptor(file, (fs, descriptor) => {
      fs.setAttrSync(descriptor, 'security.capability', capability);
    });
    expect(await refusals()).toEqual(['attributes', 'attributes', 'attributes', 'attributes']);
  });

  test.runIf(isRoot)('is refused when this user may not give it: a group that he is not in.', async () => {
    chownSync(file, NOBODY, 12_345);
    chownSync(home, NOBODY, NOBODY);
    const as = ['setpriv', `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups', '--'];
    const { answers } = await program.run({ home, steps: [replacing(NEW)] }, as);
    expect(answers).toEqual([{ ok: false, why: 'attributes' }]);
    expect([inWords(file).startsWith('old 600 65534 12345'), readdirSync(home)]).toEqual([true, ['f']]);
  });
});
