import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONFLICTS } from './core/conflicts/index.ts';
import { SOURCE_IDS } from './core/source-id.ts';
import { SOURCES, WATCHED } from './core/sources/index.ts';

const ROOT = path.dirname(import.meta.dirname);

/** Our own source files below a folder, relative to the root; no tests, nor what only tests use. */
function sourceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name).replaceAll('\\', '/'))
    .filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('shared/testing/'),
    );
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
/** Without comments; good enough for our own style, in which no literal holds the start of one. */
const codeOf = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

const FILES = [...sourceFiles('shared'), ...sourceFiles('electron')];
const namesIn = (folder: string): readonly string[] =>
  FILES.filter((file) => path.posix.dirname(file) === folder).map((file) => path.posix.basename(file, '.ts'));

test('There is something to look at.', () => {
  expect(FILES.length).toBeGreaterThan(100);
});

describe('Every source', () => {
  const SHARED_BY_SOURCES = ['index', 'source-definition', 'steering'];

  test('has a file of its name in sources/, and no file is left over.', () => {
    const files = namesIn('shared/core/sources').filter((name) => !SHARED_BY_SOURCES.includes(name));
    expect([...files].sort()).toEqual([...SOURCE_IDS].sort());
  });

  test.each(SOURCE_IDS)('is registered under its id, and in the file of that name: %s', (id) => {
    expect(SOURCES[id].id).toBe(id);
    expect(read(`shared/core/sources/${id}.ts`)).toContain(`id: '${id}'`);
  });

  test('stands in docs/precedence.md.', () => {
    const page = read('docs/precedence.md');
    for (const { id, title } of Object.values(SOURCES)) {
      expect(page).toContain(`\`${id}\``);
      expect(page).toContain(title);
    }
  });

  test('has variables that no other has.', () => {
    const names = Object.values(SOURCES).flatMap(({ variables }) => variables.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test('has a rank that follows the documented order.', () => {
    const ranks = SOURCE_IDS.map((id) => SOURCES[id].rank);
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
  });
});

test('Every conflict has a file of its code, and no file is left over.', () => {
  const files = namesIn('shared/core/conflicts').filter((name) => name !== 'index');
  expect([...files].sort()).toEqual(Object.keys(CONFLICTS).sort());
});

test('Every conflict has a test beside it.', () => {
  const tests = readdirSync(path.join(ROOT, 'shared/core/conflicts')).filter((name) =>
    name.endsWith('.test.ts'),
  );
  for (const code of Object.keys(CONFLICTS)) expect(tests).toContain(`${code}.test.ts`);
});

test('Rows and gates are made in rules/ only.', () => {
  const makers = FILES.filter((file) => /readonly (?:Rule|Gate)\[\]\s*=/.test(codeOf(file)));
  expect(makers).toContain('shared/core/rules/table.ts');
  expect(makers.filter((file) => !file.startsWith('shared/core/rules/'))).toEqual([]);
});

describe('Names of variables', () => {
  /** Standard names that programs of all kinds read. */
  const EVERYBODYS = ['XDG_CONFIG_HOME'];
  const names = [...WATCHED.keys()].filter((name) => !EVERYBODYS.includes(name));
  const literal = new RegExp(`(['"\`])(?:${names.join('|')})\\1|\\.(?:${names.join('|')})\\b`, 'g');
  const mayName = (file: string): boolean => /^shared\/core\/(?:sources|rules)\//.test(file);

  test('are written in sources/ and nowhere else: the rest asks the registry.', () => {
    const found = FILES.filter((file) => !mayName(file)).flatMap((file) =>
      [...codeOf(file).matchAll(literal)].map(([text]) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  test('are found by this test where they are.', () => {
    expect(codeOf('shared/core/sources/api-key.ts').match(literal)).toContain("'ANTHROPIC_API_KEY'");
  });
});
