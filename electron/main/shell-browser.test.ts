import { describe, test } from 'vitest';
import { browserContract } from '../../shared/testing/browser-contract.ts';
import { shellBrowser } from './shell-browser.ts';

/** A desktop that notes what it is to open. */
function stub(works = true) {
  const given: string[] = [];
  const openExternal = (url: string): Promise<void> => {
    given.push(url);
    return works ? Promise.resolve() : Promise.reject(new Error('Made up.'));
  };
  return { browser: shellBrowser({ openExternal }), given: () => Promise.resolve(given) };
}

describe('As every browser', () => {
  const cases = browserContract((works) => Promise.resolve(stub(works)));
  test.each(cases)('$title', ({ run }) => run());
});
