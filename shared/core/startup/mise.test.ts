import { describe, expect, test } from 'vitest';
import { readMiseEnv } from './mise.ts';

const wanted = (name: string): boolean => /^(?:KEY|URL)$/.test(name);

function summary(text: string): readonly string[] {
  return readMiseEnv(text, wanted).assignments.map(({ line, name, value, kind, certainty }) =>
    [line, kind, value === null ? name : `${name}=${JSON.stringify(value)}`, certainty].join(' '),
  );
}

describe('variables', () => {
  test.each([
    ['of the table', '[env]\nKEY = "a\\tb"', '2 set KEY="a\\tb" literal'],
    ['of an array of tables', "[[env]]\nKEY = 'a\\b'", '2 set KEY="a\\\\b" literal'],
    ['with dotted keys', 'env.KEY = "a"', '1 set KEY="a" literal'],
    ['of an inline table', 'env = { URL2 = "b", KEY = "a" }', '1 set KEY="a" literal'],
    ['with options', '[env]\nKEY = { value = "a", redact = true }', '2 set KEY="a" literal'],
    ['of a table of their own', '[env.KEY]\nvalue = "a"', '2 set KEY="a" literal'],
    ['that are numbers', '[env]\nKEY = 1', '2 set KEY="1" literal'],
    ['in long strings', '[env]\nKEY = """\na\nb"""', '2 set KEY="a\\nb" literal'],
    ['that are removed', '[env]\nKEY = false', '2 unset KEY literal'],
    ['that are templates', '[env]\nKEY = "{{ env.X }}"', '2 set KEY computed'],
    ['that may be expanded', '[env]\nKEY = "$X"', '2 set KEY computed'],
    ['that are encrypted', '[env]\nKEY = { age = "x" }', '2 set KEY computed'],
    ['that are defaults', '[env]\nKEY = { default = "a" }', '2 set KEY="a" conditional'],
    ['of a file with an error', '[env]\nKEY = "a"\nURL = "b', '2 set KEY="a" conditional'],
    [
      'behind comments and lists',
      '# [env]\n[tools]\nnode = [\n "1", # KEY = "x"\n]\n[env] # x\n"KEY" = "a" # x',
      '7 set KEY="a" literal',
    ],
  ])('%s', (_, text, line) => {
    expect(summary(text)).toEqual([line]);
  });

  test.each([
    '[tasks.x]\nenv = { KEY = "a" }',
    '[tasks.x.env]\nKEY = "a"',
    'KEY = "a"',
    '[env]\nKEY = { required = true }',
    '[env]\n# KEY = "a"',
  ])('of %j are none', (text) => {
    expect(summary(text)).toEqual([]);
  });
});

test.each([
  ['[env]\n_.file = ".env"', ['.env'], 'dotenv'],
  ['[env]\n_.file = [".env", { path = "~/x", redact = true }]', ['.env', '~/x'], 'dotenv'],
  ['[env._]\nfile = { path = ".env" }', ['.env'], 'dotenv'],
  ['env._.file = "{{ config_root }}/.env"', [null], 'dotenv'],
  ['[env]\n_ = { source = "./x.sh" }', ['./x.sh'], 'shell'],
  ['[env]\n_.path = "./bin"', [], 'dotenv'],
])('files read by %j', (text, paths, syntax) => {
  const { sources } = readMiseEnv(text, wanted);
  expect(sources.map(({ path }) => path)).toEqual(paths);
  expect(sources.every((source) => source.syntax === syntax)).toBe(true);
});
