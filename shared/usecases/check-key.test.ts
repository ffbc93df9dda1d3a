import { expect, test } from 'vitest';
import { API_KEY, KEY, worldOf, type Given } from '../testing/given.ts';
import { madeUpEnvironment } from '../testing/made-up-environment.ts';
import { memoryWeb, type MadeUpServer } from '../testing/memory-web.ts';
import { worldPorts, type WorldOptions } from '../testing/worlds.ts';
import { checkKey } from './check-key.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import { inspect } from './inspect.ts';

const refuses: MadeUpServer = () => ({ status: 401 });

async function checked(given: Given, server: MadeUpServer = refuses, options: WorldOptions = {}) {
  const web = memoryWeb(server);
  const { ports, request, context } = worldPorts(worldOf(given), options);
  const inspection = inspect(await gatherFacts(ports, request), context);
  return { live: await checkKey({ ...ports, web }, inspection, 'credence/0'), web, ports, inspection };
}

test('Without an address of one’s own the key goes where Claude Code would send it.', async () => {
  const { live, web, ports } = await checked({ shell: KEY });
  expect(web.requests).toEqual([
    {
      url: 'https://api.anthropic.com/v1/models',
      headers: { 'x-api-key': API_KEY, 'anthropic-version': '2023-06-01', 'user-agent': 'credence/0' },
      deadline: 5_000,
    },
  ]);
  expect(live).toEqual({
    state: 'stale',
    why: null,
    status: 401,
    checkedAt: ports.clock.now(),
    key: {
      fingerprint: ports.fingerprints.of(API_KEY),
      origin: { kind: 'process', name: 'ANTHROPIC_API_KEY' },
    },
  });
});

test.each<[string, MadeUpServer, string | null, number | null]>([
  ['200', () => ({ status: 200 }), null, 200],
  ['403', () => ({ status: 403 }), 'other-answer', 403],
  ['none in time', () => ({ status: 200, after: 6_000 }), 'timed-out', null],
  ['none at all', () => null, 'no-connection', null],
  ['one that nobody vouches for', () => ({ notTrusted: true }), 'not-trusted', null],
])(
  'An answer means what it means, and what it does not mean it says: %s.',
  async (_, server, why, status) => {
    const { live } = await checked({ shell: KEY }, server);
    expect(live).toMatchObject({ state: why === null ? 'accepted' : 'cannot-tell', why, status });
  },
);

test('The facts and the answer hold nothing of the key.', async () => {
  const { live, inspection } = await checked({
    user: { ...KEY, ANTHROPIC_BASE_URL: 'https://gateway.example' },
  });
  expect(live.state).toBe('stale');
  expect(JSON.stringify([live, inspection])).not.toContain(API_KEY);
  expect(JSON.stringify([live, inspection])).not.toContain(API_KEY.slice(0, 20));
});

test.each(['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'])(
  'What has become another value since it was read is not sent: %s',
  async (name) => {
    const given = { shell: { ...KEY, ANTHROPIC_BASE_URL: 'https://gateway.example' } };
    const { ports, request, context } = worldPorts(worldOf(given));
    const inspection = inspect(await gatherFacts(ports, request), context);
    const web = memoryWeb(refuses);
    const later = madeUpEnvironment({
      variables: { ...ports.environment.variables, [name]: 'https://other.example' },
    });
    const live = await checkKey({ ...ports, web, environment: later }, inspection, 'credence/0');
    expect(live).toMatchObject({ state: 'cannot-tell', why: 'not-readable' });
    expect(web.requests).toEqual([]);
  },
);

test.each([
  ['https://gateway.example', 'https://gateway.example/v1/models'],
  [' https://gateway.example/ ', 'https://gateway.example/v1/models'],
  ['https://gateway.example/a/b//', 'https://gateway.example/a/b/v1/models'],
  ['https://gateway.example/a?b=c', null],
  ['https://user:password@gateway.example', null],
  ['https://gateway.example#x', null],
  ['gateway.example', null],
])('The address %j becomes %j.', async (base, url) => {
  const { live, web } = await checked({ shell: { ...KEY, ANTHROPIC_BASE_URL: base } });
  expect(web.requests.map((request) => request.url)).toEqual(url === null ? [] : [url]);
  expect(live.state).toBe(url === null ? 'cannot-tell' : 'stale');
});

test('A key that no header can carry is sent by nobody, and not from here either.', async () => {
  const { live, web } = await checked({ shell: { ANTHROPIC_API_KEY: 'sk-ant-€' } });
  expect(live).toMatchObject({ state: 'cannot-tell', why: 'no-api-key' });
  expect(web.requests).toEqual([]);
});

test.each<[string, Given, string]>([
  [
    'a cloud provider’s switch',
    { shell: { ...KEY, CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'x' } },
    'no-api-key',
  ],
  ['a key in an open file', { shell: { CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR: '5' } }, 'not-readable'],
  ['text on the command line', { args: ['--settings', JSON.stringify({ env: KEY })] }, 'not-readable'],
])('Nothing is sent for %s.', async (_, given, why) => {
  const { live, web } = await checked(given);
  expect(live).toMatchObject({ state: 'cannot-tell', why });
  expect(web.requests).toEqual([]);
});
