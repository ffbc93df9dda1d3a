import { expect, test } from 'vitest';
import { differences } from './compare.ts';

const SLOT = {
  source: 'api-key',
  origin: { kind: 'settings', scope: 'local', path: '/a/sub/.claude/settings.local.json', line: 3 },
  fingerprint: '0123456789ab',
  certainty: 'measured',
};
const ANSWER = {
  outcome: 'sends',
  asks: null,
  provider: 'firstParty',
  sends: { authorization: null, xApiKey: SLOT },
};
const EMPTY = { outcome: 'refuses', asks: null, provider: 'firstParty', sends: null };

test.each<[string, Readonly<Record<string, unknown>>, unknown]>([
  ['all that is expected is said', { outcome: 'sends', provider: 'firstParty', authorization: null }, ANSWER],
  [
    'a slot has the source and the parts of the origin that are given',
    { xApiKey: { source: 'api-key', origin: { kind: 'settings' } } },
    ANSWER,
  ],
  [
    'a part of the path is there',
    { xApiKey: { source: 'api-key', origin: { kind: 'settings', pathIncludes: '/sub/' } } },
    ANSWER,
  ],
  [
    'a slot is said to be whole',
    { xApiKey: { source: 'api-key' } },
    { ...ANSWER, sends: { xApiKey: { ...SLOT, broken: false } } },
  ],
  [
    'a broken one is broken',
    { xApiKey: { broken: true } },
    { ...ANSWER, sends: { xApiKey: { ...SLOT, broken: true } } },
  ],
  ['nothing is sent at all', { outcome: 'refuses', authorization: null, xApiKey: null }, EMPTY],
  ['nothing is expected', {}, EMPTY],
])('It agrees: %s.', (_, expected, answer) => {
  expect(differences(expected, answer)).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, unknown, string]>([
  ['another outcome', { outcome: 'asks' }, ANSWER, 'outcome'],
  ['another question', { asks: 'folder-trust' }, ANSWER, 'asks'],
  ['another provider', { provider: 'bedrock' }, ANSWER, 'provider'],
  ['a header that should not be sent', { xApiKey: null }, ANSWER, 'xApiKey'],
  ['a header that should be sent', { authorization: { source: 'auth-token' } }, ANSWER, 'authorization'],
  ['a header that should be sent, of none', { xApiKey: { source: 'api-key' } }, EMPTY, 'xApiKey'],
  ['a slot that is missing altogether', { authorization: null }, { ...ANSWER, sends: {} }, 'authorization'],
  ['no word of what is sent', { authorization: null }, {}, 'authorization'],
  ['another source', { xApiKey: { source: 'auth-token' } }, ANSWER, 'xApiKey.source'],
  ['another kind of origin', { xApiKey: { origin: { kind: 'process' } } }, ANSWER, 'xApiKey.origin.kind'],
  [
    'another scope',
    { xApiKey: { origin: { kind: 'settings', scope: 'user' } } },
    ANSWER,
    'xApiKey.origin.scope',
  ],
  [
    'another path',
    { xApiKey: { origin: { pathIncludes: '/other/' } } },
    ANSWER,
    'xApiKey.origin.path (a part of it)',
  ],
  [
    'no origin',
    { xApiKey: { origin: { kind: 'process' } } },
    { sends: { xApiKey: { source: 'api-key' } } },
    'xApiKey.origin.kind',
  ],
  ['whole instead of broken', { xApiKey: { source: 'api-key', broken: true } }, ANSWER, 'xApiKey.broken'],
  [
    'broken instead of whole',
    { xApiKey: { source: 'api-key' } },
    { sends: { xApiKey: { ...SLOT, broken: true } } },
    'xApiKey.broken',
  ],
  ['a field that nobody knows yet', { refuses: 'policy' }, EMPTY, 'refuses'],
  ['a list', { outcome: 'sends' }, [ANSWER], 'outcome'],
  ['no object', { outcome: 'sends' }, null, 'outcome'],
])('It does not agree: %s.', (_, expected, answer, what) => {
  expect(differences(expected, answer).map((difference) => difference.what)).toEqual([what]);
});
