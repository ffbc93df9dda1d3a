import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryFileStore } from '../../testing/memory-file-store.ts';
import { overlayFileStore } from './overlay-file-store.ts';

const ZSHRC = '/home/p/.zshrc';
const laid = memoryFileStore(
  {
    [ZSHRC]: { kind: 'file', content: 'old', mode: 0o640 },
    '/home/p/link': { kind: 'link', to: '.zshrc' },
    '/home/p/denied': { kind: 'file', content: 'old', denied: true },
    '/home/p/folder': { kind: 'folder' },
  },
  { ownerId: 7 },
);
const read = { state: 'read', mode: 0o640, ownerId: 7, realPath: ZSHRC } as const;

test('A file is read with what it will hold, under each of its names, and is else as it is.', () => {
  const files = overlayFileStore(laid, new Map([[ZSHRC, 'new']]), 5);
  expect(files.read(ZSHRC, 100)).toEqual({ ...read, text: 'new' });
  expect(files.read('/home/p/link', 100)).toEqual({ ...read, text: 'new' });
  expect(files.inspect(ZSHRC)).toEqual(laid.inspect(ZSHRC));
  expect(files.list('/home/p')).toEqual(laid.list('/home/p'));
  expect(files.realPath('/home/p/link')).toBe(ZSHRC);
});

test('A file that will be made is this user’s alone.', () => {
  const path = '/home/p/.claude/settings.json';
  const files = overlayFileStore(laid, new Map([[path, '{}']]), 5);
  expect(files.read(path, 100)).toEqual({
    state: 'read',
    text: '{}',
    realPath: path,
    mode: 0o600,
    ownerId: 5,
  });
  expect(files.inspect(path)).toMatchObject({ kind: 'file', mode: 0o600, ownerId: 5, size: 2 });
});

test.each(['/home/p/denied', '/home/p/folder', '/home/p/none'])('%s stays what it is.', (path) => {
  const files = overlayFileStore(laid, new Map([[ZSHRC, 'new']]), 5);
  expect(files.read(path, 100)).toEqual(laid.read(path, 100));
  expect(files.inspect(path)).toEqual(laid.inspect(path));
  const over = overlayFileStore(laid, new Map([[path, 'new']]), 5);
  if (path !== '/home/p/none') expect(over.read(path, 100)).toEqual(laid.read(path, 100));
});

test('Whatever the bytes are, they are read as the file itself will be.', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const content = [...bytes];
      const real = memoryFileStore({ '/f': { kind: 'file', content } });
      const text = content.map((byte) => String.fromCharCode(byte)).join('');
      const overlaid = overlayFileStore(
        memoryFileStore({ '/f': { kind: 'file', content: 'old' } }),
        new Map([['/f', text]]),
        0,
      );
      for (const encoding of ['utf8', 'latin1'] as const)
        expect(overlaid.read('/f', 100, encoding)).toEqual(real.read('/f', 100, encoding));
    }),
  );
});
