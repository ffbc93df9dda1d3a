import { expect, test } from 'vitest';
import { organisationOfHelper } from './organisation-of-helper.ts';

test.each([
  ['credence token --provider northwind', 'northwind'],
  ['credence token --provider=northwind', 'northwind'],
  ['/usr/local/bin/credence token --provider north-wind-2 ', 'north-wind-2'],
  ["'/opt/my tools/credence' 'token' '--provider' 'northwind'", 'northwind'],
  ['node /opt/credence/out/cli/credence.cjs token --provider northwind', 'northwind'],
  ['"C:\\Program Files\\credence.cmd" token --provider northwind', 'northwind'],
  ['FOO=1 credence token --provider northwind', 'northwind'],
  ['credence secret ANTHROPIC_API_KEY', null],
  ['credence token', null],
  ['credence token --provider', null],
  ['credence token --provider Northwind', null],
  ['credence token --provider northwind | tr -d x', null],
  ['credence token --provider northwind; other', null],
  ['mycredence token --provider northwind', null],
  ['other token --provider northwind', null],
  ['', null],
])('%s prints the token of %s.', (command, provider) => {
  expect(organisationOfHelper(command)).toBe(provider);
});

test('A long command is looked at in no time.', () => {
  expect(organisationOfHelper(`credence${' '.repeat(100_000)}x`)).toBe(null);
  expect(organisationOfHelper('credence token '.repeat(20_000))).toBe(null);
});
