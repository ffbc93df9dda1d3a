import {
  closeSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { discard, makeBeside, writeAll, type FileBeside } from './file-beside.ts';
import { nativeFiles, type NativeFiles } from './native-files.ts';
import { putInstead, putNew, takeAway } from './put-in-place.ts';
import { refusalOf } from './write-refusal.ts';

const native = await nativeFiles();

let folder = '';
let file = '';
let beside: FileBeside;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-place-')));
  file = path.join(folder, 'f');
  beside = makeBeside(file);
  writeAll(beside.descriptor, Buffer.from('mine'));
});

afterEach(() => {
  closeSync(beside.descriptor);
  rmSync(folder, { recursive: true });
});

/** What another program does: writes beside and renames, as editors do it. */
function strangerPuts(content: string): void {
  writeFileSync(`${file}.stranger`, content);
  renameSync(`${file}.stranger`, file);
}

/** Does something after the n-th exchange, when nobody expects it. */
function withStranger(...acts: readonly (() => void)[]): NativeFiles {
  if (native === null) throw new Error('fs-native-extensions does not load here');
  let exchanges = 0;
  return {
    ...native,
    swapSync: (one, other) => {
      native.swapSync(one, other);
      acts[exchanges++]?.();
    },
  };
}

const isOld = (at: string): boolean => readFileSync(at, 'utf8') === 'old';

function put(fs: NativeFiles | null): string {
  try {
    putInstead(beside, file, fs, isOld);
    return 'done';
  } catch (error) {
    discard(beside);
    return refusalOf(error);
  }
}

/** The file, and that nothing else is left. */
function foundIn(): readonly string[] {
  return readdirSync(folder).map((name) => `${name}: ${readFileSync(path.join(folder, name), 'utf8')}`);
}

describe.runIf(onPosix)('A file is put in another’s place', () => {
  beforeEach(() => {
    writeFileSync(file, 'old');
  });

  const cases: readonly (readonly [
    title: string,
    fs: () => NativeFiles | null,
    answer: string,
    found: readonly string[],
  ])[] = [
    ['when nobody else is there', () => withStranger(), 'done', ['f: mine']],
    [
      'by a rename, where the two cannot change places',
      () => ({ ...withStranger(), swapSync: refuse('EINVAL') }),
      'done',
      ['f: mine'],
    ],
    ['by a rename, where there is no native code', () => null, 'done', ['f: mine']],
    [
      'but not when the disk fails',
      () => ({ ...withStranger(), swapSync: refuse('EIO') }),
      'failed',
      ['f: old'],
    ],
    [
      'and that is kept which a stranger puts in its place at once',
      () =>
        withStranger(() => {
          strangerPuts('newer');
        }),
      'done',
      ['f: newer'],
    ],
  ];
  test.each(cases)('%s', (_, fs, answer, found) => {
    expect([put(fs()), foundIn()]).toEqual([answer, found]);
  });
});

describe.runIf(onPosix)('What a stranger has put there a moment ago is given back', () => {
  beforeEach(() => {
    strangerPuts('strange');
  });

  test('as it was.', () => {
    expect([put(withStranger()), foundIn()]).toEqual(['changed', ['f: strange']]);
  });

  test('But not when the stranger has replaced the new file by then.', () => {
    const fs = withStranger(() => {
      strangerPuts('stranger');
    });
    expect([put(fs), foundIn()]).toEqual(['changed', ['f: stranger']]);
  });

  test('Not even when he does so again and again.', () => {
    const fs = withStranger(
      () => {
        strangerPuts('2');
      },
      () => {
        strangerPuts('3');
      },
      () => {
        strangerPuts('4');
      },
    );
    expect([put(fs), foundIn()]).toEqual(['changed', ['f: 4']]);
  });

  test('Also when he has removed the new file by then: too much is better than too little.', () => {
    const fs = withStranger(() => {
      rmSync(file);
    });
    expect([put(fs), foundIn()]).toEqual(['changed', ['f: strange']]);
  });
});

describe.runIf(onPosix)('A file is made or removed', () => {
  test('but not made where there is one by now.', () => {
    strangerPuts('strange');
    expect(() => {
      putNew(beside, file);
    }).toThrow('changed');
    discard(beside);
    expect(foundIn()).toEqual(['f: strange']);
  });

  test('and not removed when it is another by now.', () => {
    discard(beside);
    strangerPuts('strange');
    expect(() => {
      takeAway(file, isOld);
    }).toThrow('changed');
    expect(foundIn()).toEqual(['f: strange']);
    writeFileSync(file, 'old');
    takeAway(file, isOld);
    expect(foundIn()).toEqual([]);
  });

  test('and not given back over what is newer.', () => {
    discard(beside);
    strangerPuts('strange');
    const isExpected = (): boolean => {
      strangerPuts('newer');
      return false;
    };
    expect(() => {
      takeAway(file, isExpected);
    }).toThrow('changed');
    expect(readFileSync(file, 'utf8')).toBe('newer');
  });
});

function refuse(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}
