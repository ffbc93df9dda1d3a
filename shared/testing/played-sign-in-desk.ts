import type { ClaudeLoginState, LoginWay } from '../core/sign-in/claude-login.ts';
import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';
import type { OrganisationNote, OrganisationSignInState } from '../core/sign-in/organisation-sign-in.ts';
import { createSignInDesk, type SignInDesk } from '../usecases/desk/sign-in-desk.ts';
import type {
  ProviderEntry,
  SetupTokenPreview,
  SignInFunctions,
} from '../usecases/desk/sign-in-functions.ts';
import type { Inspection } from '../usecases/inspect.ts';
import type { RunningSignIn } from '../usecases/sign-in/running-sign-in.ts';
import { fixedClock, SOME_NOON } from './fixed-clock.ts';
import { manualScheduler, type ManualScheduler } from './manual-scheduler.ts';

/** A sign-in that a test plays. Its secrets are marked, so that they can be looked for. */
export interface PlayedSignIn<State> extends RunningSignIn<State> {
  readonly pasted: readonly string[];
  readonly cancels: () => number;
  /** Whether it has ended, whatever was said later. */
  readonly isOver: () => boolean;
  /** Goes on to another state. */
  readonly turn: (change: Partial<State>) => void;
  /** Comes to an end. */
  readonly end: (change: Partial<State>) => void;
}

export const MARKED_LINK =
  'https://claude.com/oauth/authorize?code_challenge=MARKED-CHALLENGE&state=MARKED-STATE';

export const LOGIN_STARTS: ClaudeLoginState = {
  way: 'claude',
  step: { at: 'starting' },
  startedAt: SOME_NOON,
  browserAt: null,
  link: null,
  asksCode: false,
  code: 'none',
};
export const LOGIN_WAITS: ClaudeLoginState = {
  ...LOGIN_STARTS,
  step: { at: 'waiting' },
  browserAt: SOME_NOON + 1_000,
  link: { url: MARKED_LINK, host: 'claude.com' },
  asksCode: true,
};
export const SIGN_IN_STARTS: OrganisationSignInState = {
  provider: 'northwind',
  step: { at: 'starting' },
  startedAt: SOME_NOON,
  stopsAt: null,
  host: null,
  browserAt: null,
  returnsTo: null,
  takesPaste: false,
  paste: 'none',
};
export const SIGN_IN_WAITS: OrganisationSignInState = {
  ...SIGN_IN_STARTS,
  step: { at: 'waiting' },
  stopsAt: SOME_NOON + 300_000,
  host: 'login.northwind.example',
  browserAt: SOME_NOON + 1_000,
  returnsTo: '127.0.0.1:52114',
};

export const NORTHWIND: OidcProvider = {
  name: 'northwind',
  issuer: 'https://login.northwind.example',
  clientId: 'made-up-client',
  scopes: ['openid', 'offline_access'],
  resource: null,
  redirectPath: '/callback',
  deviceFlow: true,
  baseUrl: 'https://gateway.northwind.example',
  header: 'authorization',
  from: 'user',
};
export const SIGNED_IN: OrganisationNote = {
  provider: 'northwind',
  account: 'petra@northwind.example',
  signedInAt: SOME_NOON,
  accessEndsAt: SOME_NOON + 8 * 3_600_000,
  renews: true,
  missingScopes: [],
  state: 'signed-in',
};
export const entryOf = (change: Partial<ProviderEntry> = {}): ProviderEntry => ({
  provider: NORTHWIND,
  isFormer: false,
  note: null,
  use: null,
  ...change,
});

/** @param onCancel what it does when it is cancelled; unless said it ends at once */
export function playedSignIn<State extends { readonly step: unknown }>(
  first: State,
  cancelled: Partial<State>,
  onCancel: (played: PlayedSignIn<State>) => void = (played) => {
    played.end(cancelled);
  },
): PlayedSignIn<State> {
  let state = first;
  let listener = (): void => undefined;
  let cancels = 0;
  let isOver = false;
  let settle: (state: State) => void = () => undefined;
  const ended = new Promise<State>((resolve) => {
    settle = resolve;
  });
  const pasted: string[] = [];
  const played: PlayedSignIn<State> = {
    pasted,
    cancels: () => cancels,
    isOver: () => isOver,
    state: () => state,
    onChange: (next) => {
      listener = next;
    },
    paste: (text) => {
      pasted.push(text);
    },
    openAgain: () => Promise.resolve('opened'),
    address: () => MARKED_LINK,
    cancel: async () => {
      cancels += 1;
      onCancel(played);
      await ended;
    },
    ended,
    turn: (change) => {
      state = { ...state, ...change };
      listener();
    },
    end: (change) => {
      if (isOver) return;
      isOver = true;
      played.turn(change);
      settle(state);
    },
  };
  return played;
}

