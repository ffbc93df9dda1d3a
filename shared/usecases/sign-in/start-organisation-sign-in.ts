import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type {
  OrganisationSignInState,
  SignInFailure,
  SignInStep,
} from '../../core/sign-in/organisation-sign-in.ts';
import type { SignInHow } from '../../core/sign-in/way-of-sign-in.ts';
import type { OidcTokens } from '../../ports/oidc.ts';
import { deferred } from './deferred.ts';
import {
  failed,
  orStopped,
  STOPPED,
  type Attempt,
  type AttemptPage,
  type AttemptPorts,
  type LandingPages,
  type WayEnd,
} from './organisation-attempt.ts';
import type { KeepLook, OrganisationTokens } from './organisation-tokens.ts';
import type { RunningOrganisationSignIn } from './running-sign-in.ts';
import { signInByBrowser } from './sign-in-by-browser.ts';
import { signInByDevice } from './sign-in-by-device.ts';

/**
 * Signs in to an organisation: one attempt of this user per provider at a time, whichever process makes it. What goes wrong stands
 * in the state; whatever happens, port and timers are free and secrets forgotten when `ended` settles.
 */
export function startOrganisationSignIn(
  ports: AttemptPorts,
  tokens: OrganisationTokens,
  provider: OidcProvider,
  how: SignInHow,
  pages: LandingPages,
): RunningOrganisationSignIn {
  const listeners: (() => void)[] = [];
  const stop = deferred<'stopped'>();
  let state = firstState(provider, ports.clock.now());
  let page: AttemptPage | null = null;
  let stoppedBy: SignInStep | null = null;
  /** What is in the keychain stays there. */
  let mayStop = true;

  const change = (patch: Partial<OrganisationSignInState>): void => {
    if (isOver(state.step)) return;
    state = { ...state, ...patch };
    for (const listener of [...listeners]) listener();
  };
  const end = (step: SignInStep): void => {
    change({ step, stopsAt: null, returnsTo: null, takesPaste: false });
  };
  const stopWith = (step: SignInStep): void => {
    if (!mayStop || stoppedBy !== null) return;
    stoppedBy = step;
    page = null;
    end(step);
    stop.resolve('stopped');
  };
  const attempt: Attempt = {
    ports,
    provider,
    pages,
    change,
    stopped: stop.promise,
    isStopped: () => stoppedBy !== null,
    stopAfter: (milliseconds) =>
      ports.scheduler.after(milliseconds, () => {
        stopWith({ at: 'failed', why: { code: 'timed-out' } });
      }),
    offer: (offered) => {
      page = stoppedBy === null ? offered : null;
    },
  };

  const keep = async (came: OidcTokens, looked: KeepLook): Promise<SignInStep> => {
    mayStop = false;
    change({ step: { at: 'keeping' } });
    const kept = await tokens.keep(provider, came, looked);
    if (kept.ok) return { at: 'done', note: kept.note };
    await giveBack(attempt, came);
    return { at: 'failed', why: { code: 'not-kept', why: kept.why } };
  };
  const lastStep = async (came: WayEnd, looking: Promise<KeepLook>): Promise<SignInStep> => {
    switch (came.kind) {
      case 'tokens':
        return keep(came.tokens, await looking);
      case 'failed':
        return { at: 'failed', why: came.why };
      case 'stopped':
        return { at: 'cancelled' };
    }
  };
  const run = async (): Promise<'ran'> => {
    const looking = tokens.look(provider);
    const came = await signIn(attempt, how, looking);
    const last = stoppedBy ?? (await lastStep(came, looking));
    end(last);
    await came.tell(pages.last(last, provider.name));
    if (stoppedBy !== null && came.kind === 'tokens') await giveBack(attempt, came.tokens);
    return 'ran';
  };
  const whole = async (): Promise<OrganisationSignInState> => {
    try {
      // Held for as long as the attempt lasts, and freed by the system when its process dies.
      const ran = await ports.locks.alone(`sign-in-${provider.name}`, 0, run);
      if (ran === 'busy') end({ at: 'failed', why: { code: 'already-under-way' } });
      // Two at once do no harm: each has a state of its own, and the keychain takes one after the other.
      if (ran === 'unavailable') await run();
    } catch {
      end({ at: 'failed', why: { code: 'internal' } });
    }
    stop.resolve('stopped');
    return state;
  };
  const ended = whole();

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.push(listener);
    },
    paste: (text) => {
      page?.paste?.(text);
    },
    openAgain: async () => {
      if (page === null) return 'refused';
      const opened = await ports.browser.open(page.address);
      if (opened === 'opened') change({ browserAt: ports.clock.now() });
      return opened;
    },
    address: () => page?.address ?? null,
    cancel: async () => {
      stopWith({ at: 'cancelled' });
      await ended;
    },
    ended,
  };
}

function firstState(provider: OidcProvider, startedAt: number): OrganisationSignInState {
  return {
    provider: provider.name,
    step: { at: 'starting' },
    startedAt,
    stopsAt: null,
    host: null,
    browserAt: null,
    returnsTo: null,
    takesPaste: false,
    paste: 'none',
  };
}

/** Nothing comes after this. */
export function isOver({ at }: SignInStep): boolean {
  return at === 'done' || at === 'failed' || at === 'cancelled';
}

/** @param looking before somebody takes the trouble to sign in */
async function signIn(attempt: Attempt, how: SignInHow, looking: Promise<KeepLook>): Promise<WayEnd> {
  const { ports, provider, change } = attempt;
  const both = await orStopped(attempt, Promise.all([looking, ports.oidc.discover(provider)]));
  if (both === 'stopped') return STOPPED;
  const [{ trouble }, asked] = both;
  if (trouble !== null) return failed({ code: 'no-place', why: trouble });
  if (!asked.ok) return failed({ code: 'oidc', failure: asked.failure });
  const server = asked.value;
  change({ host: server.host });
  const fail = (code: 'no-device' | 'no-way-back'): WayEnd => failed({ code } satisfies SignInFailure);
  if (how === 'device') return server.offersDevice ? signInByDevice(attempt) : fail('no-device');
  const hasDevice = provider.deviceFlow && server.offersDevice;
  const end = await signInByBrowser(attempt, server, how === 'browser', hasDevice);
  if (end !== 'no-way-back') return end;
  if (attempt.isStopped()) return STOPPED;
  return hasDevice ? signInByDevice(attempt) : fail('no-way-back');
}

/** Nobody has this token, so it shall open nothing; where the provider cannot be told, it ends by itself. */
async function giveBack(
  { ports, provider }: Attempt,
  { refreshToken, accessToken }: OidcTokens,
): Promise<void> {
  if (refreshToken !== null) await ports.oidc.revoke(provider, refreshToken, 'refresh');
  await ports.oidc.revoke(provider, accessToken, 'access');
}
