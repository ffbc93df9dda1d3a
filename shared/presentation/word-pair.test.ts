import { expect, test } from 'vitest';
import type { Fingerprint } from '../core/secret.ts';
import { wordLists, wordPair } from './word-pair.ts';

const fingerprint = (text: string): Fingerprint => text as Fingerprint;

test('Two lists of 256 words: plain, short, and no word twice.', () => {
  const [first, second] = wordLists();
  expect([first.length, second.length]).toEqual([256, 256]);
  expect(new Set([...first, ...second]).size).toBe(512);
  for (const word of [...first, ...second]) expect(word).toMatch(/^[a-z]{2,7}$/);
});

test('The pair comes from the first two bytes and never changes: people remember it.', () => {
  expect(wordPair(fingerprint('000000000000'))).toBe('able-acorn');
  expect(wordPair(fingerprint('ffff00000000'))).toBe('zippy-zebra');
  expect(wordPair(fingerprint('04a912345678'))).toBe(wordPair(fingerprint('04a9ffffffff')));
  expect(wordPair(fingerprint('04aa12345678'))).toBe('amber-otter');
});

test('Every fingerprint has a pair, whatever is in it.', () => {
  expect(wordPair(fingerprint(''))).toBe('able-acorn');
  expect(wordPair(fingerprint('zz'))).toBe('able-acorn');
});
