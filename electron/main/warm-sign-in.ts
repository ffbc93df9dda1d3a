import type { Scheduler } from '../../shared/ports/scheduler.ts';
import type { SignInState } from '../../shared/usecases/desk/sign-in-board.ts';

/** Milliseconds after an organisation was first seen: what the window shows at its start comes first. */
const AFTER = 1_000;

/**
 * Loads what the first sign-in to an organisation needs before somebody asks for it, once, and only where there is an organisation.
 *
 * @param warm sends nothing
 * @returns to be told of each new state
 */
export function warmSignIn(
  scheduler: Scheduler,
  warm: () => Promise<unknown>,
): (state: Pick<SignInState, 'providers'>) => void {
  let isAsked = false;
  return ({ providers }) => {
    if (isAsked || providers.entries.length === 0) return;
    isAsked = true;
    scheduler.after(AFTER, () => {
      // What cannot be loaded is told to who needs it.
      warm().catch(() => undefined);
    });
  };
}
