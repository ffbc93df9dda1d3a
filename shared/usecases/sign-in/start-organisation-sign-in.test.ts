import { describe, expect, test } from 'vitest';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcAnswer, OidcTokens } from '../../ports/oidc.ts';
import {
  madeUpSignIn,
  oneHolder,
  settle,
  type MadeUpSignIn,
} from '../../testing/made-up-organisation-sign-in.ts';
import { memoryBrowser } from '../../testing/memory-browser.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { memoryLoopback } from '../../testing/memory-loopback.ts';
import { madeUpTokens, oidcFailure } from '../../testing/memory-oidc.ts';
import { memoryOrganisationTokens } from '../../testing/memory-organisation-tokens.ts';
import { deferred } from './deferred.ts';
import { LONGEST_WAIT } from './sign-in-by-browser.ts';

const GOOD = 'code=made-up-code&state=made-up-state';
const MINUTE = 60_000;

/** Whatever happened, nothing is left behind. */
function expectFreed({ loopback, scheduler, running }: MadeUpSignIn): void {
  expect(loopback.isOpen()).toBe(false);
  expect(scheduler.pending).toBe(0);
  expect(running.address()).toBeNull();
  expect(running.state()).toMatchObject({ stopsAt: null, returnsTo: null, takesPaste: false });
}

const whyOf = ({ running }: MadeUpSignIn): unknown => {
  const { step } = running.state();
  return step.at === 'failed' ? step.why : step.at;
};

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

    const page = await made.loopback.comes(GOOD);
    expect(page).toMatchObject({ title: 'Signed in to northwind', went: 'well' });
    const last = await made.running.ended;
    expect(last.step).toMatchObject({ at: 'done', note: { account: 'petra@northwind.example' } });
    expect(made.steps).toEqual(['starting', 'waiting', 'exchanging', 'keeping', 'done']);
    expect(made.tokens.kept.get('northwind')).toEqual([madeUpTokens(1)]);
    expect(made.revoked).toEqual([]);
    expectFreed(made);
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
    void made.loopback.comes(GOOD).then((shown) => {
      page = shown;
    });
    await settle();
    expect(made.running.state().step.at).toBe('keeping');
    expect(page).toBeNull();
    write.resolve(undefined);
    await made.running.ended;
    expect(page).toMatchObject({ went: 'well' });
  });

  test.each([
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
  ])('goes on waiting when something else comes: %.60s', async (query) => {
    const made = madeUpSignIn();
    await settle();
    expect(await made.loopback.comes(query)).toMatchObject({ title: 'Nothing happened', went: 'wrong' });
    expect(made.running.state().step.at).toBe('waiting');
    await made.loopback.comes(GOOD);
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
    expectFreed(made);
  });

  test.each(['discover', 'begin', 'finish'] as const)(
    'fails when %s fails, and frees everything.',
    async (part) => {
      const made = madeUpSignIn({ oidc: { [part]: () => Promise.resolve(oidcFailure('no-connection')) } });
      await settle();
      if (part === 'finish') await made.loopback.comes(GOOD);
      await made.running.ended;
      expect(whyOf(made)).toMatchObject({ code: 'oidc', failure: { code: 'no-connection' } });
      expectFreed(made);
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
    expect(await made.loopback.comes(GOOD)).toBeNull();
    expectFreed(made);
  });

  test('takes as long as it takes once the answer has come.', async () => {
    const answer = deferred<OidcAnswer<OidcTokens>>();
    const made = madeUpSignIn({ oidc: { finish: () => answer.promise } });
    await settle();
    made.scheduler.pass(10 * MINUTE - 1);
    void made.loopback.comes(GOOD);
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
    await made.loopback.comes(GOOD);
    expect((await made.running.ended).step.at).toBe('done');
  });

  test('shows no address that a browser may not be given.', async () => {
    const made = madeUpSignIn({ browser: memoryBrowser('refused') });
    await made.running.ended;
    expect(whyOf(made)).toMatchObject({ code: 'oidc', failure: { code: 'bad-metadata' } });
    expectFreed(made);
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

  test('goes over to a code where there is no socket, or no browser, and the provider has codes.', async () => {
    for (const ports of [{ loopback: memoryLoopback(null) }, { browser: memoryBrowser('failed') }]) {
      const made = madeUpSignIn({ ...ports, provider: { deviceFlow: true } });
      await settle();
      expect(made.running.state().step).toMatchObject({ at: 'device', userCode: 'WDJB-MJHT' });
      expect(made.loopback.isOpen()).toBe(false);
      await made.running.cancel();
      expectFreed(made);
    }
  });

  test('fails without a socket where the provider has no codes.', async () => {
    const made = madeUpSignIn({ loopback: memoryLoopback(null) });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'no-way-back' });
  });

  test('gives the token back when it cannot be kept.', async () => {
    const made = madeUpSignIn({ tokens: memoryOrganisationTokens({ trouble: 'locked' }) });
    await settle();
    expect(await made.loopback.comes(GOOD)).toMatchObject({ went: 'wrong' });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'not-kept', why: 'locked' });
    expect(made.revoked).toEqual(['made-up-refresh-1', 'made-up-access-1']);
    expectFreed(made);
  });

  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
  ] as const)('sends nobody to the provider where the keychain is %s.', async (state, why) => {
    const keyring = { ...memoryKeyring(), get: () => Promise.resolve({ state }) };
    const made = madeUpSignIn({ ports: { keyring } });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'no-place', why });
    expect(made.browser.opened).toEqual([]);
    expectFreed(made);
  });

  test('fails in order when something in it throws.', async () => {
    const made = madeUpSignIn({ oidc: { finish: () => Promise.reject(new Error('made-up-code')) } });
    await settle();
    void made.loopback.comes(GOOD);
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'internal' });
    expectFreed(made);
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
    expectFreed(made);
  });

  test('while waiting frees the port, and what comes then finds nobody.', async () => {
    const made = madeUpSignIn();
    await settle();
    await made.running.cancel();
    expect(await made.loopback.comes(GOOD)).toBeNull();
    expect(made.running.state().step.at).toBe('cancelled');
    expect(made.tokens.kept.size).toBe(0);
    expectFreed(made);
  });

  test('during the exchange gives back what comes of it, and says so in the browser.', async () => {
    const answer = deferred<OidcAnswer<OidcTokens>>();
    const made = madeUpSignIn({ oidc: { finish: () => answer.promise } });
    await settle();
    const page = made.loopback.comes(GOOD);
    await settle();
    const cancelled = made.running.cancel();
    expect(made.running.state().step.at).toBe('cancelled');
    answer.resolve({ ok: true, value: madeUpTokens(1) });
    await cancelled;
    expect(await page).toMatchObject({ title: 'Not signed in to northwind', went: 'wrong' });
    expect(made.revoked).toEqual(['made-up-refresh-1', 'made-up-access-1']);
    expect(made.tokens.kept.size).toBe(0);
    expectFreed(made);
  });

  test('comes too late once the token goes into the keychain.', async () => {
    const write = deferred<undefined>();
    const tokens = memoryOrganisationTokens();
    const made = madeUpSignIn({
      tokens: { ...tokens, keep: (...given) => write.promise.then(() => tokens.keep(...given)) },
    });
    await settle();
    void made.loopback.comes(GOOD);
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
    await made.loopback.comes(GOOD);
    await made.running.ended;
    await made.running.cancel();
    await made.running.cancel();
    expect(made.running.state().step.at).toBe('done');
  });
});

