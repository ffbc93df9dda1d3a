import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProviderSettings } from './edit-providers.ts';
import { editProviders } from './edit-providers.ts';
import { HARMLESS_FLAWS, parseProviders, type ProvidersRead } from './providers-file.ts';

const ONE = {
  name: 'northwind',
  issuer: 'https://login.northwind.example',
  clientId: 'credence',
  scopes: ['openid'],
};
const file = (...providers: readonly unknown[]): string =>
  JSON.stringify({ schemaVersion: 1, providers }, null, 2);
const read = (text: string): ProvidersRead => parseProviders(text, 'user');
const told = (text: string): readonly string[] =>
  read(text).flaws.map(({ where, line, code }) => `${where}:${String(line)} ${code}`);

describe('providers.json', () => {
  test('is read with everything that it may say.', () => {
    const whole = {
      ...ONE,
      resource: 'https://gateway.northwind.example/v1?x=1',
      redirectPath: '/oauth/back',
      deviceFlow: true,
      baseUrl: 'https://gateway.northwind.example/anthropic',
      header: 'x-api-key',
    };
    expect(read(file(whole))).toEqual({ providers: [{ ...whole, from: 'user' }], flaws: [] });
  });

  test('need not say what goes without saying.', () => {
    const { name, issuer, clientId } = ONE;
    expect(read(`\ufeff${file({ name, issuer, clientId })}`).providers).toEqual([
      {
        name,
        issuer,
        clientId,
        scopes: [],
        resource: null,
        redirectPath: '/callback',
        deviceFlow: false,
        baseUrl: null,
        header: 'both',
        from: 'user',
      },
    ]);
  });

  test.each([
    'https://a.example',
    'https://a.example/',
    'https://A.example:8443/realms/One/',
    'http://127.0.0.1:8080',
    'http://[::1]:8080/x',
    'https://xn--bcher-kva.example',
    'https://10.0.0.1/x',
  ])('takes the issuer %s.', (issuer) => {
    expect(read(file({ ...ONE, issuer })).providers).toHaveLength(1);
  });

  test.each([
    ['issuer', 'http://a.example', 'not-https'],
    ['issuer', 'http://localhost:8080', 'not-https'],
    ['issuer', 'http://127.0.0.1.evil.example', 'not-https'],
    ['issuer', 'https://a.example?x=1', 'address-with-more'],
    ['issuer', 'https://a.example/#x', 'address-with-more'],
    ['issuer', 'https://me@a.example', 'address-with-more'],
    ['issuer', 'https://me:secret@a.example/x', 'address-with-more'],
    ['issuer', 'HTTPS://a.example', 'not-an-address'],
    ['issuer', 'ftp://a.example', 'not-an-address'],
    ['issuer', 'a.example', 'not-an-address'],
    ['issuer', 'https://a.example:99999', 'not-an-address'],
    ['issuer', 'https://a.example:0', 'not-an-address'],
    ['issuer', 'https://a..example', 'not-an-address'],
    ['issuer', 'https://a.example/%zz', 'not-an-address'],
    ['issuer', 'https://a.example\\@b.example', 'address-with-more'],
    ['issuer', 'https://a.example\\b', 'not-an-address'],
    ['issuer', 'https://a.example/\n', 'not-an-address'],
    ['issuer', ' https://a.example', 'not-an-address'],
    ['issuer', 'https://claude。ai', 'not-an-address'],
    ['issuer', `https://a.example/${'x'.repeat(3000)}`, 'not-an-address'],
    ['issuer', '', 'not-an-address'],
    ['issuer', 7, 'wrong-type'],
    ['issuer', 'https://claude.ai', 'not-here'],
    ['issuer', 'https://console.ANTHROPIC.com/x', 'not-here'],
    ['issuer', 'https://platform.claude.com.:443', 'not-here'],
    ['name', 'Northwind', 'bad-name'],
    ['name', '-a', 'bad-name'],
    ['name', '', 'bad-name'],
    ['name', 'a b', 'bad-name'],
    ['name', 'a'.repeat(41), 'bad-name'],
    ['name', '../x', 'bad-name'],
    ['name', null, 'wrong-type'],
    ['clientId', '', 'bad-client-id'],
    ['clientId', 'a\u0000', 'bad-client-id'],
    ['clientId', 7, 'wrong-type'],
    ['scopes', 'openid', 'wrong-type'],
    ['scopes', [1], 'wrong-type'],
    ['scopes', ['a b'], 'bad-scope'],
    ['scopes', [''], 'bad-scope'],
    ['scopes', ['a', 'a'], 'bad-scope'],
    ['resource', 'not a uri', 'bad-resource'],
    ['resource', 'https://a.example/#x', 'bad-resource'],
    ['redirectPath', 'callback', 'bad-path'],
    ['redirectPath', '//a', 'bad-path'],
    ['redirectPath', '/a/../b', 'bad-path'],
    ['redirectPath', '/a?b', 'bad-path'],
    ['redirectPath', '/a#b', 'bad-path'],
    ['redirectPath', '/a b', 'bad-path'],
    ['deviceFlow', 'yes', 'wrong-type'],
    ['baseUrl', 'http://a.example', 'not-https'],
    ['baseUrl', 'https://a.example/?x', 'address-with-more'],
    ['header', 'cookie', 'bad-header'],
    ['header', 1, 'wrong-type'],
  ])('leaves out a provider whose %s is %j, and says %s with the line.', (field, value, code) => {
    const text = file(ONE, { ...ONE, name: 'other', issuer: 'https://b.example', [field]: value });
    expect(read(text).providers.map(({ name }) => name)).toEqual(['northwind']);
    const line = text.split('\n').findLastIndex((one) => one.includes(`"${field}"`)) + 1;
    expect(told(text)).toEqual([`providers[1].${field}:${String(line)} ${code}`]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['is not JSON', '{\n  "schemaVersion": 1,\n  "providers": [,]\n}', [':3 malformed']],
    ['has comments', '{\n  // mine\n}', [':2 malformed']],
    ['ends too soon', '{\n  "schemaVersion": 1,\n', [':3 malformed']],
    ['is a list', '[]', [':1 no-providers']],
    ['has no version', '{"providers": []}', ['schemaVersion:1 no-providers']],
    ['has an odd version', '{"schemaVersion": "1", "providers": []}', ['schemaVersion:1 no-providers']],
    ['has no list', '{\n"schemaVersion": 1}', ['providers:1 no-providers']],
    ['has another list', '{"schemaVersion": 1,\n"providers": {}}', ['providers:2 no-providers']],
    ['has two lists', '{"schemaVersion": 1,"providers": [],\n"providers": []}', ['providers:1 no-providers']],
    ['is of a newer kind', '{\n"schemaVersion": 2, "providers": "?"}', ['schemaVersion:2 newer-version']],
    ['is very long', ' '.repeat(300_000), [':null too-large']],
  ])('gives nothing when it %s.', (_, text, flaws) => {
    expect(told(text)).toEqual(flaws);
    expect(read(text).providers).toEqual([]);
    expect(editProviders(text, { kind: 'add', provider: settings('x') })).toMatchObject(
      text.trim() === '' ? { ok: true } : { ok: false, why: 'file' },
    );
  });

  test('says what is missing, there twice, or not known, and uses what is only not known.', () => {
    const text = `{"schemaVersion": 1, "note": "x", "providers": [
      {"name": "a", "issuer": "https://a.example", "clientId": "c", "colour": "red", "sk-ant-api03-x y": 1},
      {"name": "a", "issuer": "https://b.example", "clientId": "c"},
      {"name": "b", "issuer": "https://b.example", "issuer": "https://c.example", "clientId": "c"},
      {"name": "c"},
      7
    ]}`;
    expect(told(text)).toEqual([
      'note:1 unknown-field',
      'providers[0].colour:2 unknown-field',
      'providers[0].?:2 unknown-field',
      'providers[1].name:3 twice',
      'providers[2].issuer:4 twice',
      'providers[3].issuer:5 missing',
      'providers[3].clientId:5 missing',
      'providers[4]:6 not-an-object',
    ]);
    expect(read(text).providers.map(({ name, issuer }) => `${name} ${issuer}`)).toEqual([
      'a https://a.example',
    ]);
  });

  test('takes no names from what every object has.', () => {
    const text =
      '{"schemaVersion":1,"providers":[{"__proto__":{"name":"x"},"constructor":1,"name":"a","issuer":"https://a.example","clientId":"c"}]}';
    expect(read(text).providers.map(({ name }) => name)).toEqual(['a']);
  });

  test('is read up to a hundred providers, and in a moment whatever it is.', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ ...ONE, name: `p${String(index)}` }));
    expect(read(file(...many)).providers).toHaveLength(100);
    expect(told(`{"schemaVersion":1,"providers":${'['.repeat(100_000)}`)).toEqual([':1 malformed']);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { providers, flaws } = read(text);
        expect(providers.length === 0 ? flaws.length : 1).toBeGreaterThan(0);
      }),
    );
  });
});

