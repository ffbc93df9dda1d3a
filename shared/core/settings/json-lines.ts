/**
 * The lines (1-based) on which members of a JSON object begin, for `name` at the first level and `parent.name` below the
 * parents asked for; of duplicates the last, as it is the one that counts. One pass over the text without building values, so
 * that it also serves files of megabytes. The text must be valid JSON.
 *
 * @param parents the members of the first level whose own members are wanted too
 */
export function jsonLines(text: string, parents: ReadonlySet<string>): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  /** Whether each open bracket is an object's. */
  const objects: boolean[] = [];
  let line = 1;
  let parent: string | null = null;
  let atKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x0a: // line feed
        line++;
        break;
      case 0x22: {
        // quotation mark
        const end = endOfString(text, at);
        if (atKey && objects.length === 1) {
          parent = memberName(text, at, end);
          lines.set(parent, line);
        } else if (atKey && objects.length === 2 && parent !== null && parents.has(parent)) {
          lines.set(`${parent}.${memberName(text, at, end)}`, line);
        }
        atKey = false;
        at = end;
        break;
      }
      case 0x7b: // {
        objects.push(true);
        atKey = true;
        break;
      case 0x5b: // [
        objects.push(false);
        atKey = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        objects.pop();
        atKey = false;
        break;
      case 0x2c: // ,
        atKey = objects.at(-1) === true;
        break;
    }
  }
  return lines;
}

/** The index of the quotation mark that ends the string which begins at `start`. Strings of JSON hold no line feed. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function memberName(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
