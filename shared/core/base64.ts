const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 or base64url to Latin-1 text (enough for the ASCII fields read from it); `null` when it is neither. */
export function decodeBase64(text: string): string | null {
  const digits = text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
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
