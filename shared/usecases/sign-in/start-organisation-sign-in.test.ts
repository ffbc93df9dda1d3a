import { describe, expect, test } from 'vitest';
import type { OidcAnswer, OidcTokens } from '../../ports/oidc.ts';
import {
  leftBehind,
  madeUpSignIn,
  NOTHING,
  oneHolder,
  settle,
  WAY_BACK,
  whyOf,
} from '../../testing/made-up-organisation-sign-in.ts';
import { memoryBrowser } from '../../testing/memory-browser.ts';
import { memoryLoopback } from '../../testing/memory-loopback.ts';
import { madeUpTokens } from '../../testing/memory-oidc.ts';
import { memoryOrganisationTokens } from '../../testing/memory-organisation-tokens.ts';
import { deferred } from './deferred.ts';

describe('A sign-in', () => {
  test('gives the token back when it cannot be kept.', async () => {
    const made = madeUpSignIn({ tokens: memoryOrganisationTokens({ trouble: 'locked' }) });
    await settle();
    expect(await made.loopback.comes(WAY_BACK)).toMatchObject({ went: 'wrong' });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'not-kept', why: 'locked' });
    expect(made.revoked).toEqual(['made-up-refresh-1', 'made-up-access-1']);
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test.each(['locked', 'denied', 'no-keychain', 'later-version'] as const)(
    'sends nobody to the provider where nothing can be kept (%s).',
    async (why) => {
      const made = madeUpSignIn({ tokens: memoryOrganisationTokens({ closed: why }) });
      await made.running.ended;
      expect(whyOf(made)).toEqual({ code: 'no-place', why });
      expect(made.browser.opened).toEqual([]);
      expect(leftBehind(made)).toEqual(NOTHING);
    },
  );

  test('fails in order when something in it throws.', async () => {
    const made = madeUpSignIn({ oidc: { finish: () => Promise.reject(new Error('made-up-code')) } });
    await settle();
    void made.loopback.comes(WAY_BACK);
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'internal' });
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('goes over to a code where there is no socket, or no browser, and the provider has codes.', async () => {
    for (const ports of [{ loopback: memoryLoopback(null) }, { browser: memoryBrowser('failed') }]) {
      const made = madeUpSignIn({ ...ports, provider: { deviceFlow: true } });
      await settle();
      expect(made.running.state().step).toMatchObject({ at: 'device', userCode: 'WDJB-MJHT' });
      expect(made.loopback.isOpen()).toBe(false);
      await made.running.cancel();
      expect(leftBehind(made)).toEqual(NOTHING);
    }
  });

  test('fails without a socket where the provider has no codes.', async () => {
    const made = madeUpSignIn({ loopback: memoryLoopback(null) });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'no-way-back' });
  });
});

describe('A second sign-in', () => {
  test('does not begin while one of the same provider is open, and may begin afterwards.', async () => {
    const locks = oneHolder();
    const first = madeUpSignIn({ ports: { locks } });
    await settle();
    const second = madeUpSignIn({ ports: { locks } });
    await second.running.ended;
    expect(whyOf(second)).toEqual({ code: 'already-under-way' });
    expect(second.browser.opened).toEqual([]);
    const other = madeUpSignIn({ ports: { locks }, provider: { name: 'other' } });
    await settle();
    expect(other.running.state().step.at).toBe('waiting');

    await first.running.cancel();
    const third = madeUpSignIn({ ports: { locks } });
    await settle();
    expect(third.running.state().step.at).toBe('waiting');
  });

  test('begins where no lock is to be had.', async () => {
    const made = madeUpSignIn({ ports: { locks: { alone: () => Promise.resolve('unavailable' as const) } } });
    await settle();
    expect(made.running.state().step.at).toBe('waiting');
  });
});

describe('Cancelling', () => {
  test.each(['discover', 'begin'] as const)('waits for no answer to %s.', async (part) => {
    const made = madeUpSignIn({ oidc: { [part]: () => new Promise<never>(() => undefined) } });
    await settle();
    await made.running.cancel();
    expect(made.running.state().step.at).toBe('cancelled');
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('while waiting frees the port, and what comes then finds nobody.', async () => {
    const made = madeUpSignIn();
    await settle();
    await made.running.cancel();
    expect(await made.loopback.comes(WAY_BACK)).toBeNull();
    expect(made.running.state().step.at).toBe('cancelled');
    expect(made.tokens.kept.size).toBe(0);
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('during the exchange gives back what comes of it, and says so in the browser.', async () => {
    const answer = deferred<OidcAnswer<OidcTokens>>();
    const made = madeUpSignIn({ oidc: { finish: () => answer.promise } });
    await settle();
    const page = made.loopback.comes(WAY_BACK);
    await settle();
    const cancelled = made.running.cancel();
    expect(made.running.state().step.at).toBe('cancelled');
    answer.resolve({ ok: true, value: madeUpTokens(1) });
    await cancelled;
    expect(await page).toMatchObject({ title: 'Not signed in to northwind', went: 'wrong' });
    expect(made.revoked).toEqual(['made-up-refresh-1', 'made-up-access-1']);
    expect(made.tokens.kept.size).toBe(0);
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('comes too late once the token goes into the keychain.', async () => {
    const write = deferred<undefined>();
    const tokens = memoryOrganisationTokens();
    const made = madeUpSignIn({
      tokens: { ...tokens, keep: (...given) => write.promise.then(() => tokens.keep(...given)) },
    });
    await settle();
    void made.loopback.comes(WAY_BACK);
    await settle();
    const cancelled = made.running.cancel();
    write.resolve(undefined);
    await cancelled;
    expect(made.running.state().step.at).toBe('done');
    expect(made.revoked).toEqual([]);
  });

  test('afterwards changes nothing, however often.', async () => {
    const made = madeUpSignIn();
    await settle();
    await made.loopback.comes(WAY_BACK);
    await made.running.ended;
    await made.running.cancel();
    await made.running.cancel();
    expect(made.running.state().step.at).toBe('done');
  });
});
