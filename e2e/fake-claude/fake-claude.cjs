#!/usr/bin/env node
/**
 * Stands in for `claude` where signing in is tried: it says what was recorded of 2.1.328, and does what was measured of it. How a
 * login that succeeds is told was never recorded, so that sentence is made up, and nothing may depend on it. What it writes is where
 * and what Claude Code writes; every token in it is made up.
 *
 * One file without anything beside it but `<this file>.json`, which `layFakeClaude` writes: the behaviour and the recorded texts.
 */
'use strict';
const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { behaviour, texts, pages } = JSON.parse(fs.readFileSync(`${__filename}.json`, 'utf8'));

const { env } = process;
const home = env.HOME || env.USERPROFILE || '/';
const configFolder = env.CLAUDE_CONFIG_DIR || path.join(home, '.claude');
const claudeJson = path.join(env.CLAUDE_CONFIG_DIR || home, '.claude.json');
const storeFolder =
  env.CLAUDE_SECURESTORAGE_CONFIG_DIR === undefined
    ? configFolder
    : env.CLAUDE_SECURESTORAGE_CONFIG_DIR || path.join(home, '.claude');
const store = path.join(storeFolder, '.credentials.json');
const random = () => randomBytes(32).toString('base64url');

/** Processes that it has started and ends when it is ended. */
const children = [];
let lock = null;

note({ event: 'started', pid: process.pid, args: process.argv.slice(2), folder: process.cwd(), env });
main(process.argv.slice(2));

function main([first, second, ...rest]) {
  if (first === '--version') return leave(0, texts.version.stdout.replace('2.1.328', behaviour.version));
  if (first === 'setup-token')
    return rest.length + (second === undefined ? 0 : 1) > 0
      ? leave(
          1,
          '',
          `error: too many arguments for 'setup-token'. Expected 0 arguments but got ${process.argv.length - 3}.\n`,
        )
      : setupToken();
  if (first !== 'auth') return leave(1, '', `error: unknown command '${first ?? ''}'\n`);
  firstRun();
  if (second === 'login') return login(rest);
  if (second === 'logout') return logout();
  if (second === 'status') return status(rest);
  return leave(
    1,
    '',
    second === undefined
      ? 'Usage: claude auth [options] [command]\n'
      : `error: unknown command '${second}'\n`,
  );
}

// -- auth login ----------------------------------------------------------------------------------------------------------------

async function login(args) {
  const options = loginOptions(args);
  if (behaviour.usageError) return leave(1, '', `error: unknown option '${args[0] ?? '--claudeai'}'\n`);
  if (options.unknown !== null) return leave(1, '', `error: unknown option '${options.unknown}'\n`);
  if (options.claudeai && options.console) return leave(1, '', texts['login-both-flags'].stderr);
  if (env.CLAUDE_CODE_OAUTH_REFRESH_TOKEN && !env.CLAUDE_CODE_OAUTH_SCOPES)
    return leave(1, '', 'CLAUDE_CODE_OAUTH_SCOPES is required when using CLAUDE_CODE_OAUTH_REFRESH_TOKEN.\n');
  if (env.CLAUDE_CODE_OAUTH_REFRESH_TOKEN) return exchange('good-code', options);
  listenToSignals();
  if (behaviour.holdsLock !== undefined) {
    lock = path.join(configFolder, '.oauth_refresh.lock');
    fs.mkdirSync(lock, { recursive: true });
  }
  if (behaviour.grandchild) {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)'], { stdio: 'inherit' });
    children.push(child);
    note({ event: 'grandchild', pid: child.pid });
  }
  await seconds(behaviour.startsAfter);
  const attempt = { state: random(), challenge: random() };
  const server = await listen(attempt, options);
  await say(attempt, options, server.address().port);
  openBrowser(
    pageFor(attempt, options, server.address().port, `http://localhost:${server.address().port}/callback`),
  );
  if (behaviour.dies) return setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
  if (behaviour.floods) await flood(behaviour.floods);
  readCodes(attempt, options);
}

