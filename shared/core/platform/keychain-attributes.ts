/**
 * When a keychain item was last changed, from what `security find-generic-password` prints without `-g` and `-w`: attributes
 * only. Seen in public recordings as `"mdat"<timedate>=0x3230…5A00  "20261004222412Z\000"` (both forms of one text), as either
 * alone, and as `2026-10-04 22:24:12 +0000`. Always UTC.
 *
 * @returns milliseconds since 1970, or `null` when the attribute is missing or of another form
 */
export function keychainChangedAt(output: string): number | null {
  const printed = /(?:^|\n)[ \t]*"mdat"<timedate>=([^\r\n]{0,200})/.exec(output)?.[1];
  if (printed === undefined) return null;
  const hexadecimal = /^0x((?:[0-9A-Fa-f]{2}){15,17})(?![0-9A-Fa-f])/.exec(printed)?.[1];
  const text = hexadecimal === undefined ? printed : fromHexadecimal(hexadecimal);
  return compact(text) ?? spelledOut(text);
}

function fromHexadecimal(digits: string): string {
  return digits.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16)));
}

function compact(text: string): number | null {
  const match = /^"?(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z/.exec(text);
  return match === null ? null : toMilliseconds(match);
}

function spelledOut(text: string): number | null {
  const match = /^"?(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) \+0000/.exec(text);
  return match === null ? null : toMilliseconds(match);
}

function toMilliseconds([, year, month, day, hour, minute, second]: RegExpExecArray): number | null {
  const time = Date.parse(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
  );
  return Number.isNaN(time) ? null : time;
}
