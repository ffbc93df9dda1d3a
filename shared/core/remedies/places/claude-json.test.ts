import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anySpelling, objectOf, spell, text, type Model } from '../../../../e2e/support/json-documents.ts';
import { readModel } from '../../../../e2e/support/read-model.ts';
import { parseClaudeJson } from '../../stores/claude-json.ts';
import { applySpans } from '../text-edit.ts';
import { editClaudeJson, forgetKeyAnswer, type KeyAnswer } from './claude-json.ts';

const NAME = 'ANTHROPIC_API_KEY';
const TAIL = 'LAST20CHARSOFTHEKEY0';
const remove = (names: readonly string[]) => ({ names, how: { kind: 'remove' }, marker: '7f3a' }) as const;
const read = (bytes: string): ReturnType<typeof parseClaudeJson> =>
  parseClaudeJson(Buffer.from(bytes, 'latin1').toString());

const FILE = `{
  "numStartups": 12345678901234567890,
  "env": {
    "ANTHROPIC_API_KEY": "k",
    "OTHER": "o"
  },
  "primaryApiKey": "sk-made-up",
  "customApiKeyResponses": {
    "approved": [
      "OTHER",
      "${TAIL}"
    ],
    "rejected": ["${TAIL}", "x"]
  },
  "projects": { "/a": { "env": { "ANTHROPIC_API_KEY": "not this" } } }
}
`;

test('A variable goes, and nothing else in the file changes.', () => {
  const { spans, done } = editClaudeJson(FILE, remove([NAME]));
  expect(applySpans(FILE, spans)).toBe(FILE.replace('    "ANTHROPIC_API_KEY": "k",\n', ''));
  expect(done).toEqual([{ name: NAME, line: 4, action: 'removed', value: 'k' }]);
});

test('The key of a Console login is left: logging out removes it.', () => {
  const result = editClaudeJson(FILE, remove(['primaryApiKey']));
  expect(result).toEqual({
    spans: [],
    done: [],
    left: [{ name: 'primaryApiKey', line: 7, why: 'not-possible' }],
  });
});

test.each<[string, readonly KeyAnswer[] | undefined, string, readonly string[]]>([
  [
    'both answers',
    undefined,
    FILE.replace('"OTHER",\n      "LAST20CHARSOFTHEKEY0"', '"OTHER"').replace('"LAST20CHARSOFTHEKEY0", ', ''),
    ['approved', 'rejected'],
  ],
  ['the refusal', ['rejected'], FILE.replace('"LAST20CHARSOFTHEKEY0", ', ''), ['rejected']],
])('Of a key %s can be forgotten.', (_, answers, after, names) => {
  const { spans, done } = forgetKeyAnswer(FILE, TAIL, answers);
  expect(applySpans(FILE, spans)).toBe(after);
  expect(done.map(({ name }) => name)).toEqual(names);
  expect(forgetKeyAnswer(after, TAIL, answers).spans).toEqual([]);
});

test.each([
  ['of another key', FILE, 'ANOTHERCHARSOFTHEKEY'],
  ['without characters', '{"customApiKeyResponses": {"approved": [""]}}', ''],
  [
    'that no list holds',
    `{"customApiKeyResponses": {"approved": "${TAIL}", "other": ["${TAIL}"], "rejected": [["${TAIL}"]]}}`,
    TAIL,
  ],
  ['in a file without any', `{"x": "${TAIL}"}`, TAIL],
])('An answer %s is not there to be forgotten.', (_, bytes, tail) => {
  expect(forgetKeyAnswer(bytes, tail)).toEqual({ spans: [], done: [], left: [] });
});

test('In a file that is no JSON nothing is forgotten, and that is told.', () => {
  expect(forgetKeyAnswer(`{\n"customApiKeyResponses": {"approved": ["${TAIL}",]}}`, TAIL).left).toEqual([
    { name: 'customApiKeyResponses', line: 2, why: 'malformed' },
  ]);
});

const tail = fc.constantFrom(TAIL, 'é"\\\u{1f511}', 'x');
const tails = fc
  .array(tail.map(text), { maxLength: 4 })
  .map((elements): Model => ({ kind: 'array', elements }));
const file = objectOf(
  fc.oneof(
    fc.tuple(
      fc.constant('customApiKeyResponses'),
      objectOf(fc.tuple(fc.constantFrom('approved', 'rejected', 'other'), fc.oneof(tails, tail.map(text)))),
    ),
    fc.tuple(fc.constant('env'), objectOf(fc.tuple(fc.constantFrom(NAME, 'OTHER'), tail.map(text)))),
    fc.tuple(fc.constantFrom('approved', 'projects'), tails),
  ),
);

test('Once it is forgotten, Claude Code’s way of reading finds no answer for the key, and all others.', () => {
  fc.assert(
    fc.property(file, anySpelling('json'), tail, (model, spelling, gone) => {
      const bytes = spell(model, spelling);
      const after = applySpans(bytes, forgetKeyAnswer(bytes, gone).spans);
      const [old, now] = [read(bytes), read(after)];
      const others = (answers: ReadonlySet<string> = new Set()): string[] =>
        [...answers].filter((one) => one !== gone);
      expect(now).not.toBe(null);
      expect([...(now?.tails.approved ?? [])]).toEqual(others(old?.tails.approved));
      expect([...(now?.tails.rejected ?? [])]).toEqual(others(old?.tails.rejected));
      const kept = (value: Model, path: readonly string[]): Model => {
        if (value.kind === 'object')
          return {
            kind: 'object',
            members: value.members.map(([name, inner]) => [name, kept(inner, [...path, name])]),
          };
        const isList = path[0] === 'customApiKeyResponses' && /^(?:approved|rejected)$/.test(path[1] ?? '');
        if (value.kind !== 'array' || !isList || path.length !== 2) return value;
        return {
          kind: 'array',
          elements: value.elements.filter((one) => one.kind !== 'scalar' || JSON.parse(one.spelled) !== gone),
        };
      };
      const plain = { blanks: [''], escapes: [false], trailing: [false], byteOrderMark: false };
      expect(readModel(after)).toEqual(readModel(spell(kept(model, []), plain)));
    }),
  );
});
