/**
 * What a disk may hold after a power cut, worked out from the system calls that a run made: names and inodes as POSIX promises
 * them and no more. What was not synced may be there, in part, or not at all, and names may have changed in any order.
 */
export interface DiskState {
  /** Name below the folder → inode. */
  readonly names: ReadonlyMap<string, string>;
  /** Inode → what is in it. */
  readonly inodes: ReadonlyMap<string, Inode>;
}

export interface Inode {
  readonly kind?: 'file' | 'folder' | 'link';
  /** Of a link: what it leads to. */
  readonly bytes: string;
  readonly mode: number;
}

/** One change, in the order of the log. Names are paths below the folder. */
export type Operation = NameOperation | InodeOperation;

type NameOperation =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'mkdir'; readonly name: string; readonly mode: number }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'exchange' | 'rename' | 'link'; readonly from: string; readonly to: string };

type InodeOperation =
  | { readonly kind: 'write'; readonly name: string; readonly start: number | null; readonly bytes: string }
  | { readonly kind: 'mode'; readonly name: string; readonly mode: number }
  | { readonly kind: 'sync'; readonly name: string }
  /** `''`: of the folder itself. */
  | { readonly kind: 'sync-names'; readonly folder: string };

/** What `strace` must be told, so that {@link operationsIn} can read every byte. */
export const POWER_CUT_TRACE: readonly string[] = ['-y', '-s', '65536'];

/** From a log of `strace` with {@link POWER_CUT_TRACE}: only what concerns one folder, whose path ends the same in no other. */
export function operationsIn(log: readonly string[], folder: string): readonly Operation[] {
  const inFolder = (text: string): string => text.slice(folder.length + 1);
  const isIn = (text: string): boolean => text.startsWith(`${folder}/`);
  const folders = new Set<string>();
  return log.flatMap((line): readonly Operation[] => {
    if (/ = -1 /.test(line) || / = \?/.test(line)) return [];
    const name = /^(\w+)\(/.exec(line)?.[1] ?? '';
    const texts = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => unescaped(text));
    const described = /^\w+\(\d+<([^>]*)>/.exec(line)?.[1] ?? '';
    const [first = '', second = ''] = texts.filter(isIn).map(inFolder);
    const modeIn = (): number => parseInt(/, (0\d+)\)/.exec(line)?.[1] ?? '', 8);
    switch (name) {
      case 'openat':
        if (line.includes('O_DIRECTORY')) folders.add(texts[0] ?? '');
        return line.includes('O_CREAT') && first !== '' ? [{ kind: 'create', name: first }] : [];
      case 'pwrite64':
      case 'write': {
        if (!isIn(described)) return [];
        const start = name === 'write' ? null : Number(/, (\d+)\) += /.exec(line)?.[1]);
        return [{ kind: 'write', name: inFolder(described), start, bytes: texts[0] ?? '' }];
      }
      case 'fchmod':
        return isIn(described) ? [{ kind: 'mode', name: inFolder(described), mode: modeIn() }] : [];
      case 'chmod':
        return first === '' ? [] : [{ kind: 'mode', name: first, mode: modeIn() }];
      case 'fsync':
        if (described === folder) return [{ kind: 'sync-names', folder: '' }];
        if (!isIn(described)) return [];
        return folders.has(described)
          ? [{ kind: 'sync-names', folder: inFolder(described) }]
          : [{ kind: 'sync', name: inFolder(described) }];
      case 'mkdir':
        return first === '' ? [] : [{ kind: 'mkdir', name: first, mode: modeIn() }];
      case 'renameat2':
        return [{ kind: 'exchange', from: first, to: second }];
      case 'rename':
        return [{ kind: 'rename', from: first, to: second }];
      case 'link':
        return [{ kind: 'link', from: first, to: second }];
      case 'unlink':
      case 'rmdir':
        return first === '' ? [] : [{ kind: 'unlink', name: first }];
      default:
        return [];
    }
  });
}

/** As strace writes bytes: as C does, in octal where there is no letter for them. */
function unescaped(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|(.))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (LETTERS[letter] ?? letter) : String.fromCharCode(parseInt(octal, 8)),
  );
}

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
};

/** Every state that a power cut after any of the operations may leave. */
export function statesAfterPowerCut(
  operations: readonly Operation[],
  before: DiskState,
): readonly DiskState[] {
  const states = new Map<string, DiskState>();
  const resolved = resolve(operations, before);
  for (let cut = 0; cut <= resolved.length; cut++) {
    for (const state of statesAt(resolved.slice(0, cut).flat(), before)) {
      const { names, inodes } = state;
      const content = [...names].map(([name, inode]) => [name, inodes.get(inode)]);
      states.set(JSON.stringify(content.sort()), state);
    }
  }
  return [...states.values()];
}

/** What an operation is to a disk: names get or lose inodes, and inodes change. */
type Resolved =
  | {
      readonly kind: 'names';
      readonly folder: string;
      readonly set: readonly (readonly [string, string | null])[];
    }
  | {
      readonly kind: 'inode';
      readonly inode: string;
      readonly change: (content: Inode) => Inode;
    }
  | { readonly kind: 'sync'; readonly inode: string }
  | { readonly kind: 'sync-names'; readonly folder: string };

