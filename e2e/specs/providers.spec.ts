import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { startProvider } from '../provider/start-provider.mjs';
import { schemaValidator } from '../schema/published-schemas.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

let base = '';
let credence: BuiltCommand;
let homes = 0;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-providers-')));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

interface Home {
  readonly folder: string;
  readonly file: string;
  readonly ask: (...args: readonly string[]) => Promise<CommandAnswer>;
  readonly json: (exitCode: number, ...args: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
}

function home(text?: string): Home {
  const folder = path.join(base, `home-${String(++homes)}`);
  const file = path.join(folder, '.config/credence/providers.json');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (text !== undefined) writeFileSync(file, text, { mode: 0o600 });
  const ask: Home['ask'] = (...args) => credence.ask(args, { folder, variables: { HOME: folder } });
  return {
    folder,
    file,
    ask,
    json: async (exitCode, ...args) => {
      const answer = await ask(...args, '--json');
      expect([answer.exitCode, answer.stderr]).toEqual([exitCode, '']);
      const said = JSON.parse(answer.stdout) as Readonly<Record<string, unknown>>;
      const schema = 'error' in said ? 'error' : 'providers';
      expect(published(schema, said)).toEqual([]);
      expect(closed(schema, said)).toEqual([]);
      return said;
    },
  };
}

const provider = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  name,
  issuer: `https://${name}.example`,
  clientId: 'credence',
  scopes: ['openid'],
  ...more,
});
const fileOf = (...providers: readonly unknown[]): string =>
  JSON.stringify({ schemaVersion: 1, providers }, null, 2);

describe('credence providers', () => {
  test('says what a provider is where there is none, with an example that works.', async () => {
    const empty = home();
    const { stdout, exitCode } = await empty.ask('providers');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('~/.config/credence/providers.json');
    expect(stdout).toContain('/etc/credence/providers.json');
    const example = /\n {2}\{\n[^]*?\n {2}\}\n/.exec(stdout)?.[0] ?? '';
    expect((await home(example).json(0, 'providers'))['providers']).toMatchObject([{ name: 'northwind' }]);
  });

  test('lists what can be used, and tells what is wrong with the line.', async () => {
    const said = home(
      fileOf(
        provider('one'),
        provider('two', { issuer: 'http://two.example' }),
        provider('three', { colour: 1 }),
      ),
    );
    expect(await said.json(0, 'providers')).toMatchObject({
      providers: [
        { name: 'one', from: 'user', signIn: null },
        { name: 'three', from: 'user' },
      ],
      files: [
        { from: 'managed', state: 'absent' },
        {
          from: 'user',
          path: said.file,
          flaws: [
            { where: 'providers[1].issuer', line: 14, name: 'two', code: 'not-https' },
            { where: 'providers[2].colour', line: 27, name: 'three', code: 'unknown-field' },
          ],
        },
      ],
    });
    const { stdout } = await said.ask('providers');
    expect(stdout).toContain('providers[1].issuer in line 14 (two)');
    expect(stdout).toContain('https://one.example');
  });

  test.each([
    ['not JSON', '{"schemaVersion": 1,\n', 'malformed'],
    ['of a newer kind', '{"schemaVersion": 2, "providers": []}', 'newer-version'],
  ])('neither reads nor touches a file that is %s.', async (_, text, code) => {
    const said = home(text);
    expect(await said.json(0, 'providers')).toMatchObject({
      providers: [],
      files: [{}, { flaws: [{ code }] }],
    });
    await said.json(4, 'providers', '--add', 'x', '--issuer', 'https://x.example', '--client-id', 'c');
    await said.json(4, 'providers', '--remove', 'x');
    expect(readFileSync(said.file, 'utf8')).toBe(text);
  });

  test('adds and removes one, and keeps all else as it is.', async () => {
    const before =
      '{ "schemaVersion":1, "later": [1 ],\n\t"providers": [\n\t\t{"name":"one","issuer":"https://one.example","clientId":"c","note":"mine"}\n\t] }\n';
    const said = home(before);
    const added = await said.json(
      0,
      ...[
        'providers',
        '--add',
        'two',
        '--issuer',
        'https://two.example/x',
        '--client-id',
        'c d',
        '--scopes',
        'openid offline_access',
      ],
      ...[
        '--resource',
        'urn:gw',
        '--redirect-path',
        '/back',
        '--device-flow',
        '--base-url',
        'https://gw.example',
        '--header',
        'x-api-key',
      ],
    );
    expect(added).toMatchObject({ changed: { kind: 'added', name: 'two', path: said.file } });
    expect(await said.json(0, 'providers')).toMatchObject({
      providers: [
        { name: 'one' },
        {
          name: 'two',
          issuer: 'https://two.example/x',
          clientId: 'c d',
          scopes: ['openid', 'offline_access'],
          resource: 'urn:gw',
          redirectPath: '/back',
          deviceFlow: true,
          baseUrl: 'https://gw.example',
          header: 'x-api-key',
        },
      ],
    });
    await said.json(0, 'providers', '--remove', 'two');
    expect(readFileSync(said.file, 'utf8')).toBe(before);
  });

  test('loses nothing when several are added at once.', async () => {
    const said = home();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(
      names.map((name) =>
        said.ask('providers', '--add', name, '--issuer', `https://${name}.example`, '--client-id', 'c'),
      ),
    );
    expect(answers.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(names.map(() => [0, '']));
    const { providers } = (await said.json(0, 'providers')) as {
      readonly providers: readonly { readonly name: string }[];
    };
    expect(providers.map(({ name }) => name).sort()).toEqual(names);
  });

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
    const said = home(fileOf(provider('northwind'), provider('broken', { issuer: 'ftp://x' })));
    const before = readFileSync(said.file, 'utf8');
    const answer = await said.ask(...args);
    expect(answer.exitCode).toBe(exitCode);
    expect(answer.stdout).toBe('');
    expect(answer.stderr.replace(/\s+/g, ' ')).toMatch(sentence);
    expect(answer.stderr).not.toContain('sk-ant');
    expect(readFileSync(said.file, 'utf8')).toBe(before);
  });
});

