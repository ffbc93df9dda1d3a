import { describe, expect, test } from 'vitest';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcAnswer, OidcTokens } from '../../ports/oidc.ts';
import {
  leftBehind,
  madeUpSignIn,
  NOTHING,
  settle,
  whyOf,
  type MadeUpSignIn,
} from '../../testing/made-up-organisation-sign-in.ts';
import { madeUpTokens, oidcFailure } from '../../testing/memory-oidc.ts';
import { deferred } from './deferred.ts';

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
    expect(leftBehind(made)).toEqual(NOTHING);
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
      expect(leftBehind(made)).toEqual(NOTHING);
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
    expect(leftBehind(made)).toEqual(NOTHING);
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
    expect(leftBehind(made)).toEqual(NOTHING);
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
