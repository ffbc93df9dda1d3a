/**
 * Where the name stands as a word of its own, in order, comments left out.
 *
 * @param comments start and end of each comment, in turn, ascending
 */
export function mentionsOf(
  text: string,
  name: string,
  end: number,
  comments: readonly number[],
): readonly number[] {
  const found: number[] = [];
  if (name === '') return found;
  let comment = 0;
  for (let at = text.indexOf(name); at >= 0 && at < end; at = text.indexOf(name, at + name.length)) {
    if (isNamePart(text.charCodeAt(at - 1)) || isNamePart(text.charCodeAt(at + name.length))) continue;
    while (comment < comments.length && (comments[comment + 1] ?? 0) <= at) comment += 2;
    if (comment < comments.length && (comments[comment] ?? 0) <= at) continue;
    found.push(at);
  }
  return found;
}

/** ASCII letters, digits and `_`. */
function isNamePart(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
}
