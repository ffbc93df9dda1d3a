import { NO_PROVIDERS, type SignInFunctions } from '../../shared/usecases/desk/sign-in-functions.ts';

/** What the desk of signing in runs on: joined here from what knows Claude Code and what knows organisations. Not made yet. */
export function signInFunctions(): SignInFunctions {
  const missing = { ok: false, obstacle: 'not-available' } as const;
  return {
    previewLogin: () => Promise.resolve(missing),
    startLogin: () => Promise.resolve(missing),
    chooseClaude: () => Promise.resolve('not-available'),
    previewLogOut: () => Promise.resolve(missing),
    logOut: () => Promise.resolve({ ok: false, why: 'not-started' }),
    providers: () => NO_PROVIDERS,
    startSignIn: () => Promise.resolve(missing),
    checkProvider: () => Promise.resolve({ ok: false, why: 'not-available', at: 0 }),
    signOut: () => Promise.resolve({ ok: false, why: { code: 'not-signed-in' } }),
  };
}
