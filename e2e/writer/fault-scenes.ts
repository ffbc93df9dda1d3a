import { createHash } from 'node:crypto';
import {
  closeSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import path from 'node:path';
import { nativeFiles, type NativeFiles } from '../../electron/adapters/files/native-files.ts';
import type { WriterJob, WriterStep } from './writer-job.ts';

/** What is changed, and what may be there afterwards, whatever happens on the way. */
export interface FaultScene {
  readonly title: string;
  /** Lays a new world and says what is to be done there. */
  readonly lay: (root: string) => WriterJob;
  /** The state of what matters; everything in it is named in `old` or `new`. */
  readonly stateOf: (root: string) => string;
  readonly old: string;
  readonly new: string;
  /** Removes what was left, as the next run does. */
  readonly folder: string;
}

export const OLD = `# old\nexport ANTHROPIC_API_KEY=made-up-old-value\n${'x'.repeat(9000)}`;
export const NEW = `# new\n${'y'.repeat(12_000)}`;
export const digestOf = (bytes: string): string => createHash('sha256').update(bytes, 'latin1').digest('hex');

const native = await nativeFiles();
const ATTRIBUTE = 'user.made-up';
/** Not this user’s first one, so that it has to be kept. */
const GROUP = 12_345;
const isRoot = process.geteuid?.() === 0;

/** `u::rw- u:65534:r-- g::--- m::r-- o::---`, as `system.posix_acl_access` has it. */
export function accessList(): Buffer {
  const entries = [
    [0x01, 6, 0xffffffff],
    [0x02, 4, 65_534],
    [0x04, 0, 0xffffffff],
    [0x10, 4, 0xffffffff],
    [0x20, 0, 0xffffffff],
  ] as const;
  const bytes = Buffer.alloc(4 + 8 * entries.length);
  bytes.writeUInt32LE(2, 0);
  for (const [at, [tag, permissions, id]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 4 + 8 * at);
    bytes.writeUInt16LE(permissions, 6 + 8 * at);
    bytes.writeUInt32LE(id, 8 + 8 * at);
  }
  return bytes;
}

export function withDescriptor<T>(file: string, use: (native: NativeFiles, descriptor: number) => T): T {
  if (native === null) throw new Error('fs-native-extensions does not load here');
  const descriptor = openSync(file, 'r');
  try {
    return use(native, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function layDressed(file: string): void {
  writeFileSync(file, OLD, { mode: 0o600 });
  if (isRoot) chownSync(file, 0, GROUP);
  withDescriptor(file, (fs, descriptor) => {
    fs.setAttrSync(descriptor, ATTRIBUTE, Buffer.from('kept'));
    fs.setAttrSync(descriptor, 'system.posix_acl_access', accessList());
  });
}

/** Bytes, mode, owner, and attributes of one file, in words. */
export function inWords(file: string): string {
  if (!existsSync(file)) return 'absent';
  const { mode, uid, gid, nlink } = statSync(file);
  const attributes = withDescriptor(file, (fs, descriptor) =>
    [...fs.listAttrsSync(descriptor)]
      .sort()
      .map((name) => `${name}=${fs.getAttrSync(descriptor, name)?.toString('hex') ?? ''}`),
  );
  const bytes = readFileSync(file, 'latin1');
  const content = bytes === OLD ? 'old' : bytes === NEW ? 'new' : `other (${String(bytes.length)} bytes)`;
  return [content, (mode & 0o7777).toString(8), uid, gid, nlink, ...attributes].join(' ');
}

const dressed = `640 ${String(process.getuid?.())} ${String(isRoot ? GROUP : process.getgid?.())} 1 system.posix_acl_access=${accessList().toString('hex')} ${ATTRIBUTE}=${Buffer.from('kept').toString('hex')}`;
const plain = (mode: string): string =>
  `${mode} ${String(process.getuid?.())} ${String(process.getgid?.())} 1`;

function jobOf(root: string, step: WriterStep): WriterJob {
  return { home: path.join(root, 'home'), ownFolder: path.join(root, 'own'), steps: [step] };
}

const homeOf = (root: string): string => path.join(root, 'home');

export const SCENES: readonly FaultScene[] = [
  {
    title: 'replace through a link, with attributes, access list and group',
    lay: (root) => {
      mkdirSync(path.join(root, 'home/dot'), { recursive: true });
      layDressed(path.join(root, 'home/dot/f'));
      symlinkSync('dot/f', path.join(root, 'home/f'));
      return jobOf(root, {
        kind: 'replace',
        path: path.join(homeOf(root), 'f'),
        expected: digestOf(OLD),
        bytes: NEW,
      });
    },
    stateOf: (root) => inWords(path.join(root, 'home/f')),
    old: `old ${dressed}`,
    new: `new ${dressed}`,
    folder: 'home/dot',
  },
  {
    title: 'make',
    lay: (root) => {
      mkdirSync(path.join(root, 'home'), { recursive: true });
      return jobOf(root, { kind: 'replace', path: path.join(homeOf(root), 'f'), expected: null, bytes: NEW });
    },
    stateOf: (root) => inWords(path.join(root, 'home/f')),
    old: 'absent',
    new: `new ${plain('600')}`,
    folder: 'home',
  },
  {
    title: 'change the mode',
    lay: (root) => {
      mkdirSync(path.join(root, 'home'), { recursive: true });
      writeFileSync(path.join(root, 'home/f'), OLD);
      chmodSync(path.join(root, 'home/f'), 0o644);
      return jobOf(root, {
        kind: 'change-mode',
        path: path.join(homeOf(root), 'f'),
        expected: digestOf(OLD),
        mode: 0o600,
      });
    },
    stateOf: (root) => inWords(path.join(root, 'home/f')),
    old: `old ${plain('644')}`,
    new: `old ${plain('600')}`,
    folder: 'home',
  },
  {
    title: 'remove',
    lay: (root) => {
      mkdirSync(path.join(root, 'home'), { recursive: true });
      writeFileSync(path.join(root, 'home/f'), OLD);
      chmodSync(path.join(root, 'home/f'), 0o600);
      return jobOf(root, { kind: 'remove', path: path.join(homeOf(root), 'f'), expected: digestOf(OLD) });
    },
    stateOf: (root) => inWords(path.join(root, 'home/f')),
    old: `old ${plain('600')}`,
    new: 'absent',
    folder: 'home',
  },
  {
    title: 'keep a change',
    lay: (root) => {
      mkdirSync(path.join(root, 'own/changes'), { recursive: true, mode: 0o700 });
      mkdirSync(path.join(root, 'home'), { recursive: true });
      writeFileSync(path.join(root, 'own/changes/a'), OLD, { mode: 0o600 });
      return jobOf(root, { kind: 'keep', name: 'a', bytes: NEW });
    },
    stateOf: (root) => inWords(path.join(root, 'own/changes/a')),
    old: `old ${plain('600')}`,
    new: `new ${plain('600')}`,
    folder: 'own/changes',
  },
  {
    title: 'forget a change',
    lay: (root) => {
      mkdirSync(path.join(root, 'own/changes'), { recursive: true, mode: 0o700 });
      mkdirSync(path.join(root, 'home'), { recursive: true });
      writeFileSync(path.join(root, 'own/changes/a'), OLD, { mode: 0o600 });
      return jobOf(root, { kind: 'forget', name: 'a' });
    },
    stateOf: (root) => inWords(path.join(root, 'own/changes/a')),
    old: `old ${plain('600')}`,
    new: 'absent',
    folder: 'own/changes',
  },
];

/** What a killed run has left beside. */
export function leftIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^\..+\.credence-[0-9a-f]{16}$/.test(name))
    .map((name) => path.join(folder, name));
}
