/**
 * Stands in for `claude` where signing in is tried: it says what was recorded of 2.1.328, and does what was measured of it. How a
 * login that succeeds is told was never recorded: those sentences are made up, and nothing may depend on them. What it writes is
 * where and what Claude Code writes; every token in it is made up.
 */
import { newAttempt, pageFor, say, type Attempt, type LoginOptions } from './attempt.ts';
import { leave, listenToSignals, startChild, takeLock } from './ending.ts';
import { listen, type Exchange } from './loopback.ts';
import { behaviour, nonEmpty, note, recorded, seconds, version } from './scene.ts';
import { firstRun, logout, saveLogin, status } from './store.ts';

const words = process.argv.slice(2);
note({ event: 'started', pid: process.pid, args: words, folder: process.cwd(), env: process.env });
void run(words);

async function run([first, second, ...rest]: readonly string[]): Promise<void> {
  if (first === '--version') return leave(0, recorded('version').stdout.replace('2.1.328', version));
  if (first === 'setup-token') return setupToken(words.length - 1);
  if (first !== 'auth') return leave(1, '', `error: unknown command '${first ?? ''}'\n`);
  firstRun();
  switch (second) {
    case 'login':
      return login(rest);
    case 'logout':
      return logout();
    case 'status':
      return status(rest);
    case undefined:
      return leave(1, '', 'Usage: claude auth [options] [command]\n');
    default:
      return leave(1, '', `error: unknown command '${second}'\n`);
  }
}

async function login(args: readonly string[]): Promise<void> {
  const { unknown, claudeai, ...options } = optionsOf(args);
  if (unknown !== null || behaviour.usageError === true)
    return leave(1, '', `error: unknown option '${unknown ?? args[0] ?? '--claudeai'}'\n`);
  if (claudeai && options.console) return leave(1, '', recorded('login-both-flags').stderr);
  const attempt = newAttempt(options);
  const exchange = exchangeFor(attempt);
  if (nonEmpty(process.env['CLAUDE_CODE_OAUTH_REFRESH_TOKEN']) !== undefined)
    return nonEmpty(process.env['CLAUDE_CODE_OAUTH_SCOPES']) === undefined
      ? leave(1, '', 'CLAUDE_CODE_OAUTH_SCOPES is required when using CLAUDE_CODE_OAUTH_REFRESH_TOKEN.\n')
      : exchange('good-code');
  listenToSignals();
  takeLock();
  if (behaviour.grandchild === true)
    startChild(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)'], 'inherit');
  await seconds(behaviour.startsAfter);
  const port = await listen(attempt, exchange);
  await say(attempt, port);
  openBrowser(pageFor(attempt, port, `http://localhost:${port}/callback`));
  if (behaviour.dies === true) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
  if (behaviour.floods !== undefined) await flood(behaviour.floods);
  readCodes(attempt, exchange);
}

function optionsOf(args: readonly string[]): LoginOptions & {
  readonly claudeai: boolean;
  readonly unknown: string | null;
} {
  const [claudeai, console, sso] = ['--claudeai', '--console', '--sso'].map((name) => args.includes(name));
  const at = args.findIndex((word) => word === '--email' || word.startsWith('--email='));
  const email = at < 0 ? null : args[at] === '--email' ? (args[at + 1] ?? '') : args[at]?.slice(8);
  const known = args.map((word, index) =>
    at >= 0 && (index === at || (args[at] === '--email' && index === at + 1))
      ? true
      : ['--claudeai', '--console', '--sso'].includes(word),
  );
  return {
    claudeai: claudeai === true,
    console: console === true,
    sso: sso === true,
    email: email ?? null,
    unknown: args[known.indexOf(false)] ?? null,
  };
}

/** Only one code makes a login, whoever brings it. */
function exchangeFor(attempt: Attempt): Exchange {
  return async (code, answer = () => Promise.resolve()) => {
    await seconds(behaviour.exchangeTakes);
    const reason =
      behaviour.exchangeFails ??
      (code === (behaviour.code ?? 'good-code') ? null : 'OAuth error: Invalid code');
    if (reason === null) saveLogin(attempt.console ? 'key' : 'login', attempt.email);
    await answer(reason === null);
    return reason !== null
      ? leave(1, '', `Couldn't log in: ${reason}\n`)
      : leave(0, behaviour.wording === 'other' ? 'Done. Welcome.\n' : 'Logged in. (A made-up sentence.)\n');
  };
}

function readCodes({ state: own }: Attempt, exchange: Exchange): void {
  let rest = '';
  const take = (line: string): void => {
    note({ event: 'received', line });
    if (behaviour.diesAtCode === true) process.kill(process.pid, 'SIGKILL');
    if (behaviour.echoes === true) process.stdout.write(`${line}\n`);
    const [code = '', state = ''] = line.split('#');
    if (code === '' || state === '')
      process.stderr.write(
        behaviour.wording === 'other'
          ? 'That was not all of it.\n'
          : recorded('login-incomplete-code').stderr,
      );
    // With a state of another attempt it is not the program that refuses, but the server (measured).
    else void exchange(state === own ? code : 'of another attempt');
  };
  process.stdin.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  // What stands before the end of it counts; the end itself ends nothing (measured).
  process.stdin.on('end', () => {
    if (rest !== '') take(rest);
  });
  process.stdin.on('error', () => undefined);
}

/** With pipes it says nothing, and waits (measured). */
async function setupToken(operands: number): Promise<void> {
  if (operands > 0) {
    const counted = `Expected 0 arguments but got ${operands}.`;
    return leave(1, '', `error: too many arguments for 'setup-token'. ${counted}\n`);
  }
  firstRun();
  listenToSignals('\n');
  const attempt = newAttempt({ console: false, sso: false, email: null });
  const port = await listen(attempt, exchangeFor(attempt));
  const page = new URL(pageFor(attempt, port, `http://localhost:${port}/callback`));
  page.searchParams.set('scope', 'user:inference');
  openBrowser(page.href);
  process.stdin.resume();
}

function openBrowser(address: string): void {
  const own = nonEmpty(process.env['BROWSER']);
  if (own !== undefined) startChild(own, [address], 'ignore');
  else if (process.platform === 'darwin') startChild('open', [address], 'ignore');
  else if (process.platform === 'win32')
    startChild('rundll32', ['url.dll,FileProtocolHandler', address], 'ignore');
  else startChild('xdg-open', [address], 'ignore');
}

async function flood(bytes: number): Promise<void> {
  const piece = `${'x'.repeat(65_535)}\n`;
  for (let sent = 0; sent < bytes; sent += piece.length)
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
