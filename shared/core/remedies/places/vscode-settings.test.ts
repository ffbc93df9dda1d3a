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
import { applySpans, type EditRequest } from '../text-edit.ts';
import { editVscodeSettings } from './vscode-settings.ts';

const NAME = 'ANTHROPIC_API_KEY';
const PREFIX = '// credence 7f3a: ';
const EXTENSION = 'claudeCode.environmentVariables';
const LINUX = 'terminal.integrated.env.linux';

const asked = (kind: 'remove' | 'comment-out', names: readonly string[] = [NAME]): EditRequest => ({
  names,
  how: { kind },
  marker: '7f3a',
});
const edited = (bytes: string, request: EditRequest): string =>
  applySpans(bytes, editVscodeSettings(bytes, request).spans);

/** A list for the extension, and the same for a terminal, with `#` before what is asked for. */
const KEPT = '// keep, this\n';
test.each([
  [
    'a line of a terminal',
    `{ ${KEPT}"${LINUX}": {\n  "${NAME}": "k", // mine\n  "B": "b",\n}}`,
    `{ ${KEPT}"${LINUX}": {\n  // mine\n  "B": "b",\n}}`,
    `{ ${KEPT}"${LINUX}": {\n  ${PREFIX}"${NAME}": "k", // mine\n  "B": "b",\n}}`,
  ],
  [
    'the last line, with a comma behind it',
    `{"${LINUX}": {\n  "B": "b",\n  "${NAME}": "k",\n}}`,
    `{"${LINUX}": {\n  "B": "b",\n}}`,
    `{"${LINUX}": {\n  "B": "b",\n  ${PREFIX}"${NAME}": "k",\n}}`,
  ],
  [
    'the last line, without a comma',
    `{"${LINUX}": {\r\n  "B": "b", // x\r\n  "${NAME}": "k"\r\n}}`,
    `{"${LINUX}": {\r\n  "B": "b" // x\r\n}}`,
    `{"${LINUX}": {\r\n  "B": "b" // x\r\n  ${PREFIX}"${NAME}": "k"\r\n}}`,
  ],
  [
    'an entry of several lines',
    `{"${EXTENSION}": [\n\t{\n\t\t"name": "${NAME}",\n\n\t\t"value": "k" /* } */\n\t},\n\t{ "name": "B", "value": "b" }\n]}`,
    `{"${EXTENSION}": [\n\t{ "name": "B", "value": "b" }\n]}`,
    `{"${EXTENSION}": [\n\t${PREFIX}{\n\t\t${PREFIX}"name": "${NAME}",\n\n\t\t${PREFIX}"value": "k" /* } */\n\t${PREFIX}},\n\t{ "name": "B", "value": "b" }\n]}`,
  ],
  [
    'an entry on the line of its list',
    `{"${EXTENSION}": [{"name": "${NAME}"}]}`,
    `{"${EXTENSION}": []}`,
    null,
  ],
  [
    'one of two on a line',
    `{"${LINUX}": {\n"${NAME}": "k", "B": "b"\n}}`,
    `{"${LINUX}": {\n"B": "b"\n}}`,
    null,
  ],
  [
    'what has a comment before its comma',
    `{"${LINUX}": {\n"${NAME}": "k" /* x */,\n"B": 1}}`,
    `{"${LINUX}": {\n /* x */\n"B": 1}}`,
    null,
  ],
  [
    'what has its comma on the next line',
    `{"${LINUX}": {\n"${NAME}": "k"\n,"B": 1}}`,
    `{"${LINUX}": {\n\n"B": 1}}`,
    null,
  ],
  [
    'what a longer comment begins behind',
    `{"${LINUX}": {\n"${NAME}": "k", /*\n*/"B": 1}}`,
    `{"${LINUX}": {\n/*\n*/"B": 1}}`,
    null,
  ],
  [
    'what holds a line end of Unicode',
    `{"${LINUX}": {\n"${NAME}": "\xe2\x80\xa8",\n"B": 1}}`,
    `{"${LINUX}": {\n"B": 1}}`,
    null,
  ],
])('Taken out: %s.', (_, before, removed, commentedOut) => {
  expect(edited(before, asked('remove'))).toBe(removed);
  expect(edited(before, asked('comment-out'))).toBe(commentedOut ?? removed);
  expect(editVscodeSettings(before, asked('comment-out')).done.map(({ action }) => action)).toEqual([
    commentedOut === null ? 'removed' : 'commented-out',
  ]);
  for (const after of [removed, commentedOut ?? removed]) {
    expect(readModel(after)).not.toBe(null);
    expect(edited(after, asked('comment-out'))).toBe(after);
  }
});

test('Every entry is told with its line and with the value that the editor would pass on.', () => {
  const bytes = `// x\n{"${EXTENSION}": [\n{"name": "${NAME}", "value": "a", "value": "k\\u20ac"}, {"name": "${NAME}"},\n{"name": "x", "name": "\\u0041NTHROPIC_API_KEY", "value": 7}],\n"terminal.integrated.env.osx": {"${NAME}": null}, "terminal.integrated.env.windows": {"${NAME}": "w"}}`;
  const { done } = editVscodeSettings(bytes, asked('remove'));
  expect(done.map(({ line, value }) => [line, value])).toEqual([
    [3, 'k\xe2\x82\xac'],
    [3, null],
    [4, null],
    [5, null],
    [5, 'w'],
  ]);
});