describe('credence providers --check', () => {
  test('asks a real provider, and says what it offers.', async () => {
    const lab = await startProvider();
    try {
      const said = home(
        fileOf(provider('lab', { issuer: lab.issuer, clientId: lab.clientId, deviceFlow: true })),
      );
      expect(await said.json(0, 'providers', '--check', 'lab')).toMatchObject({
        check: {
          ok: true,
          server: {
            issuer: lab.issuer,
            offersDevice: true,
            offersRevocation: true,
            offersS256: true,
            tellsIssuer: true,
          },
          failure: null,
        },
      });
      const { stdout } = await said.ask('providers', '--check', 'lab');
      expect(stdout).toContain('✓ It takes PKCE with S256.');
      expect(lab.counts()).toMatchObject({ discovery: 2, authorization: 0, token: 0 });
    } finally {
      await lab.close();
    }
  });

  test('says what is configured and not offered, and what is configured wrongly.', async () => {
    const lab = await startProvider({ deviceFlow: false, revocation: false });
    try {
      const said = home(
        fileOf(
          provider('lab', { issuer: lab.issuer, deviceFlow: true }),
          provider('slash', { issuer: `${lab.issuer}/` }),
          provider('gone', { issuer: 'http://127.0.0.1:9' }),
        ),
      );
      const check = await said.json(1, 'providers', '--check', 'lab');
      expect(check).toMatchObject({
        check: { ok: false, server: { offersDevice: false, offersRevocation: false } },
      });
      expect(await said.json(1, 'providers', '--check', 'slash')).toMatchObject({
        check: { ok: false, server: null, failure: { code: 'wrong-issuer' } },
      });
      expect(await said.json(1, 'providers', '--check', 'gone')).toMatchObject({
        check: { failure: { code: 'no-connection' } },
      });
    } finally {
      await lab.close();
    }
  });
});

