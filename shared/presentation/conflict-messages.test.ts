import { describe, expect, test } from 'vitest';
import { CONFLICT_CODES, type Conflict, type ConflictCode } from '../core/conflict.ts';
import { inspect } from '../usecases/inspect.ts';
import { CUSTOM_BOTH, HELPER, inspectGiven, KEY, OAUTH, TOKEN, type Given } from '../testing/given.ts';
import type { WorldOptions } from '../testing/worlds.ts';
import { answerSentence } from './answer-sentence.ts';
import { conflictMessage, conflictParts } from './conflict-messages.ts';
import { notesOf } from './notes.ts';

const GATEWAY = { ANTHROPIC_BASE_URL: 'https://llm.example/v1' };
const on = (name: string): Record<string, string> => ({ [`CLAUDE_CODE_USE_${name}`]: '1' });

type Row = readonly [code: ConflictCode, given: Given, title: string, message: string];

describe('Each conflict in a title and two sentences:', () => {
  test.each<Row>([
    [
      'metered-over-subscription',
      { shell: KEY, login: true },
      'You pay twice',
      'Interactive sessions and print runs send the API key from this terminal, and you pay for it per use. Your Max login could do the work.',
    ],
    [
      'metered-over-subscription',
      { user: KEY, login: { subscriptionType: 'team' }, answered: 'rejected' },
      'You pay per use beside a Claude login',
      'Print runs send the API key from ~/.claude/settings.json:1, and you pay for it per use. Your Team login could do the work.',
    ],
    [
      'metered-over-subscription',
      { profile: 'named', consoleKey: true, login: true },
      'You pay twice',
      'Interactive sessions and print runs send the Console key (“/login managed key”) from ~/.claude.json:1, and you pay for it per use. Your Max login is not used.',
    ],
    [
      'metered-over-subscription',
      { helper: 'exit 3', login: true },
      'Your Max login is not used',
      'Interactive sessions and print runs count on the API key helper’s output from ~/.claude/settings.json:1, which is paid per use, but the helper ended with an error. Your Max login could do the work.',
    ],
    [
      'two-credentials-sent',
      { shell: TOKEN, user: KEY, mode: 'print' },
      'Two credentials in one request',
      'Interactive sessions, print and bare runs send the auth token from this terminal and the API key from ~/.claude/settings.json:1 in one request. Which of them counts is up to the server.',
    ],
    [
      'two-credentials-sent',
      { shell: { ...TOKEN, ...KEY, ...GATEWAY } },
      'Two credentials in one request',
      'Interactive sessions, print and bare runs send the auth token from this terminal and the API key from this terminal in one request. Which of them counts is up to llm.example.',
    ],
    [
      'two-credentials-sent',
      {
        shell: {
          ...TOKEN,
          ...KEY,
          ...GATEWAY,
          ...on('VERTEX'),
          CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
          ANTHROPIC_VERTEX_PROJECT_ID: 'p',
        },
      },
      'Two credentials in one request',
      'Interactive sessions, print and bare runs send the auth token from this terminal and the API key from this terminal in one request. Which of them counts is up to the server.',
    ],
    [
      'two-credentials-sent',
      { shell: CUSTOM_BOTH },
      'Two credentials in one request',
      'Interactive sessions, print and bare runs send two different credentials from this terminal in one request. Which of them counts is up to the server.',
    ],
    [
      'login-sent-elsewhere',
      { login: true, project: GATEWAY },
      'Your Claude login goes to another host',
      'Interactive sessions and print runs send your Max login to llm.example, because ~/app/.claude/settings.json:1 sets that address. Whoever answers there gets the token and can use it.',
    ],
    [
      'login-sent-elsewhere',
      { shell: { ...OAUTH, ANTHROPIC_BASE_URL: 'http:llm' } },
      'The OAuth token goes to another host',
      'Interactive sessions and print runs send the OAuth token to an address that is not a URL, because this terminal sets that address. Whoever answers there gets the token and can use it.',
    ],
    [
      'key-awaits-approval',
      { shell: KEY },
      'Claude Code will ask about the API key',
      'Nobody has answered yet whether interactive sessions may use the API key from this terminal. Interactive sessions ask first; print runs do not ask.',
    ],
    [
      'key-declined',
      { shell: KEY, answered: 'rejected' },
      'Interactive sessions pass over the API key',
      'The API key from this terminal was declined when Claude Code asked about it. Interactive sessions do not use it and do not say so; print runs take no notice of that answer.',
    ],
    [
      'helper-failing',
      { helper: 'exit 3' },
      'The API key helper fails',
      'The API key helper in ~/.claude/settings.json:1 ended with an error. Claude Code puts nothing else into the headers that its output would fill.',
    ],
    [
      'helper-failing',
      {
        helper: 'credence token --provider northwind',
        files: {
          '~/.config/credence/organisations.json':
            '{"schemaVersion":1,"organisations":[{"provider":"northwind","signedInAt":0,"state":"needs-sign-in"}]}',
        },
      },
      'The sign-in to northwind has ended',
      'The API key helper in ~/.claude/settings.json:1 has no token of northwind to print. Claude Code puts nothing else into the headers that its output would fill.',
    ],
    [
      'helper-unusable-output',
      { helper: 'echo two words' },
      'The API key helper’s output is not usable',
      'The API key helper in ~/.claude/settings.json:1 printed more than one word. Claude Code puts nothing else into the headers that its output would fill.',
    ],
    [
      'provider-hides-login',
      { user: on('BEDROCK'), shell: { AWS_BEARER_TOKEN_BEDROCK: 'made-up' }, login: true },
      'Amazon Bedrock hides your Claude login',
      'CLAUDE_CODE_USE_BEDROCK is on in ~/.claude/settings.json:1, so interactive sessions and print runs use Amazon Bedrock. Your Max login is not used.',
    ],
    [
      'provider-without-credential',
      { shell: on('FOUNDRY') },
      'No credential for Microsoft Foundry was found',
      'CLAUDE_CODE_USE_FOUNDRY is on in this terminal, but no credential for Microsoft Foundry was found. Other parts of its default chain, such as a metadata service, could still give one; Credence does not ask them.',
    ],
    [
      'settings-override-shell',
      { shell: KEY, user: { ANTHROPIC_API_KEY: 'sk-ant-api03-OTHER' } },
      'Settings replace ANTHROPIC_API_KEY',
      'ANTHROPIC_API_KEY is set in ~/.claude/settings.json:1. Claude Code does not use the value from this terminal.',
    ],
    [
      'settings-override-shell',
      { shell: KEY, user: { ANTHROPIC_API_KEY: '' } },
      'Settings cancel ANTHROPIC_API_KEY',
      'ANTHROPIC_API_KEY is set in ~/.claude/settings.json:1, to an empty value. Claude Code does not use the value from this terminal.',
    ],
    [
      'project-supplies-credential',
      { project: TOKEN },
      'This folder’s settings supply a credential',
      '~/app/.claude/settings.json:1 sets ANTHROPIC_AUTH_TOKEN. Print and bare runs read it without asking whether you trust the folder.',
    ],
    [
      'project-supplies-credential',
      { project: GATEWAY },
      'This folder’s settings say where requests go',
      '~/app/.claude/settings.json:1 sets ANTHROPIC_BASE_URL. Print and bare runs read it without asking whether you trust the folder.',
    ],
    [
      'project-supplies-credential',
      { helper: { project: HELPER } },
      'This folder’s settings bring a helper',
      '~/app/.claude/settings.json:1 sets apiKeyHelper. Print runs do not ask whether you trust the folder before they run it.',
    ],
    [
      'project-variable-ignored',
      { project: OAUTH },
      'CLAUDE_CODE_OAUTH_TOKEN has no effect here',
      '~/app/.claude/settings.json:1 sets CLAUDE_CODE_OAUTH_TOKEN. This version of Claude Code does not take it from a folder’s own settings.',
    ],
    [
      'settings-file-dropped',
      { files: { '~/.claude/settings.json': '{ // no' } },
      'A settings file is ignored as a whole',
      '~/.claude/settings.json is not valid JSON. Claude Code uses nothing of it.',
    ],
    [
      'settings-file-dropped',
      { files: { '$PROJ/.claude/settings.json': { permissions: 'all' } } },
      'A settings file is ignored as a whole',
      '~/app/.claude/settings.json gives “permissions” a value of the wrong type. Claude Code uses nothing of it.',
    ],
    [
      'settings-file-dropped',
      { args: ['--settings', '{"env": []}'] },
      'A settings file is ignored as a whole',
      '--settings on the command line gives “env” a value of the wrong type. Claude Code uses nothing of it.',
    ],
    [
      'login-ending',
      { login: { refreshTokenExpiresAt: '$NOW_MS+183600000' } },
      'Your login ends soon',
      'Your Max login ends within 3 days. Only a new login moves that date.',
    ],
    [
      'login-ending',
      { shell: KEY, login: { refreshTokenExpiresAt: '$NOW_MS+3600000' } },
      'Your login ends soon',
      'Your Max login ends within 60 minutes. Interactive sessions and print runs do not send it now, and only a new login moves that date.',
    ],
    [
      'login-ended',
      { login: { refreshTokenExpiresAt: '$NOW_MS-10800000' } },
      'Your login may have ended',
      'Your Max login may have ended: the last moment it could last to was 3 hours ago. Interactive sessions and print runs still send it, and once its access token has ended only a new login helps.',
    ],
    [
      'login-ended',
      { shell: OAUTH, login: { refreshToken: '' } },
      'Your login has ended',
      'Your Max login has ended. Interactive sessions and print runs do not send it, and only a new login renews it.',
    ],
    [
      'login-stub',
      { login: { accessToken: '' } },
      'The login store holds no token',
      'What is left of a login stands in ~/.claude/.credentials.json, without a token in it. Claude Code takes that for not logged in; only a new login helps.',
    ],
    [
      'version-unknown',
      { version: '2.0.1', login: true },
      'The rules may not hold for this version',
      'Claude Code 2.0.1 is older than 2.1.73, the oldest version that was recorded. The answer uses the rules of 2.1.73, and they may not hold.',
    ],
    [
      'version-unknown',
      { version: '2.1.320', project: OAUTH },
      'The rules may not hold for this version',
      'Claude Code 2.1.320 lies between 2.1.308 and 2.1.328, which answer differently here. The answer uses the rules of 2.1.308 where nothing better is known.',
    ],
    [
      'version-newer-than-rules',
      { version: '3.0.0', login: true },
      'This version came after the rules',
      'Claude Code 3.0.0 is newer than 2.1.328, the newest version that was recorded. The answer uses its rules; whether they still hold has not been seen.',
    ],
  ])('%s: %j', async (code, given, title, message) => {
    const { conflicts, facts } = await inspectGiven(given);
    const found = conflicts.filter((conflict) => conflict.code === code);
    expect(found.map((conflict) => conflictParts(conflict, facts).title)).toContain(title);
    expect(found.map((conflict) => conflictMessage(conflict, facts))).toContain(message);
  });

  test.each<[ConflictCode, WorldOptions['entries'], string]>([
    [
      'settings-file-dropped',
      { '/etc/claude-code/managed-settings.json': '[]' },
      '/etc/claude-code/managed-settings.json (managed settings) holds no JSON object. Claude Code does not start until an administrator has repaired it; older versions use nothing of it.',
    ],
    [
      'settings-file-dropped',
      { '~/.claude/settings.json': { kind: 'file', content: '{}', denied: true } },
      '~/.claude/settings.json may not be read by this user. Claude Code uses nothing of it.',
    ],
    [
      'loose-file-mode',
      {
        '~/.claude/settings.json': {
          kind: 'file',
          content: '{\n"env": {\n"ANTHROPIC_API_KEY": "sk-ant-api03-MADE-UP" } }',
          mode: 0o644,
        },
      },
      '~/.claude/settings.json holds a credential and has mode 0644. Other users of this computer may be able to read it.',
    ],
  ])('%s, from files: %j', async (code, entries = {}, message) => {
    const { conflicts, facts } = await inspectGiven({}, { entries });
    const found = conflicts.filter((conflict) => conflict.code === code);
    expect(found.map((conflict) => conflictMessage(conflict, facts))).toContain(message);
  });

  test('a slow helper is told with its time', async () => {
    const { facts, context } = await inspectGiven({ helper: HELPER });
    const slow = facts.helpers.map((helper) => ({
      ...helper,
      run: helper.run === null ? null : { ...helper.run, milliseconds: 12_400 },
    }));
    const { conflicts } = inspect({ ...facts, helpers: slow }, context);
    expect(
      conflicts.filter(({ code }) => code === 'helper-slow').map((one) => conflictMessage(one, facts)),
    ).toEqual([
      'The API key helper in ~/.claude/settings.json:1 took 12 seconds. Claude Code shows a notice after 10 seconds, and requests may have to wait.',
    ]);
  });

  test('a helper that did not end is told apart from one that is not run and from one that fails', async () => {
    const given = { helper: HELPER, mode: 'print' } as const;
    const inspection = await inspectGiven(given, { script: () => ({ hangs: true }) });
    const { conflicts, facts } = inspection;
    expect(conflicts.map((one) => conflictMessage(one, facts))).toEqual([
      'The API key helper in ~/.claude/settings.json:1 had not ended after 30 seconds, and Credence waited no longer. Claude Code waits for ten minutes, and then sends an empty value.',
    ]);
    expect(answerSentence(inspection)).toContain('the helper has not ended in time for this answer');
    expect(notesOf(inspection).map(({ code }) => code)).not.toContain('helper-not-run');
  });

  test('a forced login names the setting', async () => {
    const { facts, context } = await inspectGiven({ shell: TOKEN });
    const origin = {
      kind: 'settings',
      scope: 'managed',
      path: '/etc/claude-code/managed-settings.json',
      line: 2,
    } as const;
    const forced = { ...facts, policy: { key: 'forceLoginMethod' as const, line: 2, origin } };
    const { conflicts } = inspect(forced, context);
    expect(
      conflicts.filter(({ code }) => code === 'policy-blocks').map((one) => conflictMessage(one, forced)),
    ).toEqual([
      'forceLoginMethod in managed settings (/etc/claude-code/managed-settings.json:2) says how to log in, but a key, token or helper is set. Interactive sessions, print and bare runs refuse to start.',
    ]);
  });
});

