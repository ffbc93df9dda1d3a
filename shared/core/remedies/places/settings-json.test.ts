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
import { readModel, tokensOf } from '../../../../e2e/support/read-model.ts';
import { settingsParsers, type SettingsParse } from '../../settings/settings-file.ts';
import { applySpans, type EditRequest, type EditResult } from '../text-edit.ts';
import { editSettingsJson } from './settings-json.ts';

const NAME = 'ANTHROPIC_API_KEY';
const asked = (
  names: readonly string[] = [NAME],
  how: EditRequest['how'] = { kind: 'remove' },
): EditRequest => ({
  names,
  how,
  marker: '7f3a',
});
const edit = (bytes: string, request = asked()): EditResult => editSettingsJson(bytes, request);
const edited = (bytes: string, request = asked()): string => applySpans(bytes, edit(bytes, request).spans);

test.each([
  [
    'the only member, on a line',
    '{\n  "env": {\n    "ANTHROPIC_API_KEY": "k"\n  }\n}\n',
    '{\n  "env": {\n  }\n}\n',
  ],
  ['the only member, with blanks', '{"env": { "ANTHROPIC_API_KEY": "k" }}', '{"env": {  }}'],
  ['the only member, without', '{"env":{"ANTHROPIC_API_KEY":"k"}}', '{"env":{}}'],
  ['the first line', '{"env": {\n  "ANTHROPIC_API_KEY": "k",\n  "B": "b"\n}}', '{"env": {\n  "B": "b"\n}}'],
  [
    'a line between',
    '{"env":{\n\t"A":1,\n\t"ANTHROPIC_API_KEY":"k",\n\t"B":2}}',
    '{"env":{\n\t"A":1,\n\t"B":2}}',
  ],
  ['the last line', '{"env": {\n  "A": "a",\n  "ANTHROPIC_API_KEY": "k"\n}}', '{"env": {\n  "A": "a"\n}}'],
  [
    'the last two lines',
    '{"env": {\n"A": "a",\n"ANTHROPIC_API_KEY": "k",\n"ANTHROPIC_API_KEY": ""\n}}',
    '{"env": {\n"A": "a"\n}}',
  ],
  ['the first of a row', '{"env": {"ANTHROPIC_API_KEY": "k", "B": "b"}}', '{"env": {"B": "b"}}'],
  [
    'one in a row',
    '{"env": {"A": "a", "ANTHROPIC_API_KEY": "k", "B": "b"}}',
    '{"env": {"A": "a", "B": "b"}}',
  ],
  ['the last of a row', '{"env": {"A": "a", "ANTHROPIC_API_KEY": "k"}}', '{"env": {"A": "a"}}'],
  ['all of a row', '{"env": {"ANTHROPIC_API_KEY": "k", "ANTHROPIC_API_KEY": "l"}}', '{"env": {}}'],
  [
    'the end of a line that others share',
    '{"env": {"A": "a", "ANTHROPIC_API_KEY": "k",\n"B": "b"}}',
    '{"env": {"A": "a",\n"B": "b"}}',
  ],
  [
    'a line after a comma that leads',
    '{"env": {\n  "A": "a"\n, "ANTHROPIC_API_KEY": "k"\n}}',
    '{"env": {\n  "A": "a"\n\n}}',
  ],
  [
    'a line of CRLF',
    '{"env": {\r\n  "A": "a",\r\n  "ANTHROPIC_API_KEY": "k"\r\n}}\r\n',
    '{"env": {\r\n  "A": "a"\r\n}}\r\n',
  ],
  [
    'a value of several lines',
    '{"env": {\n "ANTHROPIC_API_KEY": {\n  "x": 1\n },\n "B": 2\n}}',
    '{"env": {\n "B": 2\n}}',
  ],
  ['a name with escapes', '{"env": {"\\u0041NTHROPIC_API_KEY": "k", "B": "b"}}', '{"env": {"B": "b"}}'],
  ['behind a byte order mark', '\xef\xbb\xbf{"env": {"ANTHROPIC_API_KEY": "k"}}', '\xef\xbb\xbf{"env": {}}'],
  [
    'every duplicate in every env',
    '{"env": {"ANTHROPIC_API_KEY": "k"}, "env": {"ANTHROPIC_API_KEY": 1, "B": 2, "ANTHROPIC_API_KEY": 3}}',
    '{"env": {}, "env": {"B": 2}}',
  ],
])('Removed: %s.', (_, before, after) => {
  expect(edited(before)).toBe(after);
  expect(edited(after)).toBe(after);
});

