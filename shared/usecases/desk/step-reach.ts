import type { FollowedSignIn } from './followed-sign-in.ts';
import type { SignInBoard } from './sign-in-board.ts';
import type { SignInFunctions } from './sign-in-functions.ts';

/** What a step of signing in or out works with. */
export interface StepReach {
  readonly functions: SignInFunctions;
  readonly board: SignInBoard;
  readonly follow: FollowedSignIn['follow'];
  /** Looks again at once; never rejects. */
  readonly lookAgain: () => Promise<void>;
}
