import type { SignInTask, SignInTaskOf } from './sign-in-task.ts';
import type { StepReach } from './step-reach.ts';

/** Where no terminal program is, a person has to open one: then all that can be asked is whether a token was made. */
export async function prepareSetupToken({ functions, board }: StepReach, id: string): Promise<void> {
  const preview = await functions
    .previewSetupToken()
    .catch(() => ({ ok: false, obstacle: 'not-started' }) as const);
  if (board.isGone(id)) return;
  if (!preview.ok) {
    board.obstacle(id, { of: 'login', code: preview.obstacle });
    return;
  }
  const at = preview.hasTerminal ? 'question' : 'made';
  board.ask(id, { kind: 'setup-token', preview, at, opened: false, noted: null });
}

/** The next step after a yes: a terminal is opened, or that a token was made today is kept. */
export async function goOn(
  { functions, board, lookAgain }: StepReach,
  asked: SignInTaskOf<'setup-token'>,
): Promise<void> {
  if (asked.at === 'question') {
    board.put({ ...asked, at: 'opening' });
    const how = await functions.openSetupToken().catch(() => 'failed' as const);
    board.put({ ...asked, at: 'made', opened: how === 'opened' });
    return;
  }
  board.put({ ...asked, at: 'noting', noted: null });
  const noted = await functions.noteSetupToken(asked.preview.here).catch(() => ({ ok: false }) as const);
  if (noted.ok) await lookAgain();
  board.put({ ...asked, at: noted.ok ? 'done' : 'made', noted });
}

/** Somebody may be in that terminal right now: whoever asks for it once more is shown the question that waits. */
export const waitsForToken = (task: SignInTask | null): boolean =>
  task?.kind === 'setup-token' && task.at === 'made';