test.each([
  ['elsewhere', '{"ANTHROPIC_API_KEY": "k", "x": {"env": {"ANTHROPIC_API_KEY": "k"}}}'],
  ['as a value', '{"env": {"A": "ANTHROPIC_API_KEY"}}'],
  ['in a list that is called env', '{"env": ["ANTHROPIC_API_KEY", {"ANTHROPIC_API_KEY": 1}]}'],
  ['as a part of a longer name', '{"env": {"ANTHROPIC_API_KEY_2": "k"}}'],
  ['in another spelling', '{"env": {"anthropic_api_key": "k"}}'],
  ['nowhere', ''],
])('The name %s is nothing to this place.', (_, bytes) => {
  expect(edit(bytes)).toEqual({ spans: [], done: [], left: [] });
});

test('What is to be commented out is removed, and told with its line and its value.', () => {
  const bytes =
    '{\n"env": {\n"ANTHROPIC_API_KEY": "k\\u00e9\\n",\n\n"ANTHROPIC_API_KEY": 1.0, "ANTHROPIC_API_KEY": [1, ["x"], {}]\n},\n"apiKeyHelper": "get me"}';
  const result = edit(bytes, asked([NAME, 'apiKeyHelper'], { kind: 'comment-out' }));
  expect(result.done).toEqual([
    { name: NAME, line: 3, action: 'removed', value: 'k\xc3\xa9\n' },
    { name: NAME, line: 5, action: 'removed', value: '1' },
    { name: NAME, line: 5, action: 'removed', value: '1,x,[object Object]' },
    { name: 'apiKeyHelper', line: 7, action: 'removed', value: 'get me' },
  ]);
  expect(applySpans(bytes, result.spans)).toBe('{\n"env": {\n\n\n}\n}');
});

test('A helper is removed only when asked for, with all its duplicates.', () => {
  const bytes = '{"apiKeyHelper": "a", "env": {"apiKeyHelper": "b"}, "apiKeyHelper": "c"}';
  expect(edited(bytes)).toBe(bytes);
  expect(edited(bytes, asked(['apiKeyHelper']))).toBe('{"env": {}}');
});

test.each([
  ['is no JSON', '{\n"env": {"ANTHROPIC_API_KEY": "k",}}', 'malformed', 2],
  ['has comments', '// x\n{"env": {"ANTHROPIC_API_KEY": "k"}}', 'malformed', 2],
  ['is a list', '["ANTHROPIC_API_KEY"]', 'malformed', 1],
  ['nests without an end', `{"ANTHROPIC_API_KEY": ${'['.repeat(100_000)}`, 'malformed', 1],
  [
    'is UTF-16',
    Buffer.from('\ufeff{\n"env": {"ANTHROPIC_API_KEY": "k"}}', 'utf16le').toString('latin1'),
    'encoding',
    2,
  ],
])('A file that %s is left, and told where the name stands.', (_, bytes, why, line) => {
  expect(edit(bytes)).toEqual({ spans: [], done: [], left: [{ name: NAME, line, why }] });
});

test('Nothing is looked up by a settings file.', () => {
  const look = asked([NAME], { kind: 'look-up', command: ['credence', 'secret', NAME] });
  expect(edit('{"env":\n{"ANTHROPIC_API_KEY": "k"}}', look)).toEqual({
    spans: [],
    done: [],
    left: [{ name: NAME, line: 2, why: 'not-possible' }],
  });
});

const NAMES = [NAME, 'ANTHROPIC_AUTH_TOKEN'];
const value = fc.oneof(
  { weight: 3, arbitrary: fc.string().map(text) },
  { weight: 1, arbitrary: anyModel([NAME, 'env']) },
);
const variables = objectOf(fc.tuple(fc.constantFrom(...NAMES, 'OTHER', 'apiKeyHelper', '__proto__'), value));
const settings = objectOf(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constant('env'), fc.oneof({ weight: 6, arbitrary: variables }, value)),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constant('apiKeyHelper'), fc.string().map(text)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('nobody', '__proto__', 'permissions', NAME), value) },
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
const wanted = fc.subarray([...NAMES, 'apiKeyHelper'], { minLength: 1 });

