import type { Inspection } from '../inspect.ts';
import type { LoginPreview } from './sign-in-functions.ts';
import { asksFirst, withLogin, withoutLogin, type SignInTaskOf, type WishOf } from './sign-in-task.ts';
import type { StepReach } from './step-reach.ts';

/** Looks what a login would run, and begins it; where it would be used nowhere, or is led elsewhere, that is asked first. */
export async function prepareLogin(reach: StepReach, id: string, wish: WishOf<'login'>): Promise<void> {
  const { functions, board } = reach;
  const preview = await functions.previewLogin(wish.way).catch(() => NOT_STARTED);
  if (board.isGone(id)) return;
  if (!preview.ok) {
    board.obstacle(id, { of: 'login', code: preview.obstacle });
    return;
  }
  const then = withLogin(board.task()?.before ?? [], wish.way);
  if (asksFirst(preview, then, wish.way)) board.ask(id, { kind: 'before-login', preview, then });
  else await runLogin(reach, id, wish, preview, then);
}

export async function runLogin(
  { functions, board, follow }: StepReach,
  id: string,
  wish: WishOf<'login'>,
  preview: Extract<LoginPreview, { ok: true }>,
  then: readonly Inspection[],
): Promise<void> {
  const before = board.task()?.before ?? [];
  board.put({ kind: 'preparing', id, wish, before, cancelling: false });
  const started = await functions.startLogin(wish.way, null).catch(() => NOT_STARTED);
  if (board.isGone(id)) {
    if (started.ok) await started.login.cancel().catch(() => undefined);
    return;
  }
  if (!started.ok) {
    board.obstacle(id, { of: 'login', code: started.obstacle });
    return;
  }
  const { login } = started;
  const own = { kind: 'login', id, wish, before, preview, then, cancelling: false, looked: false } as const;
  follow(login, { ...own, state: login.state() }, (state) => {
    const now = board.task();
    if (now?.id === id && now.kind === 'login') board.put({ ...now, state });
  });
}

/** Looks what a log-out would delete, and asks. */
export async function prepareLogOut({ functions, board }: StepReach, id: string): Promise<void> {
  const preview = await functions.previewLogOut().catch(() => NOT_STARTED);
  if (board.isGone(id)) return;
  if (!preview.ok) {
    board.obstacle(id, { of: 'login', code: preview.obstacle });
    return;
  }
  const then = withoutLogin(board.task()?.before ?? []);
  board.ask(id, { kind: 'log-out', preview, then, at: 'question', result: null });
}

export async function logOut(
  { functions, board, lookAgain }: StepReach,
  asked: SignInTaskOf<'log-out'>,
): Promise<void> {
  board.put({ ...asked, at: 'working' });
  const result = await functions.logOut().catch(() => ({ ok: false, why: 'not-started' }) as const);
  // Whatever it says: something may be gone.
  await lookAgain();
  board.put({ ...asked, at: result.ok ? 'done' : 'failed', result });
}

const NOT_STARTED = { ok: false, obstacle: 'not-started' } as const;
