/** `credence providers`: what stands in providers.json, what is wrong there, and how it is changed. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { providerEntry, providersText } from '../provider/lay-providers.ts';
import { providersHome } from '../provider/providers-home.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';

const homes = madeUpHomes();

describe('credence providers', () => {
  test('says what a provider is where there is none, with an example that works.', async () => {
    const empty = providersHome(homes);
    const { stdout, exitCode } = await empty.ask('providers');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('~/.config/credence/providers.json');
    expect(stdout).toContain('/etc/credence/providers.json');
    const example = /\n {2}\{\n[^]*?\n {2}\}\n/.exec(stdout)?.[0] ?? '';
    expect((await providersHome(homes, example).json(0, 'providers'))['providers']).toMatchObject([
      { name: 'northwind' },
    ]);
  });

  test('lists what can be used, and tells what is wrong with the line.', async () => {
    const said = providersHome(
      homes,
      providersText(
        providerEntry('one'),
        providerEntry('two', { issuer: 'http://two.example' }),
        providerEntry('three', { colour: 1 }),
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
    const said = providersHome(homes, text);
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
    const said = providersHome(homes, before);
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
    const said = providersHome(homes);
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
    const { ask } = providersHome(homes, text);
    const listed = await ask('providers');
    expect(listed.stdout).toMatch(/^No provider can be used, because of this:/);
    expect(listed.stdout).not.toContain('northwind');
    const login = await ask('login', '--provider', 'northwind');
    expect(login.exitCode).toBe(2);
    expect(flat(login.stderr)).toContain(sentence);
  });
});
