import { describe, expect, test } from 'vitest';
import { loopbackContract } from './loopback-contract.ts';
import { memoryLoopback } from './memory-loopback.ts';

describe('As every loopback', () => {
  const cases = loopbackContract(() => {
    const loopback = memoryLoopback();
    return { loopback, comes: async (_, query) => (await loopback.comes(query))?.title ?? null };
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('Where no socket is to be had there is none.', async () => {
  const pages = { title: '', text: [], went: 'wrong' } as const;
  const listening = memoryLoopback(null).listen({
    path: '/callback',
    accepts: () => true,
    onCallback: () => Promise.resolve(pages),
    pages: { notThis: pages, already: pages },
  });
  expect(await listening).toBeNull();
});
