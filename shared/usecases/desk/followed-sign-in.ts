import type { RunningSignIn } from '../sign-in/running-sign-in.ts';
import type { OpenWork } from './open-work.ts';
import type { SignInBoard } from './sign-in-board.ts';
import type { SignInTaskOf } from './sign-in-task.ts';

/** The one sign-in that runs, and how it is shown. */
export interface FollowedSignIn {
  /** `null`: none runs. */
  readonly current: () => RunningSignIn<unknown> | null;
  /**
   * Shows what becomes of it, and in the end what is true then.
   *
   * @param first how it is shown at its beginning
   * @param show puts another state on the board
   */
  readonly follow: <State>(
    own: RunningSignIn<State>,
    first: SignInTaskOf<'login' | 'sign-in'>,
    show: (state: State) => void,
  ) => void;
}

export function createFollowedSignIn(
  board: SignInBoard,
  work: OpenWork,
  lookAgain: () => Promise<void>,
): FollowedSignIn {
  let running: RunningSignIn<unknown> | null = null;
  return {
    current: () => running,
    follow: (own, first, show) => {
      running = own;
      board.put(first);
      own.onChange(() => {
        // What is said after its end, or of another attempt, changes nothing.
        if (running === own) show(own.state());
      });
      void work.until(
        own.ended
          .catch(() => own.state())
          .then(async (last) => {
            show(last);
            if (running === own) running = null;
            await lookAgain();
            board.putLooked(first.id);
          }),
      );
    },
  };
}
