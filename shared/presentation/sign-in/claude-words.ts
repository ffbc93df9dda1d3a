import { assertNever } from '../../core/assert-never.ts';
import type {
  ClaudeLoginState,
  LoginFailure,
  LoginOutcome,
  LoginWay,
} from '../../core/sign-in/claude-login.ts';
import type { LoginMethod } from '../../core/settings/settings-file.ts';
import type { ClaudeTrouble } from '../../usecases/sign-in/claude-program.ts';
import { printable } from '../printable.ts';
import { planName } from '../source-label.ts';

/** What happened, what it means, and what to do about it; each whole sentences, or empty. */
export interface SignInWords {
  readonly happened: string;
  readonly means: string;
  readonly todo: string;
}

/** What a person logs in to: continues “Log in to …”. */
export const LOGIN_WAY_PHRASES: Readonly<Record<LoginWay, string>> = {
  claude: 'your Claude subscription',
  console: 'the Claude Console',
  sso: 'Claude with your organisation’s single sign-on',
};

/** The same for what settings can force. */
export const LOGIN_METHOD_PHRASES: Readonly<Record<LoginMethod, string>> = {
  claudeai: LOGIN_WAY_PHRASES.claude,
  console: LOGIN_WAY_PHRASES.console,
  gateway: 'your organisation’s gateway',
};

/** Where a code may be pasted; always beside the field (see the ConsentFix reports of 2025). */
export const PASTE_HERE_ONLY = 'Paste the code here and never anywhere else.';

/** Where a code could come from: somebody at a terminal, lines that are piped in, or nowhere, as standard input is at its end. */
export type CodeInput = 'terminal' | 'lines' | 'none';

/** What to do with a code that the page shows. */
export const CODE_HINTS: Readonly<Record<CodeInput, string>> = {
  terminal: `If the page shows a code, paste it and press Enter; it is not shown. ${PASTE_HERE_ONLY}`,
  lines:
    'If the page shows a code, write it to the standard input of this command, as a line of its own, and never anywhere else.',
  none: 'Standard input is closed, so no code can be given here: only a browser on this machine can finish this login, by coming back by itself. If the page shows a code, cancel, and log in from a terminal.',
};

/** A login that goes on, or has just ended. */
export function loginStateWords(
  { step, link, asksCode, browserAt }: ClaudeLoginState,
  input: CodeInput = 'terminal',
): SignInWords {
  switch (step.at) {
    case 'starting':
      return words('Claude Code is starting.', '', '');
    case 'waiting':
      return words(
        browserAt === null ? 'Claude Code is at work.' : 'Claude Code opens the page in your browser.',
        link === null && browserAt !== null
          ? 'It printed no address that is known to belong to Claude, so none is shown here.'
          : '',
        asksCode ? `Approve the login there. ${CODE_HINTS[input]}` : 'Approve the login there.',
      );
    case 'checking':
      return words('Claude Code has ended.', 'Credence reads who is logged in now.', '');
    case 'stopping':
      return words(
        'The login is being cancelled.',
        'Claude Code gets time to let go of what it holds, at most half a minute.',
        '',
      );
    case 'done':
      return outcomeWords(step.outcome);
    case 'failed':
      return LOGIN_FAILURE_WORDS[step.why];
    case 'cancelled':
      return words('The login was cancelled.', 'Nothing was changed.', '');
    default:
      return assertNever(step);
  }
}

/** How the last pasted code went; `null`: there is nothing to say. */
export function codeWords(code: ClaudeLoginState['code']): SignInWords | null {
  switch (code) {
    case 'none':
      return null;
    case 'sent':
      return words('The code went to Claude Code.', 'Credence has kept nothing of it.', '');
    case 'incomplete':
      return words(
        'That is not the whole code.',
        'It has a # in its middle.',
        'Copy all of it and paste it again.',
      );
    case 'other-attempt':
      return words(
        'That code belongs to another login than this one.',
        'It was not sent.',
        'Take the code from the page that this login opened. If you did not open that other page yourself, close it.',
      );
  }
}