test.each([
  ['in another setting', `{"some.env": {"${NAME}": "k"}, "${NAME}": 1}`],
  ['as a value', `{"${LINUX}": {"A": "${NAME}"}, "${EXTENSION}": [{"name": "A", "value": "${NAME}"}]}`],
  ['as a name that does not count', `{"${EXTENSION}": [{"name": "${NAME}", "name": "A"}]}`],
  ['in a comment', `{"${LINUX}": { // "${NAME}": "k"\n }}`],
  ['where something else is expected', `{"${LINUX}": [{"name": "${NAME}"}], "${EXTENSION}": {"${NAME}": 1}}`],
  ['in lists in the list', `{"${EXTENSION}": [["${NAME}"], "${NAME}", [{"name": "${NAME}"}]]}`],
])('The name %s is nothing to this place.', (_, bytes) => {
  expect(editVscodeSettings(bytes, asked('remove'))).toEqual({ spans: [], done: [], left: [] });
});

test.each([
  ['has a member without a comma', `{"${LINUX}": {"${NAME}": "k"} "x": 1}`],
  ['has a comment without an end', `{"${LINUX}": {"${NAME}": "k"}} /*`],
  [
    'has a comment that not all readers end at the same place',
    `{ // \xe2\x80\xa9 {\n"${LINUX}": {"${NAME}": "k"}}`,
  ],
  ['nests without an end', `{"${EXTENSION}": "${NAME}", "x": ${'['.repeat(100_000)}`],
])('A file that %s is left.', (_, bytes) => {
  const { spans, left } = editVscodeSettings(bytes, asked('remove'));
  expect([spans, left.map(({ why }) => why)]).toEqual([[], ['malformed']]);
});

const NAMES = [NAME, 'ANTHROPIC_AUTH_TOKEN'];
const anyName = fc.constantFrom(...NAMES, 'OTHER', 'é');
const value = fc.oneof({ weight: 3, arbitrary: fc.string().map(text) }, anyModel([NAME, 'name']));
const entry = objectOf(
  fc.oneof(
    fc.tuple(fc.constant('name'), anyName.map(text)),
    fc.tuple(fc.constantFrom('value', 'note'), value),
  ),
  4,
);
const list = fc
  .array(fc.oneof({ weight: 5, arbitrary: entry }, value), { maxLength: 5 })
  .map((elements): Model => ({ kind: 'array', elements }));
const settings = objectOf(
  fc.oneof(
    fc.tuple(fc.constant(EXTENSION), fc.oneof({ weight: 6, arbitrary: list }, value)),
    fc.tuple(
      fc.constantFrom(LINUX, 'terminal.integrated.env.osx', 'terminal.integrated.env.windows'),
      fc.oneof({ weight: 6, arbitrary: objectOf(fc.tuple(anyName, value)) }, value),
    ),
    fc.tuple(fc.constantFrom('editor.fontSize', NAME, 'env'), value),
  ),
);
const written = fc
  .tuple(settings, anySpelling('jsonc'))
  .map(([model, spelling]) => ({ model, bytes: spell(model, spelling) }));
const inLines = fc
  .tuple(settings, fc.constantFrom('  ', '\t'), fc.constantFrom('\n', '\r\n'))
  .map(([model, indent, newline]) => ({ model, bytes: lined(model, indent, newline) }));
const wanted = fc.subarray(NAMES, { minLength: 1 });

function nameOf(element: Model): string | null {
  const name =
    element.kind === 'object' ? element.members.findLast(([member]) => member === 'name')?.[1] : undefined;
  return name?.kind === 'scalar' && name.spelled.startsWith('"')
    ? (JSON.parse(name.spelled) as string)
    : null;
}

function without(model: Model & { kind: 'object' }, names: readonly string[]): Model {
  const members = model.members.map(([key, member]): readonly [string, Model] => {
    if (key === EXTENSION && member.kind === 'array')
      return [
        key,
        {
          kind: 'array',
          elements: member.elements.filter((element) => !names.includes(nameOf(element) ?? '')),
        },
      ];
    if (key.startsWith('terminal.') && member.kind === 'object')
      return [key, { kind: 'object', members: member.members.filter(([name]) => !names.includes(name)) }];
    return [key, member];
  });
  return { kind: 'object', members };
}

const PLAIN = { blanks: [''], escapes: [false], trailing: [false], byteOrderMark: false };

test('Whatever the file is like, exactly the entries asked for are gone, and everything else reads as before.', () => {
  fc.assert(
    fc.property(
      fc.oneof(written, inLines),
      wanted,
      fc.constantFrom('remove', 'comment-out'),
      ({ model, bytes }, names, kind) => {
        const { spans, left } = editVscodeSettings(bytes, asked(kind, names));
        const after = applySpans(bytes, spans);
        expect(readModel(after)).toEqual(readModel(spell(without(model, names), PLAIN)));
        expect(left).toEqual([]);
        expect(edited(after, asked(kind, names))).toBe(after);
      },
    ),
  );
});

test('Of what is removed, comments outside it stay, and no other token goes.', () => {
  fc.assert(
    fc.property(written, wanted, ({ bytes }, names) => {
      const { spans } = editVscodeSettings(bytes, asked('remove', names));
      const cut = spans.map(({ start, end }) => bytes.slice(start, end)).join('\n');
      const left = tokensOf(applySpans(bytes, spans));
      expect([...left, ...tokensOf(cut)].toSorted()).toEqual(tokensOf(bytes).toSorted());
    }),
  );
});

test('What is commented out is all there still: without the comment signs the file is the old one, but for commas.', () => {
  fc.assert(
    fc.property(inLines, wanted, ({ bytes }, names) => {
      const { spans, done } = editVscodeSettings(bytes, asked('comment-out', names));
      expect(done.every(({ action }) => action === 'commented-out')).toBe(true);
      const back = applySpans(bytes, spans).replaceAll(PREFIX, '');
      expect(back.replaceAll(',', '')).toBe(bytes.replaceAll(',', ''));
    }),
  );
});
