import { createScanner, parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Model } from './json-documents.ts';

/** The numbers that the scanner gives its kinds of tokens. */
const [END, COMMA, BREAK, BLANK] = [17, 5, 14, 15];

const textOf = (bytes: string): string =>
  Buffer.from(bytes, 'latin1')
    .toString('utf8')
    .replace(/^\ufeff/, '');

/** What the editor’s own parser finds in the bytes, duplicates among it; `null` when it finds a fault. */
export function readModel(bytes: string): Model | null {
  const errors: ParseError[] = [];
  const source = textOf(bytes);
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const convert = (node: Node): Model => {
    const { type, children = [], offset, length } = node;
    if (type === 'array') return { kind: 'array', elements: children.map(convert) };
    if (type !== 'object') return { kind: 'scalar', spelled: source.slice(offset, offset + length) };
    const members = children.flatMap(({ children: [key, value] = [] }) =>
      value === undefined ? [] : [[String(key?.value), convert(value)] as const],
    );
    return { kind: 'object', members };
  };
  return root === undefined || errors.length > 0 ? null : convert(root);
}

/** Every token but commas and blanks, comments among them. */
export function tokensOf(bytes: string): readonly string[] {
  const source = textOf(bytes);
  const scanner = createScanner(source);
  const tokens: string[] = [];
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    if (kind !== COMMA && kind !== BREAK && kind !== BLANK) {
      const at = scanner.getTokenOffset();
      tokens.push(source.slice(at, at + scanner.getTokenLength()));
    }
  }
  return tokens;
}
