import { expect, test } from 'vitest';
import { readEnvrc } from './envrc.ts';

test('a .envrc is bash', () => {
  expect(
    readEnvrc('use nix\nexport KEY="a" # x\nunset OTHER', (name) => name === 'KEY').assignments,
  ).toMatchObject([{ name: 'KEY', value: 'a', line: 2, exported: true, certainty: 'literal' }]);
});

test.each([
  ['dotenv', '.env', 'dotenv', false],
  ['dotenv .env.local', '.env.local', 'dotenv', false],
  ['dotenv_if_exists', '.env', 'dotenv', true],
  ['[ -f x ] && dotenv x', 'x', 'dotenv', true],
  ['source_env ../.envrc', '../.envrc', 'same', false],
  ['source_env ..', '../.envrc', 'same', false],
  ['source_env_if_exists .envrc.private', '.envrc.private', 'same', true],
  ['source "$HOME/x.sh"', '$HOME/x.sh', 'shell', false],
])('%s reads another file', (text, path, syntax, conditional) => {
  expect(readEnvrc(text, () => true).sources).toMatchObject([{ line: 1, path, syntax, conditional }]);
});
