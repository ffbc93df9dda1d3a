import type { Json } from '../../shared/presentation/status-json.ts';
import type { Terminal } from './command.ts';

export function printJson(terminal: Terminal, value: Json): void {
  terminal.out(`${escaped(JSON.stringify(value, null, 2))}\n`);
}

/**
 * JSON may hold control characters of the second block, and marks that turn the direction of writing; both can fool a
 * terminal, and an escape says the same.
 */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
