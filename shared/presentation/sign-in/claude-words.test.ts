import { expect, test } from 'vitest';
import {
  LOGIN_FAILURES,
  type ClaudeLoginState,
  type LoginOutcome,
  type LoginStep,
} from '../../core/sign-in/claude-login.ts';
import { accountFile, CLAUDE_JSON, LOGIN_FILE, loginFile, loginWorld } from '../../testing/login-world.ts';
import { gatherFacts } from '../../usecases/gather/gather-facts.ts';
import { claudeLoginPreview } from '../../usecases/sign-in/claude-login-preview.ts';
import { logoutPreview, type LogoutResult } from '../../usecases/sign-in/claude-logout.ts';
import {
  loginPreviewNotes,
  logoutPreviewLines,
  logoutResultSentences,
  logoutStaysSentence,
} from './claude-preview-words.ts';
import {
  claudeTroubleWords,
  type CodeInput,
  codeWords,
  inOne,
  LOGIN_FAILURE_WORDS,
  loginStateWords,
  PASTE_HERE_ONLY,
} from './claude-words.ts';

const STATE: ClaudeLoginState = {
  way: 'claude',
  step: { at: 'waiting' },
  startedAt: 0,
  browserAt: 1,
  link: { url: 'https://claude.com/?state=SECRET', host: 'claude.com' },
  asksCode: true,
  code: 'none',
};
const OUTCOME: LoginOutcome = {
  kept: 'login',
  loginEndsAt: null,
  plan: null,
  email: null,
  organisation: null,
};

/** One or more whole sentences, without a blank too many. */
const SENTENCES = /^(?:[A-Z/~].*[.)](?: |$))+$/;

test.each(LOGIN_FAILURES)('Says of a failure what happened, what it means and what to do: %s.', (why) => {
  const { happened, means, todo } = LOGIN_FAILURE_WORDS[why];
  for (const part of [happened, means, todo]) expect(part).toMatch(SENTENCES);
  expect(loginStateWords({ ...STATE, step: { at: 'failed', why } })).toEqual({ happened, means, todo });
});

test.each<[LoginStep['at'], Partial<ClaudeLoginState>, string]>([
  ['starting', { step: { at: 'starting' } }, 'Claude Code is starting.'],
  [
    'waiting',
    { browserAt: null, link: null, asksCode: false },
    'Claude Code is at work. Approve the login there.',
  ],
  ['waiting', { asksCode: false }, 'Claude Code opens the page in your browser. Approve the login there.'],
  [
    'waiting',
    {},
    `Claude Code opens the page in your browser. Approve the login there. If the page shows a code, paste it and press Enter; it is not shown. ${PASTE_HERE_ONLY}`,
  ],
  [
    'waiting',
    { link: null, asksCode: false },
    'Claude Code opens the page in your browser. It printed no address that is known to belong to Claude, so none is shown here. Approve the login there.',
  ],
  ['checking', { step: { at: 'checking' } }, 'Claude Code has ended. Credence reads who is logged in now.'],
  [
    'stopping',
    { step: { at: 'stopping' } },
    'The login is being cancelled. Claude Code gets time to let go of what it holds, at most half a minute.',
  ],
  ['cancelled', { step: { at: 'cancelled' } }, 'The login was cancelled. Nothing was changed.'],
])('Says of a login that is %s: %j.', (_, more, sentence) => {
  const said = inOne(loginStateWords({ ...STATE, ...more }));
  expect(said).toBe(sentence);
  expect(said).not.toContain('SECRET');
});

test.each<[CodeInput, RegExp, RegExp]>([
  ['terminal', /paste it and press Enter/, /standard input/i],
  ['lines', /write it to the standard input of this command/, /paste|Enter|shown/],
  ['none', /no code can be given here: only a browser on this machine can finish/, /paste|Enter/],
])('Says what is true of a code where it could come from: %s.', (input, says, saysNot) => {
  const { todo } = loginStateWords(STATE, input);
  expect(todo).toMatch(SENTENCES);
  expect(todo).toMatch(says);
  expect(todo).not.toMatch(saysNot);
  expect(loginStateWords({ ...STATE, asksCode: false }, input).todo).toBe('Approve the login there.');
});

test.each<[Partial<LoginOutcome>, string]>([
  [{}, 'You are logged in.'],
  [{ email: 'person@example.com' }, 'You are logged in as person@example.com.'],
  [
    { email: 'person@example.com', organisation: 'Example Org', plan: 'max' },
    'You are logged in as person@example.com (Example Org), with a Max plan.',
  ],
  [{ plan: 'made-up' }, 'You are logged in.'],
  [{ email: 'a\u001b[31m@b\u202e' }, 'You are logged in as a\ufffd[31m@b\ufffd.'],
  [{ kept: 'profile' }, 'You are logged in to the Claude Console. Claude Code keeps it as a profile.'],
  [
    { kept: 'key' },
    'You are logged in to the Claude Console. Claude Code has made an API key there and keeps it; its use is paid for by what is used.',
  ],
])('Says who is logged in: %j.', (more, sentence) => {
  const step: LoginStep = { at: 'done', outcome: { ...OUTCOME, ...more } };
  expect(inOne(loginStateWords({ ...STATE, step }))).toBe(sentence);
});

