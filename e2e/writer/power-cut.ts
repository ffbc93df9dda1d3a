/**
 * What a disk may hold after a power cut, worked out from the system calls that a run made: names and inodes as POSIX promises
 * them and no more. What was not synced may be there, in part, or not at all, and names may have changed in any order.
 */
export interface DiskState {
  /** Name → inode. */
  readonly names: ReadonlyMap<string, string>;
  /** Inode → what is in it. */
  readonly inodes: ReadonlyMap<string, Inode>;
}

export interface Inode {
  readonly bytes: string;
  readonly mode: number;
}

/** One change, in the order of the log. Folders are left out: all happens in one. */
export type Operation = NameOperation | InodeOperation;

type NameOperation =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'exchange' | 'rename' | 'link'; readonly from: string; readonly to: string };

type InodeOperation =
  | { readonly kind: 'write'; readonly name: string; readonly start: number; readonly length: number }
  | { readonly kind: 'mode'; readonly name: string; readonly mode: number }
  | { readonly kind: 'sync'; readonly name: string }
  | { readonly kind: 'sync-names' };

/** From a log of `strace -s 0 -y`: only what concerns one folder, whose path ends the same in no other. */
export function operationsIn(log: readonly string[], folder: string): readonly Operation[] {
  const inFolder = (text: string): string => text.slice(folder.length + 1);
  const isIn = (text: string): boolean => text.startsWith(`${folder}/`);
  return log.flatMap((line): readonly Operation[] => {
    if (/ = -1 /.test(line)) return [];
    const name = /^(\w+)\(/.exec(line)?.[1] ?? '';
    const quoted = [...line.matchAll(/"([^"]*)"/g)]
      .map(([, text = '']) => text)
      .filter(isIn)
      .map(inFolder);
    const described = /^\w+\(\d+<([^>]*)>/.exec(line)?.[1] ?? '';
    const [first = '', second = ''] = quoted;
    switch (name) {
      case 'openat':
        return line.includes('O_CREAT') && first !== '' ? [{ kind: 'create', name: first }] : [];
      case 'pwrite64': {
        const [, length = '0', start = '0'] = /, (\d+), (\d+)\) += /.exec(line) ?? [];
        return [{ kind: 'write', name: inFolder(described), start: Number(start), length: Number(length) }];
      }
      case 'fchmod': {
        const mode = parseInt(/, (0\d+)\)/.exec(line)?.[1] ?? '', 8);
        return [{ kind: 'mode', name: inFolder(described), mode }];
      }
      case 'fsync':
        if (described === folder) return [{ kind: 'sync-names' }];
        return isIn(described) ? [{ kind: 'sync', name: inFolder(described) }] : [];
      case 'renameat2':
        return [{ kind: 'exchange', from: first, to: second }];
      case 'rename':
        return [{ kind: 'rename', from: first, to: second }];
      case 'link':
        return [{ kind: 'link', from: first, to: second }];
      case 'unlink':
        return [{ kind: 'unlink', name: first }];
      default:
        return [];
    }
  });
}

/** Every state that a power cut after any of the operations may leave. @param content what is written, from its beginning */
export function statesAfterPowerCut(
  operations: readonly Operation[],
  before: DiskState,
  content: string,
): readonly DiskState[] {
  const states = new Map<string, DiskState>();
  for (let cut = 0; cut <= operations.length; cut++) {
    for (const state of statesAt(operations.slice(0, cut), before, content)) {
      states.set(JSON.stringify([[...state.names].sort(), [...state.inodes].sort()]), state);
    }
  }
  return [...states.values()];
}

function statesAt(done: readonly Operation[], before: DiskState, content: string): readonly DiskState[] {
  const synced = done.findLastIndex(({ kind }) => kind === 'sync-names');
  const safe = done.slice(0, synced + 1).filter(isOfNames);
  const open = done.slice(synced + 1).filter(isOfNames);
  const states: DiskState[] = [];
  for (const kept of subsetsOf(open)) {
    const names = namesAfter([...safe, ...kept], before.names);
    for (const inodes of inodesAt(done, before.inodes, content)) states.push({ names, inodes });
  }
  return states;
}

function isOfNames(operation: Operation): operation is NameOperation {
  return ['create', 'unlink', 'exchange', 'rename', 'link'].includes(operation.kind);
}

function namesAfter(operations: readonly NameOperation[], before: DiskState['names']): DiskState['names'] {
  const names = new Map(before);
  for (const operation of operations) {
    if (operation.kind === 'create') names.set(operation.name, `new ${operation.name}`);
    else if (operation.kind === 'unlink') names.delete(operation.name);
    else {
      const [from, to] = [names.get(operation.from), names.get(operation.to)];
      // Without what came before it there is nothing to move.
      if (from === undefined) continue;
      names.set(operation.to, from);
      if (operation.kind === 'rename') names.delete(operation.from);
      if (operation.kind === 'exchange' && to !== undefined) names.set(operation.from, to);
    }
  }
  return names;
}

/** What may be in each new file: all once it was synced; before that nothing, a part, zeros, or all, with either mode. */
function inodesAt(
  done: readonly Operation[],
  before: DiskState['inodes'],
  content: string,
): readonly DiskState['inodes'][] {
  let all: readonly DiskState['inodes'][] = [before];
  const created = done.flatMap((operation) => (operation.kind === 'create' ? [operation.name] : []));
  for (const name of created) {
    const own = done.filter((operation) => 'name' in operation && operation.name === name);
    const whole = inodeAfter(own, content);
    const isSynced =
      own.findLastIndex(({ kind }) => kind === 'sync') >
      own.findLastIndex(({ kind }) => kind === 'write' || kind === 'mode');
    const { bytes, mode } = whole;
    const possible = isSynced
      ? [whole]
      : [bytes, '', bytes.slice(0, bytes.length / 2), '\0'.repeat(bytes.length)].flatMap((some) => [
          { bytes: some, mode },
          { bytes: some, mode: 0o600 },
        ]);
    all = all.flatMap((inodes) => possible.map((inode) => new Map(inodes).set(`new ${name}`, inode)));
  }
  return all;
}

function inodeAfter(operations: readonly Operation[], content: string): Inode {
  let [bytes, mode] = ['', 0o600];
  for (const operation of operations) {
    if (operation.kind === 'write')
      bytes =
        bytes.slice(0, operation.start) + content.slice(operation.start, operation.start + operation.length);
    if (operation.kind === 'mode') ({ mode } = operation);
  }
  return { bytes, mode };
}

function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.reduce<readonly (readonly T[])[]>(
    (all, item) => all.flatMap((some) => [some, [...some, item]]),
    [[]],
  );
}
