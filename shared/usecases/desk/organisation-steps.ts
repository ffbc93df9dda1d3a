import type { SignInTaskOf, WishOf } from './sign-in-task.ts';
import type { StepReach } from './step-reach.ts';

export async function runSignIn(
  { functions, board, follow }: StepReach,
  id: string,
  wish: WishOf<'sign-in'>,
): Promise<void> {
  const started = await functions
    .startSignIn(wish.name, wish.manner)
    .catch(() => ({ ok: false, obstacle: 'not-available' }) as const);
  if (board.isGone(id)) {
    if (started.ok) await started.signIn.cancel().catch(() => undefined);
    return;
  }
  if (!started.ok) {
    board.obstacle(id, { of: 'sign-in', code: started.obstacle });
    return;
  }
  const { signIn } = started;
  const before = board.task()?.before ?? [];
  const entry = board.entryOf(wish.name);
  const own = { kind: 'sign-in', id, wish, before, entry, cancelling: false, looked: false } as const;
  follow(signIn, { ...own, state: signIn.state() }, (state) => {
    const now = board.task();
    if (now?.id === id && now.kind === 'sign-in') board.put({ ...now, state });
  });
}

/** Asks whether to sign out of a provider that is set up, or was. */
export function prepareSignOut({ board }: StepReach, id: string, { name }: WishOf<'sign-out'>): void {
  const entry = board.entryOf(name);
  if (entry === null) board.obstacle(id, { of: 'sign-in', code: 'not-configured' });
  else board.ask(id, { kind: 'sign-out', entry, at: 'question', answer: null });
}

/** A yes that follows a failure means: also if the provider cannot be told. */
export async function signOut(
  { functions, board, lookAgain }: StepReach,
  asked: SignInTaskOf<'sign-out'>,
  name: string,
): Promise<void> {
  board.put({ ...asked, at: 'working' });
  const answer = await functions
    .signOut(name, asked.at === 'failed')
    .catch(() => ({ ok: false, why: { code: 'busy' } }) as const);
  await lookAgain();
  board.put({ ...asked, at: answer.ok ? 'done' : 'failed', answer });
  board.refresh();
}