test.each(['sent', 'incomplete', 'other-attempt'] as const)('Says how a pasted code went: %s.', (code) => {
  expect(inOne(codeWords(code) ?? { happened: '', means: '', todo: '' })).toMatch(SENTENCES);
});

test.each([
  'not-found',
  'not-absolute',
  'in-working-folder',
  'writable-by-others',
  'foreign-owner',
  'not-executable',
  'another-program',
] as const)('Says why no Claude Code is started, and what to do: %s.', (why) => {
  for (const path of [null, '/opt/\u001b[31mclaude']) {
    const { happened, todo } = claudeTroubleWords(why, path);
    expect(happened).toMatch(/\.$/);
    expect(happened).not.toContain('\u001b');
    expect(todo).toContain('--claude');
  }
});

const MANAGED = '/etc/claude-code/managed-settings.json';

test('Says before a login what wins all the same, what is forced and who is logged in, with places.', async () => {
  const { ports, look } = loginWorld({
    files: {
      '/home/p/.zshrc': 'export ANTHROPIC_API_KEY=sk-ant-api03-made-up-0123456789\n',
      '/home/p/.claude/settings.json': '{"forceLoginMethod":"claudeai"}',
      [MANAGED]: '{"forceLoginOrgUUID":["org-1"]}',
      [LOGIN_FILE]: loginFile(),
      [CLAUDE_JSON]: accountFile(),
    },
  });
  const claudeCode = { version: '2.1.328', from: 'flag' } as const;
  const preview = claudeLoginPreview(await gatherFacts(ports, look), 'console', claudeCode);
  const notes = loginPreviewNotes(preview);
  const said = notes.map(({ text }) => text);
  expect(said).toContain(
    'The login goes to your Claude subscription all the same: forceLoginMethod in ~/.claude/settings.json:1 forces it.',
  );
  expect(said).toContain(
    `Your administrator demands an account of the organisation org-1 that managed settings (${MANAGED}:1) names.`,
  );
  expect(said).toContain(
    'You are logged in already (person@example.com, Example Org, Max plan). A new login takes its place.',
  );
  for (const text of said) expect(text).toMatch(/^[A-Z].*\.$/);
  const commands = notes.flatMap(({ command }) => (command === null ? [] : [command]));
  expect(commands).toEqual(['credence clear ANTHROPIC_API_KEY']);
});

test('Of a login that does what one expects there is nothing to say.', async () => {
  const { ports, look } = loginWorld();
  const claudeCode = { version: '2.1.328', from: 'flag' } as const;
  expect(loginPreviewNotes(claudeLoginPreview(await gatherFacts(ports, look), 'claude', claudeCode))).toEqual(
    [],
  );
});

test('Says before a logout what goes, and what stays.', async () => {
  const { ports, look } = loginWorld({
    files: {
      [LOGIN_FILE]: loginFile({ more: { mcpOAuth: { one: {}, two: {} }, other: {} } }),
      [CLAUDE_JSON]: accountFile({ more: { primaryApiKey: 'sk-ant-api03-made-up' } }),
      '/home/p/.claude/settings.json':
        '{"apiKeyHelper":"echo made-up","env":{"ANTHROPIC_AUTH_TOKEN":"made-up"}}',
    },
  });
  const facts = await gatherFacts(ports, look);
  expect(logoutPreviewLines(logoutPreview(facts), facts.place)).toEqual([
    'the Max login in ~/.claude/.credentials.json',
    'the logins of 2 connectors (MCP) in the same file',
    'an entry of the same file whose kind is not known',
    'the Console key in ~/.claude.json:1',
    'the account’s name (person@example.com, Example Org)',
  ]);
  expect(logoutStaysSentence(logoutPreview(facts))).toBe(
    'What stays: keys and tokens in variables and settings and the API key helper. Claude Code may go on with them.',
  );
});

test.each<[Pick<LogoutResult, 'outcome' | 'left' | 'unconfirmed' | 'page'>, RegExp]>([
  [{ outcome: 'gone', left: [], unconfirmed: false, page: null }, /^You are logged out on this computer\.$/],
  [{ outcome: 'gone', left: [], unconfirmed: true, page: null }, /hints that the server did not confirm it/],
  [
    { outcome: 'still-there', left: ['login', 'account'], unconfirmed: false, page: null },
    /the Claude login and the account’s name are still there\. You are not logged out\./,
  ],
  [
    { outcome: 'timed-out', left: ['console-key'], unconfirmed: false, page: null },
    /The Console key is still there\./,
  ],
  [{ outcome: 'timed-out', left: [], unconfirmed: false, page: null }, /You are logged out/],
  [{ outcome: 'not-started', left: [], unconfirmed: false, page: null }, /Nothing was changed\./],
  [
    { outcome: 'cancelled', left: ['login'], unconfirmed: false, page: null },
    /The Claude login is still there\./,
  ],
])('Says what a logout came to: %j.', (result, said) => {
  const after = undefined as unknown as LogoutResult['after'];
  expect(logoutResultSentences({ ...result, after }).join(' ')).toMatch(said);
});
