import { expect, test } from 'vitest';
import type { Layer, LayerId } from '../facts.ts';
import { WATCHED } from '../sources/index.ts';
import { effective, isProjectLayer, launchLayer, notProjectLayer } from './effective.ts';
import { makeEntry } from './entry.ts';
import type { Fingerprint } from '../secret.ts';

const NAME = 'ANTHROPIC_API_KEY';
const variable = WATCHED.get(NAME);

function layer(id: LayerId, text?: string): Layer {
  if (variable === undefined || text === undefined) return { id, entries: {} };
  const tails = { approved: new Set<string>(), rejected: new Set<string>() };
  return {
    id,
    entries: {
      [NAME]: makeEntry(variable, text, { kind: 'process' }, (secret) => secret as Fingerprint, tails),
    },
  };
}

const LAYERS = [layer('base', 'a'), layer('user', 'b'), layer('project', ''), layer('flag')];

test('The highest layer that sets it counts, be it with an empty text.', () => {
  expect(effective(LAYERS, NAME)).toMatchObject({ layer: 'project', entry: { state: 'empty' } });
});

test.each([
  ['not the project’s', notProjectLayer, 'user'],
  ['the launch environment', launchLayer, 'base'],
  ['the project’s', isProjectLayer, 'project'],
])('Only some layers may be asked: %s.', (_, counts, id) => {
  expect(effective(LAYERS, NAME, counts)?.layer).toBe(id);
});

test('What nobody sets is nothing.', () => {
  expect(effective(LAYERS, 'ANTHROPIC_AUTH_TOKEN')).toBeNull();
  expect(effective([], NAME)).toBeNull();
});