describe('Pasting', () => {
  const ADDRESS = `http://127.0.0.1:52114/callback?${GOOD}&iss=x`;

  test('the address at which the browser stopped signs in.', async () => {
    const made = madeUpSignIn({ how: 'address-only' });
    await settle();
    made.running.paste(ADDRESS);
    expect(made.running.state().paste).toBe('taken');
    expect((await made.running.ended).step.at).toBe('done');
    expectFreed(made);
  });

  test('one of another attempt, or something else, changes nothing.', async () => {
    const made = madeUpSignIn();
    await settle();
    made.running.paste(ADDRESS.replace('made-up-state', 'another'));
    expect(made.running.state().paste).toBe('not-of-this-attempt');
    made.running.paste('what is this?');
    expect(made.running.state()).toMatchObject({ step: { at: 'waiting' }, paste: 'unreadable' });
    await made.loopback.comes(GOOD);
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
    expect(await made.loopback.comes(GOOD)).toMatchObject({ title: 'This was used already' });
    await made.running.ended;
    made.running.paste(ADDRESS);
    expect(exchanged).toBe(1);
    expect(made.tokens.kept.get('northwind')).toHaveLength(1);
  });

  test('leaves nothing of it in what is shown.', async () => {
    const made = madeUpSignIn({ oidc: { finish: () => Promise.resolve(oidcFailure('invalid-grant', 400)) } });
    await settle();
    made.running.paste(ADDRESS);
    const last = await made.running.ended;
    expect(JSON.stringify(last)).not.toMatch(/made-up-code|made-up-state|verifier/);
  });
});

