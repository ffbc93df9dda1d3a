import { decodeBase64 } from './base64.ts';

const PREFIX = 'bedrock-api-key-';
/** A presigned URL lives twelve hours at most. */
const LONGEST_SECONDS = 12 * 60 * 60;

/**
 * The latest end of a Bedrock short-term key, in milliseconds since 1970: it is a presigned URL in base64 that says when it
 * was made and for how long (facts 8.10). `null` for long-term keys and everything else.
 */
export function bedrockKeyExpiry(key: string): number | null {
  if (!key.startsWith(PREFIX)) return null;
  const url = decodeBase64(key.slice(PREFIX.length));
  const date = /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/i.exec(url ?? '');
  const seconds = /X-Amz-Expires=(\d{1,6})/i.exec(url ?? '');
  if (date === null || seconds === null) return null;
  const made = Date.parse(`${date[1]}-${date[2]}-${date[3]}T${date[4]}:${date[5]}:${date[6]}Z`);
  return Number.isNaN(made) ? null : made + Math.min(Number(seconds[1]), LONGEST_SECONDS) * 1000;
}
