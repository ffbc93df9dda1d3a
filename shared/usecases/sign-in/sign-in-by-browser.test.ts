import { describe, expect, test } from 'vitest';
import type { OidcAnswer, OidcTokens } from '../../ports/oidc.ts';
import {
  leftBehind,
  madeUpSignIn,
  NOTHING,
  settle,
  WAY_BACK,
  whyOf,
} from '../../testing/made-up-organisation-sign-in.ts';
import { memoryBrowser } from '../../testing/memory-browser.ts';
import { madeUpTokens, oidcFailure } from '../../testing/memory-oidc.ts';
import { memoryOrganisationTokens } from '../../testing/memory-organisation-tokens.ts';
import { deferred } from './deferred.ts';
import { LONGEST_WAIT } from './sign-in-by-browser.ts';

const MINUTE = 60_000;

describe('A sign-in by the browser', () => {
  test('goes from the provider’s page over the callback to a token in the keychain.', async () => {
    const made = madeUpSignIn();
    await settle();
    expect(made.running.state()).toMatchObject({
      step: { at: 'waiting' },
      host: 'login.northwind.example',
      returnsTo: '127.0.0.1:52114',
      takesPaste: true,
      paste: 'none',
    });
    expect(made.running.state().browserAt).toBe(made.running.state().startedAt);
    expect(made.running.state().stopsAt).toBe(made.running.state().startedAt + LONGEST_WAIT);
    expect(made.browser.opened).toEqual([made.running.address()]);

    const page = await made.loopback.comes(WAY_BACK);
    expect(page).toMatchObject({ title: 'Signed in to northwind', went: 'well' });
    const last = await made.running.ended;
    expect(last.step).toMatchObject({ at: 'done', note: { account: 'petra@northwind.example' } });
    expect(made.steps).toEqual(['starting', 'waiting', 'exchanging', 'keeping', 'done']);
    expect(made.tokens.kept.get('northwind')).toEqual([madeUpTokens(1)]);
    expect(made.revoked).toEqual([]);
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('tells the browser how it went only when the token is kept.', async () => {
    const write = deferred<undefined>();
    const tokens = memoryOrganisationTokens();
    const slow = {
      ...tokens,
      keep: async (...given: Parameters<typeof tokens.keep>) => {
        await write.promise;
        return tokens.keep(...given);
      },
    };
    const made = madeUpSignIn({ tokens: slow });
    await settle();
    let page: unknown = null;
    void made.loopback.comes(WAY_BACK).then((shown) => {
      page = shown;
    });
    await settle();
    expect(made.running.state().step.at).toBe('keeping');
    expect(page).toBeNull();
    write.resolve(undefined);
    await made.running.ended;
    expect(page).toMatchObject({ went: 'well' });
  });

  test.each(
    [
      'code=a&state=other',
      'code=a',
      'state=made-up-state',
      'error=access_denied',
      'error=access_denied&state=other',
      'code=a&code=b&state=made-up-state',
      'code=a&state=made-up-state&state=made-up-state',
      'code=a&error=b&state=made-up-state',
      'code=&state=made-up-state',
      'code=%zz&state=made-up-state',
      `code=${'a'.repeat(70_000)}&state=made-up-state`,
      '',
    ].map((query) => ({ query })),
  )('goes on waiting when something else comes: “$query”', async ({ query }) => {
    const made = madeUpSignIn();
    await settle();
    expect(await made.loopback.comes(query)).toMatchObject({ title: 'Nothing happened', went: 'wrong' });
    expect(made.running.state().step.at).toBe('waiting');
    await made.loopback.comes(WAY_BACK);
    expect((await made.running.ended).step.at).toBe('done');
  });

  test('fails with the provider’s own error where that has the right state.', async () => {
    const made = madeUpSignIn({ oidc: { finish: () => Promise.resolve(oidcFailure('denied')) } });
    await settle();
    const page = await made.loopback.comes('error=access_denied&state=made-up-state');
    expect(page).toMatchObject({ title: 'Not signed in to northwind', went: 'wrong' });
    await made.running.ended;
    expect(whyOf(made)).toEqual({
      code: 'oidc',
      failure: { code: 'denied', status: null, retryAfter: null },
    });
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test.each(['discover', 'begin', 'finish'] as const)(
    'fails when %s fails, and frees everything.',
    async (part) => {
      const made = madeUpSignIn({ oidc: { [part]: () => Promise.resolve(oidcFailure('no-connection')) } });
      await settle();
      if (part === 'finish') await made.loopback.comes(WAY_BACK);
      await made.running.ended;
      expect(whyOf(made)).toMatchObject({ code: 'oidc', failure: { code: 'no-connection' } });
      expect(leftBehind(made)).toEqual(NOTHING);
    },
  );

  test('stops waiting after ten minutes.', async () => {
    const made = madeUpSignIn();
    await settle();
    made.scheduler.pass(10 * MINUTE - 1);
    expect(made.running.state().step.at).toBe('waiting');
    made.scheduler.pass(1);
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'timed-out' });
    expect(await made.loopback.comes(WAY_BACK)).toBeNull();
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('takes as long as it takes once the answer has come.', async () => {
    const answer = deferred<OidcAnswer<OidcTokens>>();
    const made = madeUpSignIn({ oidc: { finish: () => answer.promise } });
    await settle();
    made.scheduler.pass(10 * MINUTE - 1);
    void made.loopback.comes(WAY_BACK);
    await settle();
    made.scheduler.pass(10 * MINUTE);
    expect(made.running.state()).toMatchObject({ step: { at: 'exchanging' }, stopsAt: null });
    answer.resolve({ ok: true, value: madeUpTokens(1) });
    expect((await made.running.ended).step.at).toBe('done');
  });

  test('goes on where no browser opens, with an address to open elsewhere.', async () => {
    const made = madeUpSignIn({ browser: memoryBrowser('failed') });
    await settle();
    expect(made.running.state()).toMatchObject({ step: { at: 'waiting' }, browserAt: null });
    expect(made.running.address()).toContain('https://login.northwind.example/');
    await made.loopback.comes(WAY_BACK);
    expect((await made.running.ended).step.at).toBe('done');
  });

  test('shows no address that a browser may not be given.', async () => {
    const made = madeUpSignIn({ browser: memoryBrowser('refused') });
    await made.running.ended;
    expect(whyOf(made)).toMatchObject({ code: 'oidc', failure: { code: 'bad-metadata' } });
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('opens nothing by itself where the address is only shown.', async () => {
    const made = madeUpSignIn({ how: 'address-only' });
    await settle();
    expect(made.browser.opened).toEqual([]);
    expect(await made.running.openAgain()).toBe('opened');
    expect(made.running.state().browserAt).not.toBeNull();
    await made.running.cancel();
    expect(await made.running.openAgain()).toBe('refused');
  });
});

describe('Pasting', () => {
  const ADDRESS = `http://127.0.0.1:52114/callback?${WAY_BACK}&iss=x`;

  test('the address at which the browser stopped signs in.', async () => {
    const made = madeUpSignIn({ how: 'address-only' });
    await settle();
    made.running.paste(ADDRESS);
    expect(made.running.state().paste).toBe('taken');
    expect((await made.running.ended).step.at).toBe('done');
    expect(leftBehind(made)).toEqual(NOTHING);
  });

  test('one of another attempt, or something else, changes nothing.', async () => {
    const made = madeUpSignIn();
    await settle();
    made.running.paste(ADDRESS.replace('made-up-state', 'another'));
    expect(made.running.state().paste).toBe('not-of-this-attempt');
    made.running.paste('what is this?');
    expect(made.running.state()).toMatchObject({ step: { at: 'waiting' }, paste: 'unreadable' });
    await made.loopback.comes(WAY_BACK);
    expect((await made.running.ended).step.at).toBe('done');
  });

  test('does nothing before, after, and twice.', async () => {
    let exchanged = 0;
    const made = madeUpSignIn({
      oidc: {
        finish: () => {
          exchanged += 1;
          return Promise.resolve({ ok: true, value: madeUpTokens(1) });
        },
      },
    });
    made.running.paste(ADDRESS);
    expect(made.running.state().paste).toBe('none');
    await settle();
    made.running.paste(ADDRESS);
    made.running.paste(ADDRESS);
    expect(await made.loopback.comes(WAY_BACK)).toMatchObject({ title: 'This was used already' });
    await made.running.ended;
    made.running.paste(ADDRESS);
    expect(exchanged).toBe(1);
    expect(made.tokens.kept.get('northwind')).toHaveLength(1);
  });

  test('leaves nothing of it in what is shown.', async () => {
    const made = madeUpSignIn({ oidc: { finish: () => Promise.resolve(oidcFailure('invalid-grant', 400)) } });
    await settle();
    const shown: unknown[] = [];
    made.running.onChange(() => shown.push(made.running.state()));
    made.running.paste(ADDRESS);
    shown.push(await made.running.ended);
    expect(shown.length).toBeGreaterThan(2);
    expect(JSON.stringify(shown)).not.toMatch(/made-up-code|made-up-state|verifier/);
  });
});
