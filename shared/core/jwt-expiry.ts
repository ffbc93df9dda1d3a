import { decodeBase64 } from './base64.ts';

/**
 * The `exp` claim of a JSON Web Token, in milliseconds since 1970, or `null` when the text is none or names no time. The
 * signature is not checked: this only draws a clock.
 */
export function jwtExpiry(token: string): number | null {
  if (!token.startsWith('eyJ')) return null;
  const payload = token.split('.', 3)[1];
  if (payload === undefined) return null;
  const json = decodeBase64(payload);
  if (json === null) return null;
  const match = /"exp"\s*:\s*(\d{9,11})(?:\.\d+)?\s*[,}]/.exec(json);
  return match === null ? null : Number(match[1]) * 1000;
}
