import { behaviour, recorded, seconds } from './scene.ts';
import { isSentToConsole, random } from './store.ts';

export interface LoginOptions {
  readonly console: boolean;
  readonly sso: boolean;
  readonly email: string | null;
}

/** One login, and the pages that belong to it. */
export interface Attempt extends LoginOptions {
  readonly state: string;
  readonly challenge: string;
}

export function newAttempt(options: LoginOptions): Attempt {
  return { ...options, console: options.console || isSentToConsole(), state: random(), challenge: random() };
}

/** The recorded text of that way to log in, with the address of this attempt. */
export async function say(attempt: Attempt, port: number): Promise<void> {
  const { text, address, page } = recordedPage(attempt);
  const shownAs = shown(pageFor(attempt, port, page.searchParams.get('redirect_uri') ?? ''));
  const whole = painted(
    behaviour.wording === 'other'
      ? `We take you to your browser.\nNothing happened? This is the page:\n${shownAs}\nYour code, please: `
      : text.replace(address, () => shownAs),
  );
  const bytes = Buffer.from(whole);
  // In the middle of “…”, of the address, and of the prompt.
  const cuts =
    behaviour.splits === true ? [bytes.indexOf(0xe2) + 1, bytes.length >> 1, bytes.length - 12] : [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    process.stdout.write(bytes.subarray(from, cut));
    from = cut;
    if (cuts.length > 0) await seconds(0.1);
  }
}

/**
 * The page to approve on.
 *
 * @param redirect where that leads to
 */
export function pageFor(attempt: Attempt, port: number, redirect: string): string {
  const { page } = recordedPage(attempt);
  page.searchParams.set('redirect_uri', redirect);
  page.searchParams.set('code_challenge', attempt.challenge);
  page.searchParams.set('state', attempt.state);
  if (attempt.email !== null) page.searchParams.set('login_hint', attempt.email);
  if (attempt.sso) page.searchParams.set('login_method', 'sso');
  const own = behaviour.demo === true ? `http://127.0.0.1:${port}/authorize` : undefined;
  const base = behaviour.authorizeUrl ?? own;
  return base === undefined ? page.href : `${base}${page.search}`;
}

function recordedPage(attempt: Attempt): {
  readonly text: string;
  readonly address: string;
  readonly page: URL;
} {
  const text = recorded(attempt.console ? 'login-console-waiting' : 'login-waiting').stdout;
  const address = /https:\S+/.exec(text)?.[0] ?? '';
  return { text, address, page: new URL(address) };
}

/** As a terminal of 80 columns with colours would be given it. */
function shown(address: string): string {
  const { looks = 'plain' } = behaviour;
  if (looks === 'plain') return address;
  const lines = (address.match(/.{1,80}/g) ?? []).join('\n');
  if (looks === 'wrapped') return lines;
  return `\u001b]8;;${address}\u001b\\\u001b[36;4m${lines}\u001b[24;39m\u001b]8;;\u001b\\`;
}

function painted(text: string): string {
  return behaviour.looks === 'coloured'
    ? `\u001b[?25l\u001b[1m${text.replace('\n', '\u001b[22m\r\n')}\u001b[0m`
    : text;
}
