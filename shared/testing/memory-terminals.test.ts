import { describe, test } from 'vitest';
import { memoryTerminals } from './memory-terminals.ts';
import { terminalsContract } from './terminals-contract.ts';

describe('As every way to open a terminal', () => {
  const cases = terminalsContract((behaviour) => {
    const terminals = memoryTerminals(() => behaviour === 'goes-on' || behaviour === 'hands-over');
    return {
      terminals,
      file: '/usr/bin/made-up-terminal',
      folder: '/home/p',
      given: () => {
        const [request] = terminals.asked;
        return Promise.resolve({
          args: request?.args ?? [],
          mark: request?.variables['MARK'],
          folder: request?.folder ?? '',
        });
      },
    };
  });
  test.each(cases)('$title', ({ run }) => run());
});
