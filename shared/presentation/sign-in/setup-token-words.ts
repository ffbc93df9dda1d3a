import type { Platform } from '../../core/known-folders.ts';
import type { NotedToken } from '../../usecases/sign-in/note-setup-token.ts';

/** What it is, in the terminal as in the window. */
export const SETUP_TOKEN_IS =
  'Claude Code makes a token that lasts a year, for scripts and places without a browser. It serves model requests only, is shown once, and Credence never sees it.';

/** Ctrl+C does not end it while it waits for the code. */
export const LEFT_WITHOUT_HARM =
  'To leave it before it has made a token, close its terminal window: nothing is made then, and nothing is harmed.';

/** After it was shown. */
export const WHERE_IT_GOES =
  'When Claude Code has shown the token, put it where it is needed, as CLAUDE_CODE_OAUTH_TOKEN. Credence keeps only the day.';

/** For a day that is not today. */
export const OTHER_DAY_COMMAND = 'credence login setup-token --made-on YYYY-MM-DD';

/** As a person would type it. */
export function typedSetupToken(program: string, platform: Platform): string {
  return `${typedPath(program, platform)} setup-token`;
}

function typedPath(path: string, platform: Platform): string {
  if (/^[A-Za-z0-9_./\\:@%+=-]+$/.test(path)) return path;
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** That a day is kept, and what it is the day of. */
export const DAY_KEPT: Readonly<Record<NotedToken, string>> = {
  this: 'The day is kept, for the token that is set here.',
  next: 'The day is kept, for the new token. The one that is set here is still the one from before; the clock runs once the new one takes its place.',
  any: 'The day is kept. CLAUDE_CODE_OAUTH_TOKEN is not set here; where it is, its clock runs from that day.',
};

/** Of a day that lies so far back that its token has surely ended, where no clock says that. */
export const DAY_LONG_AGO = 'A token of that day has ended by now: it lasts a year.';

export const DAY_NOT_KEPT = 'The day could not be kept: Credence’s own folder cannot be written.';
