import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anyModel,
  anySpelling,
  lined,
  objectOf,
  spell,
  text,
  type Model,
} from '../../../../e2e/support/json-documents.ts';
import { readModel } from '../../../../e2e/support/read-model.ts';
import { applySpans } from '../text-edit.ts';
import { cancelling, helperMember, setSettingsMembers, type SettingsMember } from './set-settings-members.ts';

const KEY = cancelling('ANTHROPIC_API_KEY');
const HELPER = helperMember('credence secret ANTHROPIC_API_KEY');

function setIn(bytes: string | null, ...members: readonly SettingsMember[]): string {
  const result = setSettingsMembers(bytes, members);
  return result.state === 'set' ? applySpans(bytes ?? '', result.spans) : result.why;
}

test.each([
  ['no file', null, '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}\n'],
  ['an empty file', '', '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}\n'],
  [
    'a blank file with a byte order mark',
    '\xef\xbb\xbf \r\n',
    '\xef\xbb\xbf{\r\n  "env": {\r\n    "ANTHROPIC_API_KEY": ""\r\n  }\r\n}\r\n',
  ],
  ['an empty object', '{}\n', '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}\n'],
  [
    'no env, two spaces',
    '{\n  "a": 1\n}\n',
    '{\n  "a": 1,\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}\n',
  ],
  [
    'no env, tabs and CRLF',
    '{\r\n\t"a": 1\r\n}',
    '{\r\n\t"a": 1,\r\n\t"env": {\r\n\t\t"ANTHROPIC_API_KEY": ""\r\n\t}\r\n}',
  ],
  ['no env, one line', '{ "a": 1, "b": 2 }', '{ "a": 1, "b": 2, "env": {"ANTHROPIC_API_KEY": ""} }'],
  ['no env, tight', '{"a":1,"b":2}', '{"a":1,"b":2,"env":{"ANTHROPIC_API_KEY":""}}'],
  [
    'an env of four spaces',
    '{\n    "env": {\n        "B": "b"\n    }\n}',
    '{\n    "env": {\n        "B": "b",\n        "ANTHROPIC_API_KEY": ""\n    }\n}',
  ],
  [
    'an empty line between',
    '{\n  "env": {\n    "A": "a",\n\n    "B": "b"\n  }\n}',
    '{\n  "env": {\n    "A": "a",\n\n    "B": "b",\n    "ANTHROPIC_API_KEY": ""\n  }\n}',
  ],
  ['an empty env', '{\n  "env": {}\n}', '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  }\n}'],
  [
    'an env of one line',
    '{\n  "env": { "B": "b" }\n}',
    '{\n  "env": { "B": "b", "ANTHROPIC_API_KEY": "" }\n}',
  ],
  [
    'another value',
    '{"env": {"ANTHROPIC_API_KEY" : {"x": [1]}, "B": 1.0}}',
    '{"env": {"ANTHROPIC_API_KEY" : "", "B": 1.0}}',
  ],
  [
    'several values',
    '{"env": {"ANTHROPIC_API_KEY": "a"}, "env": {"ANTHROPIC_API_KEY": "b", "\\u0041NTHROPIC_API_KEY": "c"}}',
    '{"env": {"ANTHROPIC_API_KEY": "a"}, "env": {"ANTHROPIC_API_KEY": "b", "\\u0041NTHROPIC_API_KEY": ""}}',
  ],
])('A variable is set to nothing where there is %s.', (_, before, after) => {
  expect(setIn(before, KEY)).toBe(after);
  expect(setIn(after, KEY)).toBe(after);
  expect(setSettingsMembers(after, [KEY])).toEqual({ state: 'set', spans: [], replaced: [] });
});

