import { describe, expect, test } from 'vitest';
import { memoryLoopback } from '../../testing/memory-loopback.ts';
import type { WebAnswer } from '../../ports/web.ts';
import { loopbackWorks } from './loopback-works.ts';

/** A web in which requests to this machine come to the loopback, or do not. */
function scene(answer: WebAnswer, arrives: boolean, port: number | null = 52_114) {
  const loopback = memoryLoopback(port);
  const asked: string[] = [];
  const web = {
    head: async ({ url }: { readonly url: string }): Promise<WebAnswer> => {
      asked.push(url);
      if (arrives) await loopback.comes('');
      return answer;
    },
  };
  return { loopback, web, asked };
}

describe('Whether a browser could come back', () => {
  test.each([
    ['works', { state: 'answered', status: 303 }, true],
    // Somebody else has answered.
    ['not-reached', { state: 'answered', status: 200 }, false],
    ['not-reached', { state: 'no-connection' }, false],
    ['not-reached', { state: 'timed-out' }, false],
    // The way back is cut.
    ['not-reached', { state: 'timed-out' }, true],
  ] as const)('%s: %j, and arrives: %j', async (expected, answer, arrives) => {
    const { loopback, web, asked } = scene(answer, arrives);
    expect(await loopbackWorks({ loopback, web })).toBe(expected);
    expect(asked).toEqual(['http://127.0.0.1:52114/callback']);
    expect(loopback.isOpen()).toBe(false);
  });

  test('is not asked where there is no socket.', async () => {
    const { loopback, web, asked } = scene({ state: 'answered', status: 200 }, true, null);
    expect(await loopbackWorks({ loopback, web })).toBe('no-socket');
    expect(asked).toEqual([]);
  });
});
