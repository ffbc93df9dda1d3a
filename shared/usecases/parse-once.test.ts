import { expect, test } from 'vitest';
import { memoryFileStore } from '../testing/memory-file-store.ts';
import { parseOnce } from './parse-once.ts';

const reading = (text: string) => {
  const read = memoryFileStore({ '/f': text }).read('/f', 1000);
  if (read.state !== 'read') throw new Error(read.state);
  return read;
};

test('The same reading is parsed once by each parser.', () => {
  let times = 0;
  const parse = (text: string): string => `${text} ${++times}`;
  const length = (text: string): number => text.length;
  const one = reading('x');
  expect([parseOnce(one, parse), parseOnce(one, parse), parseOnce(one, length)]).toEqual(['x 1', 'x 1', 1]);
});

test('Another reading of the same text is parsed anew: it may be another file.', () => {
  const parse = (text: string): object => ({ text });
  expect(parseOnce(reading('x'), parse)).not.toBe(parseOnce(reading('x'), parse));
});

test('A result of nothing is kept as well.', () => {
  let times = 0;
  const parse = (): null => {
    times++;
    return null;
  };
  const one = reading('x');
  parseOnce(one, parse);
  parseOnce(one, parse);
  expect(times).toBe(1);
});
