import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';
import type { Locks } from '../ports/locks.ts';
import type { Oidc } from '../ports/oidc.ts';
import type { SignInHow } from '../core/sign-in/way-of-sign-in.ts';
import { LANDING_PAGES } from '../presentation/sign-in/landing-pages.ts';
import { startOrganisationSignIn } from '../usecases/sign-in/start-organisation-sign-in.ts';
import type { AttemptPorts } from '../usecases/sign-in/organisation-attempt.ts';
import type { RunningOrganisationSignIn } from '../usecases/sign-in/running-sign-in.ts';
import { fixedClock, SOME_NOON } from './fixed-clock.ts';
import { manualScheduler, type ManualScheduler } from './manual-scheduler.ts';
import { memoryBrowser, type MemoryBrowser } from './memory-browser.ts';
import { memoryLoopback, type MemoryLoopback } from './memory-loopback.ts';
import { memoryOidc } from './memory-oidc.ts';
import { memoryOrganisationTokens, type MemoryOrganisationTokens } from './memory-organisation-tokens.ts';
import { northwind } from './northwind.ts';

/** What a browser brings back when all went well at the provider. */
export const WAY_BACK = 'code=made-up-code&state=made-up-state';

/** Its gateway takes the token in one header, and codes are typed nowhere. */
export function madeUpProvider(more: Partial<OidcProvider> = {}): OidcProvider {
  return northwind({
    scopes: ['openid', 'gateway'],
    deviceFlow: false,
    baseUrl: 'https://gateway.northwind.example',
    ...more,
  });
}

/** One at a time under a name, and no waiting: as the system’s locks are with a limit of 0. */
export function oneHolder(): Locks {
  const held = new Set<string>();
  return {
    alone: async (name, _, run) => {
      if (held.has(name)) return 'busy';
      held.add(name);
      try {
        return await run();
      } finally {
        held.delete(name);
      }
    },
  };
}

export interface MadeUpSignIn {
  readonly running: RunningOrganisationSignIn;
  readonly loopback: MemoryLoopback;
  readonly browser: MemoryBrowser;
  readonly tokens: MemoryOrganisationTokens;
  readonly scheduler: ManualScheduler;
  /** The steps that it has gone through. */
  readonly steps: readonly string[];
  /** Tokens that were given back to the provider. */
  readonly revoked: readonly string[];
}

export interface MadeUpSignInOptions {
  readonly how?: SignInHow;
  readonly provider?: Partial<OidcProvider>;
  readonly oidc?: Partial<Oidc>;
  readonly ports?: Partial<AttemptPorts>;
  readonly tokens?: MemoryOrganisationTokens;
  readonly browser?: MemoryBrowser;
  readonly loopback?: MemoryLoopback;
}

/** A sign-in among doubles, with time that stands still. */
export function madeUpSignIn(options: MadeUpSignInOptions = {}): MadeUpSignIn {
  const clock = fixedClock(SOME_NOON);
  const scheduler = manualScheduler(clock);
  const {
    loopback = memoryLoopback(),
    browser = memoryBrowser(),
    tokens = memoryOrganisationTokens(),
  } = options;
  const revoked: string[] = [];
  const oidc = memoryOidc({
    revoke: (_, token) => {
      revoked.push(token);
      return Promise.resolve({ ok: true, value: 'revoked' });
    },
    ...options.oidc,
  });
  const ports: AttemptPorts = {
    oidc,
    loopback,
    browser,
    scheduler,
    clock,
    locks: oneHolder(),
    ...options.ports,
  };
  const running = startOrganisationSignIn(
    ports,
    tokens,
    madeUpProvider(options.provider),
    options.how ?? 'browser',
    LANDING_PAGES,
  );
  const steps: string[] = [running.state().step.at];
  running.onChange(() => {
    const { at } = running.state().step;
    if (steps.at(-1) !== at) steps.push(at);
  });
  return { running, loopback, browser, tokens, scheduler, steps, revoked };
}

/** Lets everything happen that waits for nothing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** Why it failed; else where it stands. */
export function whyOf({ running }: MadeUpSignIn): unknown {
  const { step } = running.state();
  return step.at === 'failed' ? step.why : step.at;
}

/** What an attempt still holds; once it is over, `NOTHING`. */
export function leftBehind({ loopback, scheduler, running }: MadeUpSignIn): object {
  const { stopsAt, returnsTo, takesPaste } = running.state();
  return {
    isListening: loopback.isOpen(),
    timers: scheduler.pending,
    address: running.address(),
    stopsAt,
    returnsTo,
    takesPaste,
  };
}

export const NOTHING = {
  isListening: false,
  timers: 0,
  address: null,
  stopsAt: null,
  returnsTo: null,
  takesPaste: false,
} as const;