test('Several members go in together, and what they replace is told.', () => {
  const bytes = '{\n  "apiKeyHelper": "old \\u00e9",\n  "env": {\n    "A": "a"\n  }\n}';
  expect(setIn(bytes, KEY, HELPER, cancelling('ANTHROPIC_AUTH_TOKEN'))).toBe(
    '{\n  "apiKeyHelper": "credence secret ANTHROPIC_API_KEY",\n  "env": {\n    "A": "a",\n    "ANTHROPIC_API_KEY": "",\n    "ANTHROPIC_AUTH_TOKEN": ""\n  }\n}',
  );
  expect(setSettingsMembers(bytes, [HELPER])).toMatchObject({ replaced: ['old \xc3\xa9'] });
  expect(setIn('{}', HELPER, KEY)).toBe(
    '{\n  "env": {\n    "ANTHROPIC_API_KEY": ""\n  },\n  "apiKeyHelper": "credence secret ANTHROPIC_API_KEY"\n}',
  );
});

test.each([
  ['no JSON', '{"a": 1,}', 'malformed'],
  ['a list', '[]', 'malformed'],
  ['an env that is none', '{"env": {}, "env": "x"}', 'malformed'],
  ['depth without an end', '{"a":'.repeat(100_000), 'malformed'],
  ['UTF-16', '\xff\xfe{\0}\0', 'encoding'],
])('Nothing is set where there is %s.', (_, bytes, why) => {
  expect(setIn(bytes, KEY)).toBe(why);
});

const value = fc.oneof(fc.string().map(text), anyModel(['env', 'A']));
const variables = objectOf(fc.tuple(fc.constantFrom('A', 'B', '__proto__', 'é'), value));
const settings = objectOf(
  fc.oneof(
    fc.tuple(fc.constant('env'), variables),
    fc.tuple(fc.constantFrom('apiKeyHelper', 'x', '__proto__'), value),
  ),
);
const document = fc.oneof(
  fc
    .tuple(settings, anySpelling('json'))
    .map(([model, spelling]) => ({ model, bytes: spell(model, spelling) })),
  fc
    .tuple(settings, fc.constantFrom('  ', '\t', ''), fc.constantFrom('\n', '\r\n'))
    .map(([model, indent, newline]) => ({ model, bytes: lined(model, indent, newline) })),
);
const anyText = fc.string({ unit: 'grapheme' });
const wishes = fc.array(
  fc.oneof(
    fc.record({
      in: fc.constant('env' as const),
      name: fc.constantFrom('A', 'C', '__proto__', 'é', '"'),
      text: anyText,
    }),
    fc.record({ in: fc.constant('top' as const), name: fc.constant('apiKeyHelper'), text: anyText }),
  ),
  { maxLength: 4 },
);

type Members = (Model & { kind: 'object' })['members'];
/** The last member of that name gets the value, or one is put behind the others. */
function withMember(members: Members, name: string, member: Model): Members {
  const at = members.findLastIndex(([key]) => key === name);
  return at < 0 ? [...members, [name, member]] : members.with(at, [name, member]);
}

test('Whatever the file is like, it says what was wished, and everything else as before.', () => {
  fc.assert(
    fc.property(document, wishes, ({ model, bytes }, wanted) => {
      const after = setIn(bytes, ...wanted);
      let members: Members = model.members;
      const latest = (place: 'env' | 'top'): Map<string, string> =>
        new Map(wanted.filter((wish) => wish.in === place).map((wish) => [wish.name, wish.text]));
      const env = members.findLast(([key]) => key === 'env')?.[1];
      let inner: Members = env?.kind === 'object' ? env.members : [];
      for (const [name, is] of latest('env')) inner = withMember(inner, name, text(is));
      if (latest('env').size > 0) members = withMember(members, 'env', { kind: 'object', members: inner });
      for (const [name, is] of latest('top')) members = withMember(members, name, text(is));
      const plain = { blanks: [''], escapes: [false], trailing: [false], byteOrderMark: false };
      expect(readModel(after)).toEqual(readModel(spell({ kind: 'object', members }, plain)));
      expect(setIn(after, ...wanted)).toBe(after);
    }),
  );
});