describe('credence providers --use', () => {
  const gateway = { baseUrl: 'https://gw.example', header: 'authorization' };

  test('shows a plan, applies it, and is undone, with the plan’s own schema.', async () => {
    const said = home(fileOf(provider('northwind', gateway)));
    const settings = path.join(said.folder, '.claude/settings.json');
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, '{ "model": "opus" }\n');
    const asPlan = async (
      exitCode: number,
      ...args: readonly string[]
    ): Promise<Readonly<Record<string, unknown>>> => {
      const answer = await said.ask(...args, '--json');
      expect([answer.exitCode, answer.stderr]).toEqual([exitCode, '']);
      const plan = JSON.parse(answer.stdout) as Readonly<Record<string, unknown>>;
      expect(published('clear', plan)).toEqual([]);
      expect(closed('clear', plan)).toEqual([]);
      return plan;
    };

    const plan = await asPlan(4, 'providers', '--use', 'northwind');
    expect(plan).toMatchObject({
      applied: false,
      goal: { kind: 'use-provider', provider: 'northwind', scope: 'user', baseUrl: 'https://gw.example' },
      then: [{ mode: 'interactive' }, { sends: { authorization: { source: 'api-key-helper' } } }, {}],
    });
    expect(readFileSync(settings, 'utf8')).toBe('{ "model": "opus" }\n');

    const applied = await asPlan(0, 'providers', '--use', 'northwind', '--apply');
    expect(applied).toMatchObject({ applied: true, planId: plan['planId'] });
    const written = JSON.parse(readFileSync(settings, 'utf8')) as Readonly<Record<string, unknown>>;
    expect(written).toEqual({
      model: 'opus',
      env: { ANTHROPIC_BASE_URL: 'https://gw.example' },
      apiKeyHelper: `${credence.file} token --provider northwind`,
    });

    const changes = await said.ask('changes');
    expect(changes.stdout).toContain('let Claude Code ask for the token of an');
    await asPlan(0, 'clear', '--undo', String(applied['changeId']));
    expect(readFileSync(settings, 'utf8')).toBe('{ "model": "opus" }\n');
  });

  test('asks in sentences, and does nothing where there is nobody to ask.', async () => {
    const said = home(fileOf(provider('northwind', gateway)));
    mkdirSync(path.join(said.folder, '.claude'));
    const { stdout, exitCode } = await said.ask('providers', '--use', 'northwind', '--scope', 'local');
    expect(exitCode).toBe(4);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('You are not signed in to northwind');
    expect(text).toContain('sends what it prints in both headers');
    expect(text).toContain('wants it in Authorization alone');
    expect(text).toContain('trust the folder');
    expect(text).toContain('Nothing was changed. Add --apply to do it.');
  });
});

describe('A providers.json that nothing can be used of', () => {
  test.each([
    ['is cut short', '{"schemaVersion":1,\n"providers":[{', 'line 2: This is not JSON from here on'],
    [
      'comes from a newer Credence',
      '{"schemaVersion":99,"providers":[]}',
      'A newer Credence wrote this file',
    ],
    ['is too long', ' '.repeat(300_000), 'cannot be read'],
  ])('is told of before anything else: one that %s.', async (_, text, sentence) => {
    const { ask, file } = home();
    writeFileSync(file, text);
    const listed = await ask('providers');
    expect(listed.stdout).toMatch(/^No provider can be used, because of this:/);
    expect(listed.stdout).not.toContain('northwind');
    const login = await ask('login', '--provider', 'northwind');
    expect(login.exitCode).toBe(2);
    expect(login.stderr.replace(/\s+/g, ' ')).toContain(sentence);
  });
});

test.each([
  ['There is no way “clade” to log in. Did you mean “claude”?', ['login', 'clade']],
  ['There is no way “laptop” to log in. Say how to log in: claude, console, sso,', ['login', 'laptop']],
  ['One way at a time. Say how to log in:', ['login', 'claude', 'sso']],
])('A login in no way that there is says which there are: %s', async (sentence, words) => {
  const { exitCode, stdout, stderr } = await home().ask(...words);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.replace(/\s+/g, ' ')).toContain(sentence);
});

test('What looks like a secret in the place of a way to log in is not said again.', async () => {
  const { exitCode, stderr } = await home().ask('login', 'sk-ant-oat01-MADE-UP');
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain('MADE-UP');
});

test.each([
  ['login', ['claude a Claude subscription', '--provider NAME [--device | --no-browser]']],
  ['logout', ['credence logout --provider NAME [--anyway]', 'Exit codes']],
  ['providers', ['authorization, x-api-key or both', 'user (default), project or local']],
])('The help of %s says which words it takes, and what they mean.', async (command, parts) => {
  const { exitCode, stdout } = await home().ask(command, '--help');
  expect(exitCode).toBe(0);
  for (const part of parts) expect(stdout.replace(/\s+/g, ' ')).toContain(part);
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
  const { exitCode, stdout, stderr } = await home().ask(...words);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.replace(/\s+/g, ' ')).toContain(sentence);
});
