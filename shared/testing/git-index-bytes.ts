import { encodeUtf8 } from './utf8.ts';

export interface GitIndexOptions {
  readonly version?: 2 | 3 | 4;
  readonly hash?: 'sha1' | 'sha256';
  /** Entries, by their place, that carry extended flags (from version 3). */
  readonly extended?: (at: number) => boolean;
}

/** The bytes of a git index that names these paths, in this order; see gitformat-index(5). Hashes and times are zero. */
export function gitIndex(
  paths: readonly string[],
  { version = 2, hash = 'sha1', extended = () => false }: GitIndexOptions = {},
): readonly number[] {
  const bytes: number[] = [...encodeUtf8('DIRC'), ...number32(version), ...number32(paths.length)];
  const hashBytes = hash === 'sha1' ? 20 : 32;
  let previous: readonly number[] = [];
  paths.forEach((path, at) => {
    const name = encodeUtf8(path);
    const hasMore = version >= 3 && extended(at);
    const start = bytes.length;
    const flags = (hasMore ? 0x4000 : 0) | Math.min(name.length, 0xfff);
    bytes.push(...zeros(40 + hashBytes), flags >> 8, flags & 0xff, ...(hasMore ? [0x20, 0] : []));
    if (version === 4) {
      const common = commonLength(previous, name);
      bytes.push(...variableWidth(previous.length - common), ...name.slice(common), 0);
    } else {
      bytes.push(...name);
      bytes.push(...zeros(8 - ((bytes.length - start) % 8)));
    }
    previous = name;
  });
  return [...bytes, ...zeros(hashBytes)];
}

function commonLength(one: readonly number[], other: readonly number[]): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** As offsets in pack files: see `git help format-pack`. */
function variableWidth(value: number): readonly number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift(0x80 | (--rest & 0x7f));
  return bytes;
}

const zeros = (length: number): readonly number[] => Array.from({ length }, () => 0);
const number32 = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >> shift) & 0xff);
