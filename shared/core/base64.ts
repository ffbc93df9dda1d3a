const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 or base64url to Latin-1 text (enough for the ASCII fields read from it); `null` when it is neither. */
export function decodeBase64(text: string): string | null {
  let end = text.length;
  // Not by a pattern: those look at a run of `=` that is not at the end once for each of its characters.
  while (text.charCodeAt(end - 1) === 0x3d) end--;
  const digits = text.slice(0, end).replace(/-/g, '+').replace(/_/g, '/');
  let bits = 0;
  let held = 0;
  let out = '';
  for (const character of digits) {
    const value = DIGITS.indexOf(character);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += String.fromCharCode((bits >> held) & 0xff);
    }
  }
  return out;
}