/** The model as it ought to be afterwards, and how many members are gone. */
function without(
  model: Model & { kind: 'object' },
  names: readonly string[],
): { after: Model; gone: number } {
  let gone = 0;
  const kept = (name: string): boolean => {
    if (names.includes(name)) gone++;
    return !names.includes(name);
  };
  const members = model.members
    .filter(([name]) => name !== 'apiKeyHelper' || kept(name))
    .map(([name, member]): readonly [string, Model] => [
      name,
      name === 'env' && member.kind === 'object'
        ? { kind: 'object', members: member.members.filter(([inner]) => kept(inner)) }
        : member,
    ]);
  return { after: { kind: 'object', members }, gone };
}

test('Whatever the file is like, exactly the members asked for are gone, and everything else reads as before.', () => {
  fc.assert(
    fc.property(document, wanted, ({ model, bytes }, names) => {
      const { spans, done, left } = edit(bytes, asked(names));
      const after = applySpans(bytes, spans);
      const expected = without(model, names);
      expect(readModel(after)).toEqual(readModel(spell(expected.after, PLAIN)));
      expect(
        () =>
          JSON.parse(
            Buffer.from(after, 'latin1')
              .toString()
              .replace(/^\ufeff/, ''),
          ) as unknown,
      ).not.toThrow();
      expect([done.length, left]).toEqual([expected.gone, []]);
      expect(edit(after, asked(names))).toEqual({ spans: [], done: [], left: [] });
    }),
  );
});
const PLAIN = { blanks: [''], escapes: [false], trailing: [false], byteOrderMark: false };

test('Only tokens of what is removed go, with a comma each and blanks.', () => {
  fc.assert(
    fc.property(document, wanted, ({ bytes }, names) => {
      const { spans } = edit(bytes, asked(names));
      expect(spans.every(({ text: put }) => put === '')).toBe(true);
      const cut = spans.map(({ start, end }) => bytes.slice(start, end)).join('');
      const commas = (source: string): number => source.split(',').length;
      expect(commas(bytes) - commas(applySpans(bytes, spans))).toBe(commas(cut) - 1);
      expect(tokensOf(applySpans(bytes, spans)).length + tokensOf(cut).length).toBe(tokensOf(bytes).length);
    }),
  );
});

test('Claude Code’s own way of reading no longer finds the names, and finds everything else as before.', () => {
  const reader = settingsParsers('2.1.328').own;
  const found = (parse: SettingsParse, names: readonly string[]): unknown =>
    parse.ok && {
      variables: parse.content.variables
        .map(({ name, text: is }) => [name, is])
        .filter(([name]) => !names.includes(name ?? '')),
      helper: names.includes('apiKeyHelper') ? null : (parse.content.helper?.text ?? null),
      environment: Object.entries(parse.content.environment()).filter(([name]) => !names.includes(name)),
    };
  fc.assert(
    fc.property(document, wanted, ({ bytes }, names) => {
      const read = (source: string): SettingsParse => reader(Buffer.from(source, 'latin1').toString());
      const [before, after] = [read(bytes), read(applySpans(bytes, edit(bytes, asked(names)).spans))];
      if (before.ok) expect(found(after, [])).toEqual(found(before, names));
      if (!after.ok) return;
      expect(after.content.variables.filter(({ name }) => names.includes(name))).toEqual([]);
      if (names.includes('apiKeyHelper')) expect(after.content.helper).toBe(null);
    }),
  );
});

test('It never throws, whatever the bytes are.', () => {
  const noise = fc.array(
    fc.constantFrom('{', '}', '"env"', ':', `"${NAME}"`, ',', '[', ']', '\\', '"', '\xff', '\0', '1'),
  );
  fc.assert(
    fc.property(noise, (pieces) => {
      const bytes = pieces.join('');
      const { spans, done } = edit(bytes);
      expect(spans.length > 0).toBe(done.length > 0);
    }),
  );
});

test('A file of five megabytes, of duplicates or of depth, is edited in one pass.', () => {
  const many = `{"env": {${`"${NAME}": "k", "A": [], `.repeat(150_000)}"B": 1}}`;
  const deep = `{"x": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}, "env": {"${NAME}": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}}`;
  const begun = performance.now();
  expect(edit(many).done).toHaveLength(150_000);
  expect(edit(deep).done).toHaveLength(1);
  // Some hundred milliseconds; what looks at everything again for each thing would take hours.
  expect(performance.now() - begun).toBeLessThan(20_000);
});
