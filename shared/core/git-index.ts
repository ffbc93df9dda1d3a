/** Bytes of an entry before its name: times, device, inode, mode, owner, size, hash (SHA-1) and flags. */
const FIXED = 62;
const HASH_256_EXTRA = 12;
const EXTENDED = 0x4000;
const LONGEST_STORED_NAME = 0xfff;

/**
 * The paths that a git index names, as they stand in it: with slashes, relative to the root. Reads versions 2 to 4 (see
 * gitformat-index(5)); `null` when the text is no index, or breaks off.
 *
 * @param index the file's bytes, one character each (Latin-1); names are UTF-8 in these bytes
 */
export function gitIndexPaths(index: string, hash: 'sha1' | 'sha256' = 'sha1'): readonly string[] | null {
  if (!index.startsWith('DIRC')) return null;
  const version = number32(index, 4);
  // Of a text that breaks off here the number is none at all.
  if (!(version >= 2 && version <= 4 && index.length >= 12)) return null;
  const count = number32(index, 8);
  const fixed = FIXED + (hash === 'sha256' ? HASH_256_EXTRA : 0);
  const paths: string[] = [];
  let at = 12;
  let previous = '';
  for (let entry = 0; entry < count; entry++) {
    if (at + fixed > index.length) return null;
    const flags = number16(index, at + fixed - 2);
    let name = at + fixed + (version >= 3 && (flags & EXTENDED) !== 0 ? 2 : 0);
    let prefix = '';
    if (version === 4) {
      const dropped = variableWidth(index, name);
      if (dropped === null || dropped.value > previous.length) return null;
      prefix = previous.slice(0, previous.length - dropped.value);
      name = dropped.end;
    }
    const end = index.indexOf('\0', name);
    if (end < 0) return null;
    const path = prefix + index.slice(name, end);
    if (path === '') return null;
    const stored = flags & LONGEST_STORED_NAME;
    if (stored !== LONGEST_STORED_NAME && stored !== path.length) return null;
    paths.push(path);
    previous = path;
    // Up to version 3 each entry is padded with one to eight zero bytes to a multiple of eight.
    at = version === 4 ? end + 1 : at + Math.ceil((end + 1 - at) / 8) * 8;
  }
  return paths;
}

function number32(text: string, at: number): number {
  return number16(text, at) * 0x10000 + number16(text, at + 2);
}

function number16(text: string, at: number): number {
  return text.charCodeAt(at) * 0x100 + text.charCodeAt(at + 1);
}

/** The offset encoding of pack files: seven bits a byte, most significant first, each further byte adding one. */
function variableWidth(text: string, start: number): { readonly value: number; readonly end: number } | null {
  let at = start;
  let byte = text.charCodeAt(at++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    if (at >= text.length || value > 0x1ffffff) return null;
    byte = text.charCodeAt(at++);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return Number.isNaN(value) ? null : { value, end: at };
}