function loginOptions(args) {
  const options = { claudeai: false, console: false, sso: false, email: null, unknown: null };
  for (let at = 0; at < args.length; at++) {
    const [word, value] = args[at].split(/=(.*)/s);
    if (word === '--email') options.email = value ?? args[++at] ?? '';
    else if (['--claudeai', '--console', '--sso'].includes(word)) options[word.slice(2)] = true;
    else options.unknown ??= args[at];
  }
  return options;
}

/** The recorded text of that way to log in, with the address of this attempt. */
async function say(attempt, options, port) {
  const recorded = texts[usesConsole(options) ? 'login-console-waiting' : 'login-waiting'].stdout;
  const [, printed = ''] = /(https:\S+)/.exec(recorded) ?? [];
  const manual = new URL(printed).searchParams.get('redirect_uri');
  const address = pageFor(attempt, options, port, manual);
  const text =
    behaviour.wording === 'other'
      ? `We take you to your browser.\nNothing happened? This is the page:\n${shown(address)}\nYour code, please: `
      : recorded.replace(printed, () => shown(address));
  if (!behaviour.splits) return void process.stdout.write(painted(text));
  const bytes = Buffer.from(painted(text));
  // In the middle of “…”, of the address, and of the prompt.
  const cuts = [bytes.indexOf(0xe2) + 1, Math.floor(bytes.length / 2), bytes.length - 12, bytes.length];
  let from = 0;
  for (const cut of cuts) {
    process.stdout.write(bytes.subarray(from, cut));
    from = cut;
    await seconds(0.1);
  }
}

/** As a terminal of 80 columns with colours would be given it. */
function shown(address) {
  if (behaviour.looks === 'plain') return address;
  const lines = address.match(/.{1,80}/g).join('\n');
  if (behaviour.looks === 'wrapped') return lines;
  return `\u001b]8;;${address}\u001b\\\u001b[36;4m${lines}\u001b[24;39m\u001b]8;;\u001b\\`;
}

function painted(text) {
  return behaviour.looks === 'coloured'
    ? `\u001b[?25l\u001b[1m${text.replace('\n', '\u001b[22m\r\n')}\u001b[0m`
    : text;
}

/** The page to approve on, which comes back to `redirect`. */
function pageFor({ state, challenge }, options, port, redirect) {
  const recorded = texts[usesConsole(options) ? 'login-console-waiting' : 'login-waiting'].stdout;
  const page = new URL(/(https:\S+)/.exec(recorded)[1]);
  const { searchParams } = page;
  searchParams.set('redirect_uri', redirect);
  searchParams.set('code_challenge', challenge);
  searchParams.set('state', state);
  if (options.email != null) searchParams.set('login_hint', options.email);
  if (options.sso) searchParams.set('login_method', 'sso');
  const base = behaviour.authorizeUrl ?? (behaviour.demo ? `http://127.0.0.1:${port}/authorize` : null);
  return base === null ? page.href : `${base}${page.search}`;
}

/** Also the user’s settings may say so (facts of 2.1.328). */
function usesConsole(options) {
  return options.console || readJson(path.join(configFolder, 'settings.json')).forceLoginMethod === 'console';
}

function readCodes(attempt, options) {
  let rest = '';
  const take = (line) => {
    if (behaviour.echoes) process.stdout.write(`${line}\n`);
    const [code, state] = line.split('#');
    if (!code || !state) {
      const sentence =
        behaviour.wording === 'other' ? 'That was not all of it.\n' : texts['login-incomplete-code'].stderr;
      return void process.stderr.write(sentence);
    }
    // Also with a state of another attempt it is the server that refuses (measured).
    void exchange(state === attempt.state ? code : 'of another attempt', options);
  };
  process.stdin.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach(take);
  });
  // What stands before the end of it counts; the end itself ends nothing.
  process.stdin.on('end', () => rest !== '' && take(rest));
  process.stdin.on('error', () => {});
}

/** @returns whether a login was made of it */
async function exchange(code, options, respond = async () => {}) {
  await seconds(behaviour.exchangeTakes);
  const reason = behaviour.exchangeFails ?? (code === 'good-code' ? null : 'OAuth error: Invalid code');
  if (reason !== null) {
    await respond(false);
    return leave(1, '', `Couldn't log in: ${reason}\n`);
  }
  if (behaviour.saves !== 'nothing') save(options);
  await respond(true);
  return leave(0, behaviour.wording === 'other' ? 'Done. Welcome.\n' : 'Logged in. (made-up sentence)\n');
}

