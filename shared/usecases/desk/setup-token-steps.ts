import type { SetupTokenPreview, SignInFunctions } from './sign-in-functions.ts';
import type { SignInTaskOf } from './sign-in-task.ts';

type SetupTokenTask = SignInTaskOf<'setup-token'>;
type Own = Pick<SetupTokenTask, 'kind' | 'preview' | 'at' | 'opened' | 'noted'>;

/** Where no terminal program is, a person has to open one: then all that can be asked is whether a token was made. */
export function setupTokenTask(preview: Extract<SetupTokenPreview, { readonly ok: true }>): Own {
  const at = preview.hasTerminal ? 'question' : 'made';
  return { kind: 'setup-token', preview, at, opened: false, noted: null };
}

/** The next step after a yes: a terminal is opened, or that a token was made today is kept. */
export async function goOn(
  asked: SetupTokenTask,
  {
    functions,
    put,
    lookAgain,
  }: {
    readonly functions: Pick<SignInFunctions, 'openSetupToken' | 'noteSetupToken'>;
    readonly put: (task: SetupTokenTask) => void;
    readonly lookAgain: () => Promise<void>;
  },
): Promise<void> {
  if (asked.at === 'question') {
    put({ ...asked, at: 'opening' });
    const how = await functions.openSetupToken().catch(() => 'failed' as const);
    put({ ...asked, at: 'made', opened: how === 'opened' });
    return;
  }
  put({ ...asked, at: 'noting', noted: null });
  const noted = await functions.noteSetupToken(asked.preview.here).catch(() => ({ ok: false }) as const);
  if (noted.ok) await lookAgain();
  put({ ...asked, at: noted.ok ? 'done' : 'made', noted });
}

/** Somebody may be in that terminal right now: whoever asks for it once more is shown the question that waits. */
export const waitsForToken = (task: { readonly kind: string; readonly at?: string } | null): boolean =>
  task?.kind === 'setup-token' && task.at === 'made';
