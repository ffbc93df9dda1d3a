import { describe, expect, test } from 'vitest';
import { madeUpTokens, memoryOidc, memoryProvider } from './memory-oidc.ts';
import { northwind } from './northwind.ts';
import { oidcContract } from './oidc-contract.ts';

describe('As every provider', () => {
  const cases = oidcContract(({ scopes = ['openid', 'email'], ...options }) => {
    const { oidc, signIn, answerDevice, isStillGood } = memoryProvider(options);
    return Promise.resolve({
      oidc,
      provider: northwind({ scopes }),
      signIn: (attempt, yes) => Promise.resolve(signIn(attempt, yes)),
      answerDevice: (device, yes) => {
        answerDevice(device, yes);
        return Promise.resolve();
      },
      isStillGood: (token) => Promise.resolve(isStillGood(token)),
    });
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('Where nothing else is said, everything goes well, and the first tokens are good already.', async () => {
  const oidc = memoryOidc({ revoke: () => Promise.resolve({ ok: true, value: 'not-offered' }) });
  expect(await oidc.refresh(northwind(), 'made-up-refresh-1')).toEqual({ ok: true, value: madeUpTokens(2) });
  expect(await oidc.refresh(northwind(), 'made-up-refresh-1')).toMatchObject({ ok: false });
  expect(await oidc.revoke(northwind(), 'made-up-refresh-2', 'refresh')).toEqual({
    ok: true,
    value: 'not-offered',
  });
  const device = await oidc.beginDevice(northwind());
  expect(device.ok && (await oidc.askDevice(device.value)).ok).toBe(true);
});