describe('A sign-in by a code', () => {
  type Said = OidcFailure['code'] | 'tokens' | readonly ['try-later', number];
  function device(...says: readonly Said[]): MadeUpSignIn & { readonly asked: readonly number[] } {
    const asked: number[] = [];
    let now = (): number => 0;
    const rest = [...says];
    const made = madeUpSignIn({
      how: 'device',
      oidc: {
        askDevice: () => {
          asked.push(now());
          const next = rest.shift() ?? 'pending';
          if (next === 'tokens') return Promise.resolve({ ok: true, value: madeUpTokens(1) });
          if (typeof next === 'string') return Promise.resolve(oidcFailure(next));
          return Promise.resolve({ ok: false, failure: { code: next[0], status: 429, retryAfter: next[1] } });
        },
      },
    });
    let passed = 0;
    now = () => passed;
    const { scheduler } = made;
    return {
      ...made,
      asked,
      scheduler: {
        ...scheduler,
        get pending() {
          return scheduler.pending;
        },
        pass: (milliseconds) => {
          passed += milliseconds;
          scheduler.pass(milliseconds);
        },
      },
    };
  }
  async function passSeconds({ scheduler }: MadeUpSignIn, seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      scheduler.pass(1000);
      await settle();
    }
  }
  const SECONDS = (asked: readonly number[]): readonly number[] => asked.map((time) => time / 1000);

  test('shows the code, asks at the provider’s pace, and ends with a token.', async () => {
    const made = device('pending', 'slow-down', 'pending', 'tokens');
    await settle();
    expect(made.running.state()).toMatchObject({
      step: {
        at: 'device',
        userCode: 'WDJB-MJHT',
        verificationUri: 'https://login.northwind.example/device',
      },
      takesPaste: false,
      returnsTo: null,
    });
    expect(made.browser.opened).toEqual([]);
    await passSeconds(made, 40);
    expect(SECONDS(made.asked)).toEqual([5, 10, 20, 30]);
    expect((await made.running.ended).step.at).toBe('done');
    expectFreed(made);
  });

  test('asks later and later while the network is away, and as late as it is told to.', async () => {
    const made = device('no-connection', 'timed-out', 'pending', ['try-later', 60], 'tokens');
    await settle();
    await passSeconds(made, 120);
    expect(SECONDS(made.asked)).toEqual([5, 15, 35, 40, 100]);
    expect((await made.running.ended).step.at).toBe('done');
  });

  test.each(['expired', 'denied', 'bad-client', 'refused', 'bad-id-token'] as const)(
    'stops asking when the provider says %s.',
    async (code) => {
      const made = device('pending', code);
      await settle();
      await passSeconds(made, 60);
      await made.running.ended;
      expect(whyOf(made)).toMatchObject({ code: 'oidc', failure: { code } });
      expect(made.asked).toHaveLength(2);
      expectFreed(made);
    },
  );

  test('stops when the code has ended, whatever the provider says.', async () => {
    const made = device();
    await settle();
    await passSeconds(made, 599);
    expect(made.running.state().step.at).toBe('device');
    await passSeconds(made, 1);
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'timed-out' });
    expectFreed(made);
  });

  test('asks no more after a cancel, and gives back what was just coming.', async () => {
    const answer = deferred<OidcAnswer<OidcTokens>>();
    const made = madeUpSignIn({ how: 'device', oidc: { askDevice: () => answer.promise } });
    await settle();
    made.scheduler.pass(5_000);
    await settle();
    const cancelled = made.running.cancel();
    answer.resolve({ ok: true, value: madeUpTokens(1) });
    await cancelled;
    expect(made.running.state().step.at).toBe('cancelled');
    expect(made.revoked).toHaveLength(2);
    expectFreed(made);
  });

  test('takes numbers that make no sense for the nearest that do.', async () => {
    const asked: unknown[] = [];
    const made = madeUpSignIn({
      how: 'device',
      oidc: {
        beginDevice: (provider) =>
          Promise.resolve({
            ok: true,
            value: {
              provider,
              deviceCode: 'x',
              userCode: 'A\u001b[2JB\u202eC',
              verificationUri: 'https://login.northwind.example/device\n',
              verificationUriComplete: null,
              expiresIn: 1e18,
              interval: Number.NaN,
            },
          }),
        askDevice: () => {
          asked.push(null);
          return Promise.resolve(oidcFailure('pending'));
        },
      },
    });
    await settle();
    const { step, stopsAt, startedAt } = made.running.state();
    expect(stopsAt).toBe(startedAt + 3_600_000);
    // eslint-disable-next-line no-control-regex -- exactly these must not be there
    expect(JSON.stringify(step)).not.toMatch(/[\u0000-\u001f\u202e]|\\u001b|\\n/);
    made.scheduler.pass(999);
    await settle();
    expect(asked).toHaveLength(0);
    made.scheduler.pass(1);
    await settle();
    expect(asked).toHaveLength(1);
    await made.running.cancel();
  });

  test('is not tried where the provider offers none.', async () => {
    const made = madeUpSignIn({
      how: 'device',
      oidc: {
        discover: ({ issuer }) =>
          Promise.resolve({
            ok: true,
            value: {
              issuer,
              host: 'login.northwind.example',
              offersDevice: false,
              offersRevocation: true,
              offersS256: true,
              tellsIssuer: true,
            },
          }),
      },
    });
    await made.running.ended;
    expect(whyOf(made)).toEqual({ code: 'no-device' });
  });
});
