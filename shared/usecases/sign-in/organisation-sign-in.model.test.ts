import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OidcTokens } from '../../ports/oidc.ts';
import { fixedClock, SOME_NOON } from '../../testing/fixed-clock.ts';
import { madeUpProvider, oneHolder, settle } from '../../testing/made-up-organisation-sign-in.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryBrowser } from '../../testing/memory-browser.ts';
import { memoryLoopback } from '../../testing/memory-loopback.ts';
import { madeUpTokens, memoryOidc, oidcFailure } from '../../testing/memory-oidc.ts';
import { memoryOrganisationTokens } from '../../testing/memory-organisation-tokens.ts';
import { deferred } from './deferred.ts';
import { LANDING_PAGES } from '../../presentation/sign-in/landing-pages.ts';
import { isOver, startOrganisationSignIn } from './start-organisation-sign-in.ts';

const ATTEMPTS = 4;
const attempt = fc.nat(ATTEMPTS - 1);

/** What may happen, in any order; `at`: whose port or field, `of`: whose state. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('callback' as const), at: attempt, of: attempt }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ kind: fc.constant('callback' as const), at: attempt })
      .map((one) => ({ ...one, of: one.at })),
  },
  fc.record({ kind: fc.constant('paste' as const), at: attempt, of: attempt }),
  fc.record({
    kind: fc.constant('mutated' as const),
    at: attempt,
    how: fc.constantFrom('twice', 'both', 'cut', 'upper', 'none', 'empty', 'longer'),
  }),
  fc.record({ kind: fc.constant('answer' as const), at: attempt, good: fc.boolean() }),
  fc.record({ kind: fc.constant('cancel' as const), at: attempt }),
  fc.record({
    kind: fc.constant('time' as const),
    milliseconds: fc.constantFrom(1, 60_000, 300_000, 600_000),
  }),
  fc.record({ kind: fc.constant('breath' as const) }),
);

function mutated(state: string, how: string): string {
  switch (how) {
    case 'twice':
      return `code=c&state=${state}&state=${state}`;
    case 'both':
      return `code=c&error=e&state=${state}`;
    case 'cut':
      return `code=c&state=${state.slice(0, -1)}`;
    case 'upper':
      return `code=c&state=${state.toUpperCase()}`;
    case 'none':
      return 'code=c';
    case 'empty':
      return `code=&state=${state}`;
    default:
      return `code=c&state=${state}x`;
  }
}

describe('Any number of sign-ins, with anything happening in between', () => {
  test('end by their own answer alone, once, and leave no port and no timer.', async () => {
    const seen = { done: 0, failed: 0, cancelled: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), fc.boolean(), async (happenings, patient) => {
        const clock = fixedClock(SOME_NOON);
        const scheduler = manualScheduler(clock);
        const locks = oneHolder();
        const tokens = memoryOrganisationTokens();
        const all = Array.from({ length: ATTEMPTS }, (_, index) => {
          const state = `state-of-${String(index)}`;
          const name = `p${String(index)}`;
          const loopback = memoryLoopback(50_000 + index);
          const exchanged: string[] = [];
          const revoked: string[] = [];
          const answers: { resolve: (good: boolean) => void }[] = [];
          const oidc = memoryOidc({
            begin: (provider, redirectUri) =>
              Promise.resolve({
                ok: true,
                value: {
                  provider,
                  authorizationUrl: `https://${name}.example/?state=${state}`,
                  state,
                  codeVerifier: 'v',
                  nonce: null,
                  redirectUri,
                },
              }),
            finish: async (_, query) => {
              exchanged.push(query);
              const answer = deferred<boolean>();
              answers.push(answer);
              return (await answer.promise)
                ? { ok: true, value: tokensOf(index) }
                : oidcFailure('invalid-grant', 400);
            },
            revoke: (_, token) => {
              revoked.push(token);
              return Promise.resolve({ ok: true, value: 'revoked' });
            },
          });
          const ports = {
            oidc,
            loopback,
            browser: memoryBrowser(),
            locks,
            scheduler,
            clock,
          };
          const running = startOrganisationSignIn(
            ports,
            tokens,
            madeUpProvider({ name }),
            'browser',
            LANDING_PAGES,
          );
          return {
            state,
            name,
            loopback,
            exchanged,
            revoked,
            answers,
            running,
            good: null as boolean | null,
          };
        });
        await settle();
        for (const one of happenings) {
          const target = 'at' in one ? all[one.at] : undefined;
          if (one.kind === 'time') scheduler.pass(one.milliseconds);
          else if (one.kind === 'breath' || target === undefined) await settle();
          else if (one.kind === 'callback')
            void target.loopback.comes(`code=c&state=state-of-${String(one.of)}`);
          else if (one.kind === 'mutated') void target.loopback.comes(mutated(target.state, one.how));
          else if (one.kind === 'paste')
            target.running.paste(
              `http://127.0.0.1:${String(50_000 + one.at)}/callback?code=c&state=state-of-${String(one.of)}&iss=x`,
            );
          else if (one.kind === 'cancel') void target.running.cancel();
          else for (const answer of target.answers) answer.resolve(one.good);
        }
        await settle();
        if (patient) {
          for (const { answers } of all) for (const { resolve } of answers) resolve(true);
          await settle();
        }
        // Everybody goes home, and whoever was asked answers at last.
        const cancels = all.map(({ running }) => running.cancel());
        for (const { answers } of all) for (const { resolve } of answers) resolve(true);
        await Promise.all(cancels);
        await settle();

        expect(scheduler.pending).toBe(0);
        for (const { state, name, loopback, exchanged, revoked, running } of all) {
          const { step } = running.state();
          expect(isOver(step)).toBe(true);
          seen[step.at as keyof typeof seen] += 1;
          expect(loopback.isOpen()).toBe(false);
          expect(running.address()).toBeNull();
          expect(exchanged.length).toBeLessThanOrEqual(1);
          for (const query of exchanged) expect(query.replace('&iss=x', '')).toBe(`code=c&state=${state}`);
          const kept = tokens.kept.get(name) ?? [];
          // Done and kept are one; a token is kept, or given back, and never both.
          expect(kept.length).toBe(step.at === 'done' ? 1 : 0);
          for (const one of kept) expect(one.accessToken).toBe(`made-up-access-of-${name}`);
          if (kept.length > 0) expect(revoked).toEqual([]);
          if (step.at === 'done') expect(exchanged).toHaveLength(1);
        }
      }),
    );
    // A model in which nothing ever succeeds shows nothing.
    expect(Object.values(seen).every((count) => count > 0)).toBe(true);
  });
});

function tokensOf(index: number): OidcTokens {
  return madeUpTokens(index, {
    accessToken: `made-up-access-of-p${String(index)}`,
    refreshToken: `made-up-refresh-of-p${String(index)}`,
  });
}