test('Every code has words, also when nothing more is known about the conflict.', async () => {
  const { facts } = await inspectGiven({});
  for (const code of CONFLICT_CODES) {
    const bare: Conflict = { code, severity: 'info', modes: ['print'], about: {}, remedies: [] };
    const { title, cause, consequence } = conflictParts(bare, facts);
    expect(title).toMatch(/^\S.*[^.]$/);
    for (const sentence of [cause, consequence]) expect(sentence).toMatch(/^\S.*[^.]\.$/);
    expect(`${title} ${cause} ${consequence}`).not.toMatch(/undefined|null|NaN/);
  }
});

test('Only a key that was checked is called stale.', async () => {
  const { facts } = await inspectGiven({});
  const said = CONFLICT_CODES.filter((code) =>
    /stale/i.test(
      JSON.stringify(
        conflictParts({ code, severity: 'info', modes: ['print'], about: {}, remedies: [] }, facts),
      ),
    ),
  );
  expect(said).toEqual(['stale-key']);
});

test('A name that a stranger chose cannot act on the terminal.', async () => {
  const { facts } = await inspectGiven({});
  const conflict: Conflict = {
    code: 'version-unknown',
    severity: 'warning',
    modes: ['print'],
    about: { name: `9\u001b[2J\u202e${'9'.repeat(4096)}`, detail: '2.1.73' },
    remedies: [],
  };
  const message = conflictMessage(conflict, facts);
  expect(message).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(message.length).toBeLessThan(300);
});
