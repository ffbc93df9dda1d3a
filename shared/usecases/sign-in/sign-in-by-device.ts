import { harmlessText } from '../../core/harmless-text.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcDevice } from '../../ports/oidc.ts';
import { deferred } from './deferred.ts';
import { failed, orStopped, STOPPED, tellNobody, type Attempt, type WayEnd } from './organisation-attempt.ts';

/** A code that the person types on a page, on any machine (RFC 8628). */
export async function signInByDevice(attempt: Attempt): Promise<WayEnd> {
  const { ports, provider, change, offer } = attempt;
  const begun = await orStopped(attempt, ports.oidc.beginDevice(provider));
  if (begun === 'stopped') return STOPPED;
  if (!begun.ok) return failed({ code: 'oidc', failure: begun.failure });
  const device = begun.value;
  const lasts = within(device.expiresIn * 1000, 1_000, LONGEST);
  const keepAsking = attempt.stopAfter(lasts);
  try {
    // The code is shown even where the address carries it: only who compares the two notices another’s page (RFC 8628 §5.4).
    offer({ address: device.verificationUriComplete ?? device.verificationUri });
    change({
      step: {
        at: 'device',
        userCode: harmlessText(device.userCode),
        verificationUri: harmlessText(device.verificationUri),
      },
      stopsAt: ports.clock.now() + lasts,
      returnsTo: null,
      takesPaste: false,
    });
    return await ask(attempt, device);
  } finally {
    offer(null);
    keepAsking();
  }
}

/** Milliseconds; timers take no longer than some weeks, and nobody waits that long. */
const LONGEST = 3_600_000;
const LONGEST_INTERVAL = 300_000;
const SLOWER = 5_000;

async function ask(attempt: Attempt, device: OidcDevice): Promise<WayEnd> {
  const { ports } = attempt;
  let interval = within(device.interval * 1000, 1_000, LONGEST_INTERVAL);
  let wait = interval;
  for (;;) {
    if ((await orStopped(attempt, pause(attempt, wait))) === 'stopped') return STOPPED;
    // Waited for whoever stops it: a token that came would else be good and nobody’s.
    const answer = await ports.oidc.askDevice(device);
    if (answer.ok) return { kind: 'tokens', tokens: answer.value, tell: tellNobody };
    if (attempt.isStopped()) return STOPPED;
    const { failure } = answer;
    if (failure.code === 'pending') wait = interval;
    else if (failure.code === 'slow-down') {
      interval = within(interval + SLOWER, interval, LONGEST_INTERVAL);
      wait = interval;
    } else if (failure.code === 'try-later') {
      wait = within((failure.retryAfter ?? 0) * 1000, interval, LONGEST_INTERVAL);
    } else if (NETWORK.has(failure.code)) wait = within(wait * 2, interval, LONGEST_INTERVAL);
    else return failed({ code: 'oidc', failure });
  }
}

/** The person may be done before the network is back; each time it is asked later (RFC 8628 §3.5). */
const NETWORK: ReadonlySet<OidcFailure['code']> = new Set(['no-connection', 'connection-lost', 'timed-out']);

/** Settles after so many milliseconds; the timer goes when the attempt is stopped. */
async function pause({ ports, stopped }: Attempt, milliseconds: number): Promise<void> {
  const { promise, resolve } = deferred<undefined>();
  const cancel = ports.scheduler.after(milliseconds, () => {
    resolve(undefined);
  });
  void stopped.then(cancel);
  await promise;
}

/** What is not a number is the least. */
function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number.isNaN(value) ? least : value));
}