export const LOGIN_FAILURE_WORDS: Readonly<Record<LoginFailure, SignInWords>> = {
  'not-started': words(
    'Claude Code ended before it opened a page.',
    'This may be a version that logs in in another way, or a program that is not Claude Code.',
    'Update Claude Code, or choose another one with --claude.',
  ),
  'code-refused': words(
    'The server refused the code.',
    'It was cut short, is too old, or was used before. No new login was made.',
    'Try again, and paste the new code soon.',
  ),
  'no-connection': words(
    'Claude Code could not reach the server.',
    'No new login was made.',
    'Check the network, the proxy (HTTPS_PROXY) and, behind a company’s inspection, NODE_EXTRA_CA_CERTS. Then try again.',
  ),
  'nothing-saved': words(
    'Claude Code ended as if all were well, but no new login is in its store.',
    'Whoever was logged in before still is.',
    'Try again. If this happens twice, look at “credence doctor”: another configuration folder may be in use.',
  ),
  'store-read-only': words(
    'The login could not be saved.',
    'You may not write the files that Claude Code keeps it in, or they are mounted read-only, or the disk is full.',
    'Make the configuration folder writable for you. In a container, mount the folder and not the single file.',
  ),
  'keychain-locked': words(
    'The login could not be saved.',
    'The system’s keychain is locked, as it is over SSH.',
    'Unlock it with “security unlock-keychain”, or log in at the screen. Then try again.',
  ),
  'wrong-organisation': words(
    'The account belongs to another organisation than your administrator demands.',
    'The login was saved, and Claude Code does not use it.',
    'Log in with the account of that organisation.',
  ),
  'timed-out': words(
    'Nobody approved the login within an hour.',
    'Claude Code was stopped. Nothing was changed.',
    'Try again when you are at the browser.',
  ),
  interrupted: words(
    'Something ended Claude Code before the login was done.',
    'No new login was made.',
    'Try again.',
  ),
  refused: words(
    'Claude Code gave the login up.',
    'Credence keeps nothing of what it said, because a code may stand in it. No new login was made.',
    'Try again. To read its own words, run “claude auth login” in a terminal.',
  ),
};

/** Why no `claude` can be started. */
export function claudeTroubleWords(why: ClaudeTrouble, path: string | null): SignInWords {
  const file = path === null ? 'claude' : printable(path, 200);
  switch (why) {
    case 'not-found':
      return words(
        path === null ? 'There is no “claude” on the search path.' : `${file} is not there.`,
        'Credence logs in through Claude Code itself and has no login of its own for Claude.',
        'Install it (https://code.claude.com/docs/en/setup), for example with “npm install -g @anthropic-ai/claude-code”, or name it with --claude PATH.',
      );
    case 'not-absolute':
      return words(
        'Claude Code was found by a relative path.',
        'What that leads to depends on where somebody stands, so it is not started.',
        'Name it with --claude and its whole path.',
      );
    case 'in-working-folder':
      return words(
        `${file} lies in the folder you work in.`,
        'Such a file may come with a project, so it is not started.',
        'Install Claude Code elsewhere, or name another one with --claude.',
      );
    case 'writable-by-others':
      return words(
        `Everybody on this system may change ${file}, or a folder on the way to it.`,
        'Somebody else may have put it there, so it is not started.',
        'Take that permission away, or name another one with --claude.',
      );
    case 'foreign-owner':
      return words(
        `${file} belongs to another user.`,
        'That user may change it at any time, so it is not started.',
        'Install Claude Code for yourself, or name another one with --claude.',
      );
    case 'not-executable':
      return words(
        `${file} cannot be run.`,
        '',
        'Install Claude Code again, or name another one with --claude.',
      );
    case 'another-program':
      return words(
        `${file} leads to another program than Claude Code.`,
        'It may be the launcher of a version manager.',
        'Name the program itself with --claude.',
      );
  }
}

/** Who is logged in, in sentences. Where it ends is told by its clock. */
function outcomeWords({ kept, email, organisation, plan }: LoginOutcome): SignInWords {
  const of = organisation === null ? '' : ` (${printable(organisation)})`;
  const who = email === null ? of : ` as ${printable(email)}${of}`;
  const known = planName(plan);
  switch (kept) {
    case 'login':
      return words(`You are logged in${who}${known === null ? '' : `, with a ${known} plan`}.`, '', '');
    case 'key':
      return words(
        `You are logged in to the Claude Console${who}.`,
        'Claude Code has made an API key there and keeps it; its use is paid for by what is used.',
        '',
      );
    case 'profile':
      return words(
        `You are logged in to the Claude Console${who}.`,
        'Claude Code keeps it as a profile.',
        '',
      );
  }
}

function words(happened: string, means: string, todo: string): SignInWords {
  return { happened, means, todo };
}

/** All of it in one go. */
export function inOne({ happened, means, todo }: SignInWords): string {
  return [happened, means, todo].filter((part) => part !== '').join(' ');
}
