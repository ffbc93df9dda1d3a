import type { ClaudeLoginState } from '../../../../shared/core/sign-in/claude-login.ts';
import { durationPhrase } from '../../../../shared/presentation/durations.ts';
import {
  CODE_HINTS,
  codeWords,
  inOne,
  loginStateWords,
  type CodeInput,
} from '../../../../shared/presentation/sign-in/claude-words.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import type { RunningClaudeLogin } from '../../../../shared/usecases/sign-in/running-sign-in.ts';
import type { Terminal } from '../../command.ts';
import { hiddenLines } from '../../hidden-lines.ts';
import { hearInterrupts, type Interrupt } from '../../interrupts.ts';

const SECOND = 1000;
/** Erases what stands in the line, and goes to its start. */
const CLEAR_LINE = '\r\u001b[2K';

export interface FollowedLogin {
  readonly state: ClaudeLoginState;
  /** The signal that cancelled it. */
  readonly interrupt: Interrupt | null;
}

/**
 * Shows a login while it goes on, hands over what is pasted, and cancels it when a person or the system ends the command.
 *
 * @param say where sentences go: with `--json` standard output belongs to the document
 */
export async function followLogin(
  login: RunningClaudeLogin,
  { columns }: Pick<Terminal, 'columns'>,
  say: (text: string) => void,
): Promise<FollowedLogin> {
  const screen = process.stderr.isTTY && process.stdin.isTTY ? process.stderr : null;
  // It may be closed meanwhile.
  screen?.on('error', () => undefined);
  let interrupt: Interrupt | null = null;
  let shown: ClaudeLoginState | null = null;
  let input: CodeInput = process.stdin.isTTY ? 'terminal' : 'lines';
  const tell = (text: string): void => {
    screen?.write(CLEAR_LINE);
    say(`${wrap(text, columns).join('\n')}\n`);
  };
  const cancel = (by: Interrupt): void => {
    interrupt ??= by;
    void login.cancel();
  };
  const show = (): void => {
    const state = login.state();
    const before = shown;
    shown = state;
    if (before?.step.at !== state.step.at && (state.step.at === 'starting' || state.step.at === 'stopping'))
      tell(inOne(loginStateWords(state)));
    if (state.link !== null && state.link.url !== before?.link?.url) {
      tell('Claude Code opens the page in your browser. If it does not, open this address yourself:');
      // On one line, whatever its length: it is to be copied.
      say(`\n${state.link.url}\n\n`);
    }
    if (state.asksCode && before?.asksCode !== true) {
      const words = loginStateWords(state, input);
      tell(`${state.link === null ? inOne(words) : words.todo} Ctrl+C cancels.`);
    }
    const code = state.code === before?.code ? null : codeWords(state.code);
    if (code !== null) tell(inOne(code));
  };
  const count = (): void => {
    const { step, startedAt } = login.state();
    if (step.at === 'waiting')
      screen?.write(`${CLEAR_LINE}Waiting for ${durationPhrase(Date.now() - startedAt)}.`);
  };
  login.onChange(show);
  show();
  const lines = hiddenLines(process.stdin, {
    line: (text) => {
      const before = login.state().code;
      login.paste(text);
      // The same answer twice is no change, and a person waits for one.
      const { code } = login.state();
      const words = code === before ? codeWords(code) : null;
      if (words !== null) tell(inOne(words));
    },
    interrupt: () => {
      cancel('SIGINT');
    },
    hungUp: () => {
      cancel('SIGHUP');
    },
    over: () => {
      input = 'none';
      const { step, asksCode, code } = login.state();
      // Told before that it could be given.
      if (step.at === 'waiting' && asksCode && code !== 'sent') tell(CODE_HINTS.none);
    },
  });
  const deafen = hearInterrupts(cancel);
  const clock = screen === null ? null : setInterval(count, SECOND);
  try {
    return { state: await login.ended, interrupt };
  } finally {
    if (clock !== null) clearInterval(clock);
    lines.close();
    deafen();
    screen?.write(CLEAR_LINE);
  }
}
