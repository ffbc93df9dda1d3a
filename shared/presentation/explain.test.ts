import { describe, expect, test } from 'vitest';
import { SOURCE_IDS, type SourceId } from '../core/source-id.ts';
import { HELPER, inspectGiven, KEY, OAUTH, TOKEN, type Given } from '../testing/given.ts';
import { explain } from './explain.ts';
import { explainJson } from './explain-json.ts';

async function told(given: Given, source: SourceId | null = null): Promise<string> {
  const paragraphs = explain(await inspectGiven(given), source);
  const text = paragraphs
    .map(({ heading, lines }) => [...(heading === undefined ? [] : [`# ${heading}`]), ...lines].join('\n'))
    .join('\n');
  // Which words a made-up secret has is of no interest here.
  return text.replace(/(?<=: |\(|, )[a-z]{2,7}-[a-z]{2,7}(?=[.)])/g, 'word-pair');
}

test('The answer is explained header by header, with the rule, its evidence and the others.', async () => {
  expect(await told({ shell: KEY, login: true }))
    .toBe(`Print runs send the API key from this terminal, not your Max login.
You pay per use, on top of Max.
# Authorization
Nothing is sent in it.
# x-api-key
The API key from this terminal: word-pair.
The API key goes into x-api-key.
Rule x-api-key/api-key. Measured: recorded worlds, 2.1.73 to 2.1.328.
# The others
Max login, shadowed: the API key is used instead.
# Version
The answer is for Claude Code 2.1.328, as asked.
This version was recorded.`);
});

test('A question is explained with the gate that asks and with both answers.', async () => {
  const text = await told({ mode: 'interactive', trusted: false, shell: KEY, login: true });
  expect(text).toContain(`# The question
In a folder that is not trusted the trust question comes first, and nothing is sent before.
Rule gate/folder-trust. Measured: recorded worlds, 2.1.328, interactive.
Yes: It asks whether it may use the API key from this terminal.
No: It sends nothing.
Start it here once and answer; nothing is sent before.
# The question
Claude Code asks first whether it may use the API key from this terminal.
Interactive sessions ask once about an API key that nobody has answered for.
Rule gate/api-key-approval. Measured: recorded worlds, 2.1.328, interactive.
Yes: It sends the API key from this terminal.
No: It uses your Max login.
Start it here once and answer; it remembers the answer for this key.`);
});

test('A refusal is explained with the words that Claude Code shows.', async () => {
  expect(await told({})).toContain(`# Why nothing is sent
Nothing is there that could be sent, so Claude Code asks for a login.
Rule gate/not-logged-in. Measured: recorded worlds, 2.1.73 to 2.1.328.
Claude Code then shows: “Not logged in · Please run /login”.
Log in with “claude auth login”.`);
});

test('A rule that came with a version says so.', async () => {
  const text = await told({ profile: 'named' });
  expect(text).toContain('It holds from 2.1.136 on, perhaps earlier: 2.1.104 did not do it yet.');
});

describe('A source is explained with every place it was found in and with what it would take:', () => {
  test('one that is not sent', async () => {
    expect(await told({ shell: KEY, login: true }, 'claude-login')).toBe(`# Max login: shadowed
The API key is used instead.
# Where it was found
~/.claude/.credentials.json (word-pair), shadowed: the API key is used instead.
# What it would take
Without the API key it would be sent.
# The answer
Print runs send the API key from this terminal, not your Max login.
You pay per use, on top of Max.
# Version
The answer is for Claude Code 2.1.328, as asked.
This version was recorded.`);
  });

  test('one that is sent, from one of several places', async () => {
    const text = await told({ shell: OAUTH, user: OAUTH, project: OAUTH }, 'oauth-token');
    expect(text).toContain('# OAuth token: wins\nIt is sent in Authorization.\nThe OAuth token is used when');
    expect(text).toMatch(
      /~\/\.claude\/settings\.json:1 \(CLAUDE_CODE_OAUTH_TOKEN, word-pair\), wins: it is sent in Authorization\./,
    );
    expect(text).toMatch(/This terminal \(CLAUDE_CODE_OAUTH_TOKEN, word-pair\), shadowed: .* ranks higher\./);
    expect(text).not.toContain('What it would take');
  });

  test('one that is not there', async () => {
    expect(await told({ login: true }, 'api-key-helper')).toMatch(
      /^# API key helper: not set\nNo settings file names a helper\.\n# What it would take\nName a helper in a settings file\.\n# The answer/,
    );
  });
});

describe('The version is told with how far the rules reach:', () => {
  test.each([
    ['2.1.328', 'This version was recorded.'],
    ['2.1.250', 'It lies between two recorded versions, 2.1.248 and 2.1.281.'],
    ['3.0.0', 'It is newer than any recorded version, so the rules of the newest one are used.'],
    ['2.0.0', 'It is older than any recorded version, so the rules of the oldest one are used.'],
  ])('%s', async (version, line) => {
    expect(await told({ version, login: true })).toMatch(
      new RegExp(`# Version\\n.*\\n${line.replaceAll('.', '\\.')}$`),
    );
  });
});

test('The JSON form holds the rules, the sources with their sentences, and the paragraphs.', async () => {
  const inspection = await inspectGiven({ mode: 'interactive', shell: { ...TOKEN, ...KEY }, helper: HELPER });
  const json = explainJson(inspection, null);
  expect(json).toMatchObject({
    schemaVersion: 1,
    source: null,
    outcome: 'asks',
    rules: [
      { id: 'gate/api-key-approval', slot: null, certainty: 'measured' },
      { id: 'authorization/auth-token', slot: 'authorization', since: null, until: null },
      { id: 'x-api-key/api-key', slot: 'xApiKey' },
    ],
  });
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});

test('For one source the JSON form holds that one, with what it would take.', async () => {
  const inspection = await inspectGiven({ shell: KEY, login: true, profile: 'named' });
  expect(explainJson(inspection, 'claude-login')).toMatchObject({
    source: 'claude-login',
    sources: [
      {
        source: 'claude-login',
        state: 'shadowed',
        reason: { code: 'outranked', by: 'api-key', sentence: 'The API key is used instead.' },
        readings: [{ state: 'shadowed', reason: { sentence: 'The API key is used instead.' } }],
        takes: 'Without the API key and the profile “work” it would be sent.',
      },
    ],
  });
});

test('Between which recordings a rule changed stands in the JSON form.', async () => {
  const inspection = await inspectGiven({ profile: 'named' });
  expect(explainJson(inspection, 'profile')).toMatchObject({
    rules: [{ since: { id: 'profiles', after: '2.1.104', by: '2.1.136', documented: null }, until: null }],
  });
});

test('Every source can be explained in an empty home.', async () => {
  const inspection = await inspectGiven({});
  for (const source of SOURCE_IDS) {
    const [first] = explain(inspection, source);
    expect(first?.heading).toMatch(/: not set$/);
  }
});