export const playedLogin = (
  onCancel?: (played: PlayedSignIn<ClaudeLoginState>) => void,
): PlayedSignIn<ClaudeLoginState> =>
  playedSignIn<ClaudeLoginState>(LOGIN_STARTS, { step: { at: 'cancelled' } }, onCancel);

export const playedOrganisation = (
  onCancel?: (played: PlayedSignIn<OrganisationSignInState>) => void,
): PlayedSignIn<OrganisationSignInState> =>
  playedSignIn<OrganisationSignInState>(SIGN_IN_STARTS, { step: { at: 'cancelled' } }, onCancel);

export interface SignInSeat {
  readonly desk: SignInDesk;
  readonly scheduler: ManualScheduler;
  readonly logins: readonly PlayedSignIn<ClaudeLoginState>[];
  readonly signIns: readonly PlayedSignIn<OrganisationSignInState>[];
  /** What was asked for, in order: “startLogin console”. */
  readonly asked: readonly string[];
  readonly looks: () => number;
  readonly told: () => number;
}

const PREVIEW = {
  ok: true,
  command: 'claude auth login --claudeai',
  program: '/usr/bin/claude',
  forced: null,
} as const;

export const SETUP_TOKEN: Extract<SetupTokenPreview, { ok: true }> = {
  ok: true,
  command: '/opt/claude setup-token',
  hasTerminal: true,
  madeAt: null,
  here: null,
};

/** A desk whose sign-ins a test plays. */
export function madeUpSignIn(
  given: {
    readonly functions?: Partial<SignInFunctions>;
    readonly inspections?: readonly Inspection[];
    readonly entries?: readonly ProviderEntry[];
    readonly onCancel?: (played: {
      readonly end: (change: { readonly step: { readonly at: 'cancelled' } }) => void;
    }) => void;
  } = {},
): SignInSeat {
  const { functions = {}, inspections = [], entries = [entryOf()], onCancel } = given;
  const asked: string[] = [];
  const logins: PlayedSignIn<ClaudeLoginState>[] = [];
  const signIns: PlayedSignIn<OrganisationSignInState>[] = [];
  const note = (text: string): void => {
    asked.push(text);
  };
  let looks = 0;
  let told = 0;
  const scheduler = manualScheduler(fixedClock(SOME_NOON));
  const desk = createSignInDesk({
    scheduler,
    inspections: () => inspections,
    lookAgain: () => {
      looks += 1;
      return Promise.resolve();
    },
    functions: {
      previewLogin: (way: LoginWay) => {
        note(`previewLogin ${way}`);
        return Promise.resolve(PREVIEW);
      },
      startLogin: (way) => {
        note(`startLogin ${way}`);
        const login = playedLogin(onCancel);
        logins.push(login);
        return Promise.resolve({ ok: true, login });
      },
      chooseClaude: (path) => {
        note(`chooseClaude ${path}`);
        return Promise.resolve('taken');
      },
      previewLogOut: () => {
        note('previewLogOut');
        const deletes = [{ what: 'login', path: '/home/p/.claude/.credentials.json' }] as const;
        return Promise.resolve({ ok: true, command: 'claude auth logout', deletes });
      },
      logOut: () => {
        note('logOut');
        return Promise.resolve({ ok: true, server: 'told' });
      },
      previewSetupToken: () => {
        note('previewSetupToken');
        return Promise.resolve(SETUP_TOKEN);
      },
      openSetupToken: () => {
        note('openSetupToken');
        return Promise.resolve('opened');
      },
      noteSetupToken: (before) => {
        note(`noteSetupToken ${before ?? 'null'}`);
        return Promise.resolve({ ok: true, madeAt: SOME_NOON - 12 * 3_600_000, token: 'any' });
      },
      providers: () => ({
        entries,
        faults: [],
        file: { path: '/home/p/.config/credence/providers.json', isThere: true },
      }),
      startSignIn: (name, how) => {
        note(`startSignIn ${name} ${how}`);
        const signIn = playedOrganisation(onCancel);
        signIns.push(signIn);
        return Promise.resolve({ ok: true, signIn });
      },
      checkProvider: (name) => {
        note(`checkProvider ${name}`);
        return Promise.resolve({
          ok: true,
          host: 'login.northwind.example',
          revokes: true,
          offersDevice: true,
          at: SOME_NOON,
        });
      },
      signOut: (name, anyway) => {
        note(`signOut ${name}${anyway ? ' anyway' : ''}`);
        return Promise.resolve({ ok: true, revoked: 'revoked' });
      },
      ...functions,
    },
  });
  desk.onChange(() => {
    told += 1;
  });
  return { desk, scheduler, logins, signIns, asked, looks: () => looks, told: () => told };
}
