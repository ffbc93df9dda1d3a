import { jsonLines } from './json-lines.ts';

/**
 * Where a text stops being strict JSON: the 1-based line, or `null` when it is JSON or the engine does not say. Only the
 * position is taken from the engine’s message, which quotes the text.
 */
export function syntaxFaultLine(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(said)?.[1];
    if (position !== undefined) return lineAt(text, Number(position));
    return said.includes('end of JSON input') ? lineAt(text, text.length) : null;
  }
}

/** Where a member of the first level stands. The text must be valid JSON. */
export function memberLine(text: string, member: string): number | null {
  return jsonLines(text, new Set()).get(member) ?? null;
}

/** What stands before a position may be the fault: a comma too many is seen at the bracket behind it. */
function lineAt(text: string, position: number): number {
  const before = text.slice(0, position).trimEnd();
  return before.split('\n').length;
}
