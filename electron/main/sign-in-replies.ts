import type { Reply } from '../../shared/ipc/contract.ts';
import { LOGIN_OBSTACLE_WORDS } from '../../shared/presentation/window/sign-in-words.ts';
import type { SignInReply } from '../../shared/usecases/desk/sign-in-desk.ts';
import type { LoginObstacle } from '../../shared/usecases/desk/sign-in-functions.ts';
import { DONE, failed } from './run-command.ts';

/** What the window hears of a step of signing in; what became of it stands in the snapshot. */
export function replyToSignIn(reply: SignInReply): Reply {
  switch (reply) {
    case 'done':
      return DONE;
    case 'under-way':
      // That one is shown, which is what a person wants to see then.
      return DONE;
    case 'not-known':
      return failed('not-known', 'That sign-in is over.');
    case 'busy':
      return failed('not-possible', 'It is under way. Cancel it first.');
    case 'no-browser':
      return failed('not-possible', 'No browser opened. Copy the address instead.');
  }
}

export function replyToChoice(taken: 'taken' | LoginObstacle): Reply {
  if (taken === 'taken') return DONE;
  const { happened, means } = LOGIN_OBSTACLE_WORDS[taken];
  return failed('not-possible', `${happened} ${means}`);
}
