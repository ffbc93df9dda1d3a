import { describe, expect, test } from 'vitest';
import { browserContract } from './browser-contract.ts';
import { memoryBrowser } from './memory-browser.ts';

describe('As every browser', () => {
  const cases = browserContract((works) => {
    const browser = memoryBrowser(works ? 'opened' : 'failed');
    return Promise.resolve({ browser, given: () => Promise.resolve(browser.opened) });
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('An address that could not be opened is known, too.', async () => {
  const browser = memoryBrowser('failed');
  await browser.open('https://a.example');
  await browser.open('file:///a');
  expect(browser.opened).toEqual(['https://a.example/']);
});
