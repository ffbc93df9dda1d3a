import { expect, test } from 'vitest';
import type { Wish } from '../../usecases/changes/plan-request.ts';
import { wishBook } from './wish-book.ts';

const clear = (name: string): Wish => ({ kind: 'clear', names: [name] });

test('A wish has one id for as long as it is known, and the id says nothing of it.', () => {
  const book = wishBook();
  const first = book.idOf(clear('ANTHROPIC_API_KEY'));
  expect(first).toMatch(/^change-\d+$/);
  expect(book.idOf({ kind: 'clear', names: ['ANTHROPIC_API_KEY'] })).toBe(first);
  expect(book.idOf({ kind: 'cancel', names: ['ANTHROPIC_API_KEY'] })).not.toBe(first);
  expect(book.idOf({ kind: 'narrow-mode', path: '/home/p/.zshrc' })).toMatch(/^change-\d+$/);
  expect(book.find(first)).toEqual(clear('ANTHROPIC_API_KEY'));
});

test.each(['', 'change-2', 'change-01', 'constructor', '__proto__', '/home/p/.zshrc'])(
  'Nothing is found under %j, which nobody gave out.',
  (id) => {
    const book = wishBook();
    book.idOf(clear('ANTHROPIC_API_KEY'));
    expect(book.find(id)).toBeNull();
  },
);

test('Of a thousand the oldest are forgotten, and an id is never given to another wish.', () => {
  const book = wishBook();
  const ids = Array.from({ length: 1_500 }, (_, at) => book.idOf(clear(`NAME_${String(at)}`)));
  expect(new Set(ids).size).toBe(1_500);
  expect(ids.filter((id) => book.find(id) !== null)).toEqual(ids.slice(500));
  expect(book.find(ids.at(-1) ?? '')).toEqual(clear('NAME_1499'));
  const again = book.idOf(clear('NAME_0'));
  expect(ids).not.toContain(again);
});