// -- its own loopback ----------------------------------------------------------------------------------------------------------

function listen(attempt, options) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const answer = (code, text, type) =>
      new Promise((resolve) => {
        response.writeHead(code, { ...(type ? { 'content-type': type } : {}), connection: 'close' });
        response.end(text, resolve);
      });
    if (behaviour.demo && url.pathname === '/authorize')
      return answer(200, pageToApprove(url), 'text/html; charset=utf-8');
    if (url.pathname !== '/callback') return answer(404, '');
    const { searchParams } = url;
    const refuse = (text, reason) =>
      answer(400, text).then(() => leave(1, '', `Couldn't log in: ${reason}\n`));
    if (searchParams.get('code') === null)
      return refuse('Authorization code not found', 'No authorization code received');
    if (searchParams.get('state') !== attempt.state)
      return refuse('Invalid state parameter', 'Invalid state parameter');
    return exchange(searchParams.get('code'), options, (went) =>
      behaviour.demo && went
        ? answer(200, pages.landingPage, 'text/html; charset=utf-8')
        : answer(
            200,
            went
              ? 'You can close this window.'
              : 'Sign-in was canceled or failed. You can close this window.',
            'text/plain; charset=utf-8',
          ),
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Only for the demo: who comes back to a page that shows a code is shown the code here. */
function pageToApprove({ searchParams }) {
  const redirect = searchParams.get('redirect_uri') ?? '';
  const state = searchParams.get('state') ?? '';
  const back = /^http:\/\/localhost:\d+\/callback$/.test(redirect)
    ? `${redirect}?code=good-code&state=${encodeURIComponent(state)}`
    : '';
  const escaped = (text) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
  return pages.authorizePage
    .replaceAll('{BACK}', escaped(back))
    .replaceAll('{HIDDEN}', back === '' ? 'hidden' : '')
    .replaceAll('{CODE}', escaped(`good-code#${state}`));
}

function openBrowser(address) {
  const [file, args] = env.BROWSER
    ? [env.BROWSER, [address]]
    : process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]];
  // In its own group, and ended with it (measured).
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  child.on('error', () => {});
  children.push(child);
}

// -- its end -------------------------------------------------------------------------------------------------------------------

function listenToSignals() {
  const letGo = async (code, signal) => {
    note({ event: signal });
    if (behaviour.ignores?.includes(signal)) return;
    if (lock !== null) {
      const held = lock;
      lock = null;
      setTimeout(() => {
        fs.rmdirSync(held);
        leave(code);
      }, behaviour.holdsLock * 1000);
    } else if (behaviour.holdsLock === undefined) leave(code);
  };
  process.on('SIGINT', () => letGo(0, 'SIGINT'));
  process.on('SIGTERM', () => letGo(143, 'SIGTERM'));
  process.on('SIGHUP', () => letGo(129, 'SIGHUP'));
}

function leave(code, output = '', error = '') {
  for (const child of children) if (!behaviour.leavesGrandchild) child.kill('SIGTERM');
  process.stderr.write(error, () => process.stdout.write(output, () => process.exit(code)));
}

// -- the rest ------------------------------------------------------------------------------------------------------------------

function setupToken() {
  firstRun();
  process.on('SIGINT', () => leave(0, '\n'));
  process.on('SIGTERM', () => leave(143));
  return listen({ state: random() }, {}).then((server) => {
    const { port } = server.address();
    const page = new URL(
      pageFor({ state: random(), challenge: random() }, {}, port, `http://localhost:${port}/callback`),
    );
    page.searchParams.set('scope', 'user:inference');
    openBrowser(page.href);
    process.stdin.resume();
  });
}

function logout() {
  const settings = readJson(claudeJson);
  const was = fs.existsSync(store) || settings.primaryApiKey !== undefined;
  fs.rmSync(store, { force: true });
  delete settings.oauthAccount;
  delete settings.primaryApiKey;
  writeWhole(claudeJson, settings);
  return leave(0, texts[was ? 'logout-when-logged-in' : 'logout-when-not'].stdout);
}

