/** What `credence providers`, `login` and `logout` refuse of what is said about an organisation. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { providerEntry, providersText } from '../provider/lay-providers.ts';
import { providersHome } from '../provider/providers-home.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';

const homes = madeUpHomes();

describe('credence providers, login and logout', () => {
  test.each<readonly [string, readonly string[], number, RegExp]>([
    ['a name that nearly is one', ['providers', '--check', 'nortwind'], 2, /Did you mean “northwind”\?/],
    ['a name that is none', ['login', '--provider', 'zzzz'], 2, /There is no provider “zzzz”/],
    [
      'what may be a secret',
      ['login', '--provider', 'sk-ant-api03-secret'],
      2,
      /There is no provider of that name/,
    ],
    [
      'a provider with a flaw',
      ['login', '--provider', 'broken'],
      2,
      /providers\[1\]\.issuer in line 14 \(broken\).*https:/s,
    ],
    [
      'two wishes',
      ['providers', '--check', 'northwind', '--remove', 'northwind'],
      2,
      /Choose one: --check or --remove/,
    ],
    [
      'an option without its wish',
      ['providers', '--issuer', 'https://x.example'],
      2,
      /--issuer goes with --add/,
    ],
    ['half of a provider', ['providers', '--add', 'x', '--issuer', 'https://x.example'], 2, /--client-id/],
    [
      'a bad name',
      ['providers', '--add', 'X Y', '--issuer', 'https://x.example', '--client-id', 'c'],
      2,
      /small letters/,
    ],
    [
      'Anthropic',
      ['providers', '--add', 'x', '--issuer', 'https://claude.ai', '--client-id', 'c'],
      4,
      /credence login claude/,
    ],
    [
      'a name twice',
      ['providers', '--add', 'northwind', '--issuer', 'https://x.example', '--client-id', 'c'],
      4,
      /already/,
    ],
    [
      'device and no browser',
      ['login', '--provider', 'northwind', '--device', '--no-browser'],
      2,
      /Choose one/,
    ],
    ['a sign-out of nothing', ['logout', '--provider', 'nortwind'], 2, /Did you mean/],
  ])('refuses %s with a sentence.', async (_, args, exitCode, sentence) => {
    const said = providersHome(
      homes,
      providersText(providerEntry('northwind'), providerEntry('broken', { issuer: 'ftp://x' })),
    );
    const before = readFileSync(said.file, 'utf8');
    const answer = await said.ask(...args);
    expect(answer.exitCode).toBe(exitCode);
    expect(answer.stdout).toBe('');
    expect(flat(answer.stderr)).toMatch(sentence);
    expect(answer.stderr).not.toContain('sk-ant');
    expect(readFileSync(said.file, 'utf8')).toBe(before);
  });
});

test.each([
  ['There is no way “clade” to log in. Did you mean “claude”?', ['login', 'clade']],
  ['There is no way “laptop” to log in. Say how to log in: claude, console, sso,', ['login', 'laptop']],
  ['One way at a time. Say how to log in:', ['login', 'claude', 'sso']],
])('A login in no way that there is says which there are: %s', async (sentence, words) => {
  const { exitCode, stdout, stderr } = await providersHome(homes).ask(...words);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(flat(stderr)).toContain(sentence);
});

test('What looks like a secret in the place of a way to log in is not said again.', async () => {
  const { exitCode, stderr } = await providersHome(homes).ask('login', 'sk-ant-oat01-MADE-UP');
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain('MADE-UP');
});

test.each([
  ['login', ['claude a Claude subscription', '--provider NAME [--device | --no-browser]']],
  ['logout', ['credence logout --provider NAME [--anyway]', 'Exit codes']],
  ['providers', ['authorization, x-api-key or both', 'user (default), project or local']],
])('The help of %s says which words it takes, and what they mean.', async (command, parts) => {
  const { exitCode, stdout } = await providersHome(homes).ask(command, '--help');
  expect(exitCode).toBe(0);
  for (const part of parts) expect(flat(stdout)).toContain(part);
});

test.each([
  ['--device goes with --provider.', ['login', 'claude', '--device']],
  ['--no-browser goes with --provider.', ['login', '--no-browser']],
  ['--made-on goes with setup-token.', ['login', 'claude', '--made-on', '2026-01-01']],
  [
    '--email goes with claude, console or sso.',
    ['login', '--provider', 'northwind', '--email', 'p@n.example'],
  ],
  ['--anyway goes with --provider.', ['logout', '--anyway', '--yes']],
  ['--claude goes without --provider.', ['logout', '--provider', 'northwind', '--claude', '/opt/claude']],
])('An option that has no use is not passed over in silence: %s', async (sentence, words) => {
  const { exitCode, stdout, stderr } = await providersHome(homes).ask(...words);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(flat(stderr)).toContain(sentence);
});
