import fc from 'fast-check';
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { parseJsonTree, stringAt, type JsonItem, type JsonNode } from './json-tree.ts';

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Tokens in any order, mostly one that makes sense. */
const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\u0061\\n"',
    '"é€"',
    '"',
    '\\',
    '/',
    '//',
    '/* x */',
    '*/',
    '\n',
    '\r',
    ' ',
    '\t',
  ],
  ...[
    '1',
    '-',
    '0',
    '1.0',
    '1e5',
    '.5',
    '01',
    'true',
    'nul',
    'null',
    '"a": 1',
    '"b": [1, 2]',
    '{"c": null}',
    '\u00a0',
    '\0',
  ],
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));
const mutated = fc
  .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom(...PIECES, ''), fc.nat(2))
  .map(([json, where, piece, without]) => {
    const at = where % (json.length + 1);
    return json.slice(0, at) + piece + json.slice(at + without);
  });

test('What is valid JSON is what the engine reads.', () => {
  fc.assert(
    fc.property(fc.oneof(soup, mutated, fc.json()), (text) => {
      expect(parseJsonTree(bytesOf(text), 'json', 4) !== null).toBe(isStrict(text));
    }),
  );
});

test('What is valid with comments is what the editor’s own parser reads without a fault.', () => {
  fc.assert(
    fc.property(fc.oneof(soup, mutated, fc.json()), (text) => {
      const errors: ParseError[] = [];
      const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
      // Over there a lone surrogate, a control character or a NUL is a matter of taste; here it is a fault at once.
      const isValid = root !== undefined && errors.length === 0;
      const tree = parseJsonTree(bytesOf(text), 'jsonc', 1e9);
      if (!isValid) expect(tree).toBe(null);
      else if (tree !== null) expect(shapeOf(tree, bytesOf(text))).toEqual(shapeOfTheirs(root));
      else expect(text).toMatch(/[\0\u00a0]/);
    }),
  );
});

const shapeOf = (node: JsonNode, bytes: string): unknown => {
  if (node.kind === 'object') return node.items.map(({ name, value }) => [name, shapeOf(value, bytes)]);
  if (node.kind === 'array') return node.items.map(({ value }) => shapeOf(value, bytes));
  return node.kind === 'string'
    ? stringAt(bytes, node.start, node.end)
    : bytes.slice(node.start, node.end).length;
};
const shapeOfTheirs = (node: Node): unknown => {
  if (node.type === 'object')
    return (node.children ?? []).map(({ children: [key, value] = [] }) => [
      bytesOf(String(key?.value)),
      value === undefined ? null : shapeOfTheirs(value),
    ]);
  if (node.type === 'array') return (node.children ?? []).map(shapeOfTheirs);
  return node.type === 'string' ? bytesOf(String(node.value)) : node.length;
};

test('Each item is where it says, with the comma behind it.', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), (text) => {
      const bytes = bytesOf(text);
      const visit = ({ items }: JsonNode): void => {
        for (const [index, { name, start, value, comma }] of items.entries()) {
          expect(comma === null).toBe(index === items.length - 1);
          if (comma !== null) expect(bytes[comma]).toBe(',');
          const quoted = bytes.slice(start, value.start);
          if (name !== null)
            expect(
              bytesOf(
                JSON.parse(/^".*"/s.exec(Buffer.from(quoted, 'latin1').toString())?.[0] ?? '') as string,
              ),
            ).toBe(name);
          visit(value);
        }
      };
      const tree = parseJsonTree(bytes, 'json', 9);
      expect(tree).not.toBe(null);
      if (tree !== null) visit(tree);
    }),
  );
});

test('Below the depth that was asked for, things are checked but not kept.', () => {
  const tree = parseJsonTree('{"a": [[1], {"b": 2}], "c": 3}', 'json', 2);
  const names = (items: readonly JsonItem[] = []): unknown[] => items.map(({ name }) => name);
  expect(names(tree?.items)).toEqual(['a', 'c']);
  expect(tree?.items[0]?.value.items.map(({ value }) => value.items.length)).toEqual([0, 0]);
  expect(tree?.items[0]?.value.items.map(({ value: { kind, start, end } }) => [kind, start, end])).toEqual([
    ['array', 7, 10],
    ['object', 12, 20],
  ]);
  expect(parseJsonTree('{"a": [[1], {"b": 2,}]}', 'json', 2)).toBe(null);
});

test('Any number of brackets is read, closed or not, and a large file as fast as a small one for its size.', () => {
  const deep = 100_000;
  expect(parseJsonTree('['.repeat(deep), 'json', 4)).toBe(null);
  expect(parseJsonTree('{"a":'.repeat(deep), 'jsonc', 4)).toBe(null);
  expect(parseJsonTree('['.repeat(deep) + ']'.repeat(deep), 'json', 4)?.end).toBe(2 * deep);
  expect(parseJsonTree('{"a":'.repeat(deep) + '1' + '}'.repeat(deep), 'jsonc', 1e9)?.end).toBe(
    7 * deep - deep + 1,
  );
});