function status(args) {
  const login = readJson(store).claudeAiOauth;
  const { oauthAccount = {}, primaryApiKey } = readJson(claudeJson);
  const isLogin =
    Boolean(login?.accessToken) && Array.isArray(login.scopes) && login.scopes.includes('user:inference');
  const isIn = isLogin || Boolean(primaryApiKey);
  const asText = args.includes('--text');
  const recorded = texts[`status-${isIn ? 'login' : 'none'}${asText ? '-text' : ''}`].stdout;
  if (asText)
    return leave(
      isIn ? 0 : 1,
      recorded.replace(/^Proxy: .*\n/m, env.HTTPS_PROXY ? `Proxy: ${env.HTTPS_PROXY}\n` : ''),
    );
  const answer = JSON.parse(recorded);
  const ends = login?.refreshTokenExpiresAt;
  Object.assign(answer, {
    loggedIn: isIn,
    authMethod: isLogin ? 'claude.ai' : isIn ? 'api_key' : 'none',
    projectsDirectory: path.join(configFolder, 'projects'),
    configDirectory: configFolder,
    loginExpiresAt: ends === undefined ? null : new Date(ends).toISOString(),
    ...(isIn
      ? {
          email: oauthAccount.emailAddress,
          orgId: oauthAccount.organizationUuid,
          orgName: oauthAccount.organizationName,
        }
      : {}),
    ...(isIn && !isLogin ? { apiKeySource: '/login managed key' } : {}),
  });
  return leave(isIn ? 0 : 1, `${JSON.stringify(answer, null, 2)}\n`);
}

/** As the first run of any command leaves it. */
function firstRun() {
  if (fs.existsSync(claudeJson)) return;
  const backups = path.join(configFolder, 'backups');
  fs.mkdirSync(backups, { recursive: true });
  const first = { firstStartTime: new Date().toISOString(), firstStartVersion: behaviour.version };
  writeWhole(claudeJson, first);
  writeWhole(path.join(backups, `.claude.json.backup.${Date.now()}`), first);
}

function save(options) {
  const isOther = behaviour.saves === 'other-organisation';
  const settings = readJson(claudeJson);
  settings.oauthAccount = {
    accountUuid: '00000000-0000-4000-8000-000000000001',
    emailAddress: options.email || 'person@example.com',
    organizationUuid: `00000000-0000-4000-8000-00000000000${isOther ? '3' : '2'}`,
    organizationName: isOther ? 'Another Org' : 'Example Org',
  };
  const { access = `sk-ant-oat01-MADE-UP-${random()}`, refresh = `sk-ant-ort01-MADE-UP-${random()}` } =
    behaviour.tokens ?? {};
  if (usesConsole(options)) {
    settings.primaryApiKey = behaviour.tokens?.key ?? `sk-ant-api03-MADE-UP-${random()}`;
  } else {
    const now = Date.now();
    const claudeAiOauth = {
      accessToken: access,
      refreshToken: refresh,
      expiresAt: now + 8 * 3_600_000,
      refreshTokenExpiresAt: now + 30 * 86_400_000,
      scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
      subscriptionType: 'max',
      rateLimitTier: 'default_claude_max_20x',
    };
    fs.mkdirSync(storeFolder, { recursive: true });
    writeWhole(store, { ...readJson(store), claudeAiOauth });
  }
  writeWhole(claudeJson, settings);
}

function writeWhole(file, value) {
  // A link stays where it is.
  const target = fs.existsSync(file) ? fs.realpathSync(file) : file;
  const beside = `${target}.${process.pid}.tmp`;
  fs.writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(beside, target);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function seconds(count = 0) {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

async function flood(bytes) {
  const piece = 'x'.repeat(65_535) + '\n';
  for (let sent = 0; sent < bytes; sent += piece.length)
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** For the test: which processes there are, what they were given, and what has reached them. */
function note(entry) {
  if (behaviour.notes !== null) fs.appendFileSync(behaviour.notes, `${JSON.stringify(entry)}\n`);
}
