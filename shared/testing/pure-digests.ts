import type { Digests } from '../ports/digests.ts';
import { encodeUtf8 } from './utf8.ts';

/** SHA-256 without a library, after FIPS 180-4: real digests, so that a test can name what other programs would make of them. */
export const pureDigests: Digests = {
  sha256,
  sha256OfBytes: (bytes) => sha256OfBytes(Array.from(bytes, (byte) => byte.charCodeAt(0))),
};

const ROUNDS = 64;
const PRIMES = firstPrimes(ROUNDS);
const START = PRIMES.slice(0, 8).map((prime) => fractionOf(Math.sqrt(prime)));
const CONSTANTS = PRIMES.map((prime) => fractionOf(Math.cbrt(prime)));

function sha256(text: string): string {
  return sha256OfBytes(encodeUtf8(text));
}

/** @returns 64 lower-case hexadecimal digits */
export function sha256OfBytes(content: readonly number[]): string {
  const bytes = padded(content);
  let state: readonly number[] = START;
  for (let at = 0; at < bytes.length; at += 64) state = compressed(state, bytes.slice(at, at + 64));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** To a multiple of 64 bytes: a one bit, zeros, the length in bits. */
function padded(bytes: readonly number[]): readonly number[] {
  const zeros = (119 - (bytes.length % 64)) % 64;
  const length = (bytes.length * 8).toString(16).padStart(16, '0');
  return [
    ...bytes,
    0x80,
    ...Array.from({ length: zeros }, () => 0),
    ...(length.match(/../g) ?? []).map((two) => parseInt(two, 16)),
  ];
}

function compressed(state: readonly number[], block: readonly number[]): readonly number[] {
  const words = scheduled(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < ROUNDS; round++) {
    const sum1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (CONSTANTS[round] ?? 0) + (words[round] ?? 0)) | 0;
    const sum0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) | 0);
}

function scheduled(block: readonly number[]): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) =>
    block.slice(index * 4, index * 4 + 4).reduce((word, byte) => (word << 8) | byte, 0),
  );
  const back = (count: number): number => words[words.length - count] ?? 0;
  while (words.length < ROUNDS) {
    const low = turned(back(15), 7) ^ turned(back(15), 18) ^ (back(15) >>> 3);
    const high = turned(back(2), 17) ^ turned(back(2), 19) ^ (back(2) >>> 10);
    words.push((back(16) + low + back(7) + high) | 0);
  }
  return words;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits behind the point. */
function fractionOf(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
