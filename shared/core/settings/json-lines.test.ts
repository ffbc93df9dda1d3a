import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from './json-lines.ts';

const ENV = new Set(['env']);
const linesOf = (text: string, parents: ReadonlySet<string> = ENV): Readonly<Record<string, number>> =>
  Object.fromEntries(jsonLines(text, parents));

describe('The line on which a member begins', () => {
  test.each<[string, string, Readonly<Record<string, number>>]>([
    ['one line', '{"a":1,"b":2}', { a: 1, b: 1 }],
    ['several', '{\n "a": 1,\n "b": 2\n}', { a: 2, b: 3 }],
    ['CRLF', '{\r\n "a": 1,\r\n "b": 2\r\n}', { a: 2, b: 3 }],
    ['below a parent', '{\n"env": {\n"K": "v"\n}}', { env: 2, 'env.K': 3 }],
    ['the last of duplicates', '{\n"a": 1,\n"a": 2}', { a: 3 }],
    ['the last of duplicate parents', '{"env":{"K":1},\n"env":{"K":2}}', { env: 2, 'env.K': 2 }],
    ['not below others', '{"x":{"K":1}}', { x: 1 }],
    ['not deeper', '{"env":{"a":{"K":1}}}', { env: 1, 'env.a': 1 }],
    ['not in lists', '{"env":[{"K":1}],"a":["b",{"c":1}]}', { env: 1, a: 1 }],
    ['not of what looks like a member', '{"a":"\\"env\\": {","b":1}', { a: 1, b: 1 }],
    ['of a name with escapes', '{"env":{"a\\nb\\"\\u0041":1}}', { env: 1, 'env.a\nb"A': 1 }],
    ['after a value that ends in a backslash', '{"a":"\\\\",\n"b":1}', { a: 1, b: 2 }],
    ['none', '{}', {}],
    ['none in a list', '["a",{"b":1}]', {}],
  ])('%s', (_, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});

/** JSON written with white space wherever there may be some, and where each member's name was put. */
interface Written {
  readonly text: string;
  readonly lines: Readonly<Record<string, number>>;
}

function write(members: readonly (readonly [string, unknown])[], spaces: readonly string[]): Written {
  let [text, used] = ['', 0];
  const lines: Record<string, number> = {};
  const space = (): void => {
    text += spaces.length === 0 ? '' : (spaces[used++ % spaces.length] ?? '');
  };
  const line = (): number => text.split('\n').length;
  const object = (all: readonly (readonly [string, unknown])[], prefix: string, deep: boolean): void => {
    text += '{';
    all.forEach(([name, value], at) => {
      if (at > 0) text += ',';
      space();
      lines[prefix + name] = line();
      text += JSON.stringify(name);
      space();
      text += ':';
      space();
      if (deep && name === 'env' && typeof value === 'object' && value !== null && !Array.isArray(value))
        object(Object.entries(value), 'env.', false);
      else text += JSON.stringify(value, null, spaces.length % 3);
      space();
    });
    text += '}';
  };
  space();
  object(members, '', true);
  return { text, lines };
}

const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '\n\n  ');
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'env', 'apiKeyHelper'),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const member = fc.oneof(
  fc.tuple(name, fc.jsonValue()),
  fc.tuple(fc.constant('env'), fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }))),
);

test('Every member is found, however the text is laid out; of duplicates the last.', () => {
  fc.assert(
    fc.property(fc.array(member, { maxLength: 8 }), fc.array(space, { maxLength: 9 }), (members, spaces) => {
      const { text, lines } = write(members, spaces);
      const found = jsonLines(text, ENV);
      for (const [path, line] of Object.entries(lines)) {
        // Names with dots may stand for two members.
        if (!path.replace(/^env\./, '').includes('.')) expect([path, found.get(path)]).toEqual([path, line]);
      }
    }),
  );
});

test('It agrees with what the parser finds.', () => {
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue()), fc.nat(8), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(new Set(jsonLines(text, new Set()).keys())).toEqual(new Set(Object.keys(value)));
    }),
  );
});

test('Text that is no JSON is no reason to hang.', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '\n') }),
      (text) => {
        try {
          jsonLines(text, ENV);
        } catch (error) {
          // A name with a broken escape: the caller has parsed the text before.
          expect(error).toBeInstanceOf(SyntaxError);
        }
      },
    ),
  );
});