function settings(name: string, more: Partial<ProviderSettings> = {}): ProviderSettings {
  return {
    name,
    issuer: 'https://login.northwind.example',
    clientId: 'credence',
    scopes: [],
    resource: null,
    redirectPath: '/callback',
    deviceFlow: false,
    baseUrl: null,
    header: 'both',
    ...more,
  };
}

describe('Editing providers.json', () => {
  test('makes a file that a person can read.', () => {
    const made = editProviders(null, {
      kind: 'add',
      provider: settings('a', { scopes: ['openid', 'email'], deviceFlow: true }),
    });
    expect(made.ok && made.text).toBe(`{
  "schemaVersion": 1,
  "providers": [
    {
      "name": "a",
      "issuer": "https://login.northwind.example",
      "clientId": "credence",
      "scopes": ["openid", "email"],
      "deviceFlow": true,
      "header": "both"
    }
  ]
}
`);
  });

  test('keeps all else byte for byte, and what is not known of the provider itself.', () => {
    const text =
      '{"x" :  [1 ,2],\r\n\t"schemaVersion":1,"providers":[\r\n\t{"colour":{"é": 1.0e0},"name":"a","issuer":"https://a.example","clientId":"c","resource":"urn:x"} ,\r\n\t{"name":"b"}]}';
    const replaced = editProviders(text, { kind: 'replace', name: 'a', provider: settings('a2') });
    expect(replaced.ok && replaced.text).toBe(
      '{"x" :  [1 ,2],\r\n\t"schemaVersion":1,"providers":[\r\n\t{\r\n\t  "colour":{"é": 1.0e0},\r\n\t  "name": "a2",\r\n\t  "issuer": "https://login.northwind.example",\r\n\t  "clientId": "credence",\r\n\t  "scopes": [],\r\n\t  "header": "both"\r\n\t} ,\r\n\t{"name":"b"}]}',
    );
    const removed = editProviders(text, { kind: 'remove', name: 'a' });
    expect(removed.ok && removed.text).toContain('"x" :  [1 ,2],\r\n\t"schemaVersion":1,"providers":[');
    expect(removed.ok && read(removed.text).flaws.map(({ where }) => where)).toContain('providers[0].issuer');
  });

  test.each<readonly [string, Parameters<typeof editProviders>[1], Readonly<Record<string, unknown>>]>([
    ['a name that is there', { kind: 'add', provider: settings('northwind') }, { why: 'exists' }],
    ['a name that is not there', { kind: 'remove', name: 'x' }, { why: 'not-there' }],
    [
      'a replacement for nothing',
      { kind: 'replace', name: 'x', provider: settings('x') },
      { why: 'not-there' },
    ],
    [
      'another’s name',
      { kind: 'replace', name: 'other', provider: settings('northwind') },
      { why: 'exists' },
    ],
    ['one of two', { kind: 'replace', name: 'twice', provider: settings('twice') }, { why: 'several' }],
    [
      'a bad address',
      { kind: 'add', provider: settings('x', { issuer: 'http://x' }) },
      { why: 'field', field: 'issuer', code: 'not-https' },
    ],
    [
      'Anthropic',
      { kind: 'add', provider: settings('x', { issuer: 'https://claude.ai' }) },
      { why: 'field', code: 'not-here' },
    ],
  ])('refuses %s.', (_, edit, refusal) => {
    const text = file(ONE, { ...ONE, name: 'other' }, { ...ONE, name: 'twice' }, { ...ONE, name: 'twice' });
    expect(editProviders(text, edit)).toMatchObject({ ok: false, ...refusal });
  });

  const names = fc.constantFrom('a', 'b', 'c', 'd');
  const provider = fc.record({
    name: names,
    issuer: fc.constantFrom('https://a.example', 'http://127.0.0.1:1/x'),
    clientId: fc.constantFrom('c', 'client with é'.replace('é', 'e')),
    scopes: fc.uniqueArray(fc.constantFrom('openid', 'email', 'a","b'.replace(/"/g, ''), 'x:y'), {
      maxLength: 3,
    }),
    resource: fc.option(fc.constantFrom('urn:x', 'https://r.example')),
    redirectPath: fc.constantFrom('/callback', '/', '/a/b'),
    deviceFlow: fc.boolean(),
    baseUrl: fc.option(fc.constant('https://g.example')),
    header: fc.constantFrom('authorization' as const, 'x-api-key' as const, 'both' as const),
  });
  const edit = fc.oneof(
    provider.map((one) => ({ kind: 'add' as const, provider: one })),
    fc.record({ kind: fc.constant('replace' as const), name: names, provider }),
    fc.record({ kind: fc.constant('remove' as const), name: names }),
  );
  const start = fc.constantFrom(
    null,
    '',
    '{"schemaVersion":1,"providers":[]}',
    '{ "schemaVersion" : 1 , "providers" : [ ] , "later": {"x": [1]} }\r\n',
    file(ONE),
    file({ ...ONE, name: 'a', colour: 'rot' }, { bad: true }, 7),
    `\ufeff{"providers":[\n{"name":"b","issuer":"https://a.example","clientId":"c","é":"ü"},\n\n{"name":"c","issuer":"x"}],"schemaVersion":1}`,
  );

  test('does what it says however often, and nothing else.', () => {
    fc.assert(
      fc.property(start, fc.array(edit, { maxLength: 8 }), (first, edits) => {
        let text: string | null = first;
        for (const one of edits) {
          const before: ProvidersRead =
            text === null || text === '' ? { providers: [], flaws: [] } : read(text);
          const edited = editProviders(text, one);
          if (!edited.ok) continue;
          const after = read(edited.text);
          const touched = new Set<string>([
            ...('name' in one ? [one.name] : []),
            ...('provider' in one ? [one.provider.name] : []),
          ]);
          const others = ({ providers }: ProvidersRead): unknown =>
            providers.filter(({ name }) => !touched.has(name));
          expect(others(after)).toEqual(others(before));
          const own = after.providers.filter(({ name }) => touched.has(name));
          expect(own).toEqual('provider' in one ? [{ ...one.provider, from: 'user' }] : []);
          // Nothing that was not known is lost, and no flaw comes in.
          for (const unknown of ['"later": {"x": [1]}', '"bad": true', '"é":"ü"', '"colour": "rot"'])
            if (text?.includes(unknown) === true && one.kind !== 'remove')
              expect(edited.text).toContain(unknown);
          const bad = ({ flaws }: ProvidersRead): number =>
            flaws.filter(({ code }) => !HARMLESS_FLAWS.has(code)).length;
          expect(bad(after)).toBeLessThanOrEqual(bad(before));
          text = edited.text;
        }
      }),
      { numRuns: 500 },
    );
  });
});