/** Names are only good for the moment of the call, so each is followed to its inode. */
function resolve(operations: readonly Operation[], before: DiskState): readonly (readonly Resolved[])[] {
  const names = new Map(before.names);
  let made = 0;
  const renamed = (set: readonly (readonly [string, string | null])[]): Resolved => {
    for (const [name, inode] of set) {
      if (inode === null) names.delete(name);
      else names.set(name, inode);
    }
    return { kind: 'names', folder: folderOf(set[0]?.[0] ?? ''), set };
  };
  const inodeAt = (name: string): string => names.get(name) ?? `lost ${name}`;
  return operations.map((operation): readonly Resolved[] => {
    switch (operation.kind) {
      case 'create':
        // One that is there is opened.
        return names.has(operation.name) ? [] : [renamed([[operation.name, `new ${String(made++)}`]])];
      case 'mkdir': {
        const inode = `new ${String(made++)}`;
        const change = (): Inode => ({ kind: 'folder', bytes: '', mode: operation.mode });
        // Nothing is ever seen of a folder that is not what it was made as.
        return [
          renamed([[operation.name, inode]]),
          { kind: 'inode', inode, change },
          { kind: 'sync', inode },
        ];
      }
      case 'unlink':
        return [renamed([[operation.name, null]])];
      case 'link':
        return [renamed([[operation.to, inodeAt(operation.from)]])];
      case 'rename':
        return [
          renamed([
            [operation.to, inodeAt(operation.from)],
            [operation.from, null],
          ]),
        ];
      case 'exchange': {
        const [one, other] = [inodeAt(operation.from), inodeAt(operation.to)];
        return [
          renamed([
            [operation.to, one],
            [operation.from, other],
          ]),
        ];
      }
      case 'write': {
        const { start, bytes } = operation;
        const change = (content: Inode): Inode => {
          const at = start ?? content.bytes.length;
          const after = content.bytes.slice(at + bytes.length);
          return { ...content, bytes: content.bytes.slice(0, at) + bytes + after };
        };
        return [{ kind: 'inode', inode: inodeAt(operation.name), change }];
      }
      case 'mode': {
        const change = (content: Inode): Inode => ({ ...content, mode: operation.mode });
        return [{ kind: 'inode', inode: inodeAt(operation.name), change }];
      }
      case 'sync':
        return [{ kind: 'sync', inode: inodeAt(operation.name) }];
      case 'sync-names':
        return [operation];
    }
  });
}

const folderOf = (name: string): string => name.split('/').slice(0, -1).join('/');

function statesAt(done: readonly Resolved[], before: DiskState): readonly DiskState[] {
  const lastSync = new Map<string, number>();
  for (const [at, one] of done.entries()) if (one.kind === 'sync-names') lastSync.set(one.folder, at);
  const inOrder = [...done.entries()].flatMap(([at, one]) =>
    one.kind === 'names' ? [{ ...one, isSafe: at < (lastSync.get(one.folder) ?? -1) }] : [],
  );
  const open = inOrder.filter(({ isSafe }) => !isSafe);
  return subsetsOf(open).flatMap((kept) => {
    const names = new Map(before.names);
    for (const one of inOrder) {
      if (!one.isSafe && !kept.includes(one)) continue;
      for (const [name, inode] of one.set) {
        if (inode === null) names.delete(name);
        else names.set(name, inode);
      }
    }
    const contents = inodesAt(done, before.inodes, new Set(names.values()));
    const some = open.length > MOST_OPEN ? contents.slice(0, 2) : contents;
    return some.map((inodes) => ({ names, inodes }));
  });
}

/** What may be in each file: all once it was synced; before that nothing new, a part, zeros, or all, with either mode. */
function inodesAt(
  done: readonly Resolved[],
  before: DiskState['inodes'],
  seen: ReadonlySet<string>,
): readonly DiskState['inodes'][] {
  let all: readonly DiskState['inodes'][] = [before];
  for (const inode of seen) {
    const own = done.filter((one) => 'inode' in one && one.inode === inode);
    const isNew = !before.has(inode);
    if (own.length === 0 && !isNew) continue;
    const synced = own.findLastIndex(({ kind }) => kind === 'sync');
    let durable: Inode = before.get(inode) ?? { bytes: '', mode: 0o600 };
    let whole = durable;
    for (const [at, one] of own.entries()) {
      if (one.kind === 'inode') whole = one.change(whole);
      if (at === synced) durable = whole;
    }
    const possible = whole === durable ? [whole] : inBetween(durable, whole);
    const [usual] = possible;
    if (usual === undefined) continue;
    const [first] = all;
    // Of what never was synced there may be so much that not all combinations can be tried: then one differs at a time.
    all =
      all.length * possible.length <= MOST_COMBINED || first === undefined
        ? all.flatMap((inodes) => possible.map((content) => new Map(inodes).set(inode, content)))
        : [
            ...all.map((inodes) => new Map(inodes).set(inode, usual)),
            ...possible.slice(1).map((content) => new Map(first).set(inode, content)),
          ];
  }
  return all;
}

function inBetween(durable: Inode, whole: Inode): readonly Inode[] {
  const { bytes } = whole;
  const half = bytes.slice(0, bytes.length / 2) + durable.bytes.slice(bytes.length / 2);
  return [bytes, durable.bytes, half, '\0'.repeat(bytes.length)].flatMap((some) => [
    { ...whole, bytes: some },
    { ...whole, bytes: some, mode: durable.mode },
  ]);
}

const MOST_COMBINED = 64;
const MOST_OPEN = 6;

/** All of them; of many, those that are whole up to somewhere, and those that lack one. */
function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length > MOST_OPEN)
    return [[], ...items.flatMap((_, at) => [items.slice(0, at + 1), items.toSpliced(at, 1)])];
  return items.reduce<readonly (readonly T[])[]>(
    (all, item) => all.flatMap((some) => [some, [...some, item]]),
    [[]],
  );
}
