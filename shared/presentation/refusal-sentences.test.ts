import { describe, expect, test } from 'vitest';
import { GATES } from '../core/rules/gates.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { HELPER, inspectGiven, KEY, TOKEN, type Given } from '../testing/given.ts';
import type { WorldOptions } from '../testing/worlds.ts';
import { obstacleOf, type Obstacle } from './refusal-sentences.ts';
import { refusalWords, wordedGates } from './refusals.ts';

const told = ({ verdict, facts, context }: Inspection): Obstacle | null =>
  obstacleOf(verdict, facts, context);

describe('When nothing is simply sent, it is said why and what to do:', () => {
  test.each([
    [
      { mode: 'interactive', trusted: false, login: true },
      {
        headline: 'Claude Code asks first whether you trust this folder.',
        advice: 'Start it here once and answer; nothing is sent before.',
        shown: null,
      },
    ],
    [
      { mode: 'interactive', trusted: false, login: true, cwd: '~' },
      {
        headline: 'Claude Code asks first whether you trust this folder.',
        advice: 'It asks each time, because it never keeps trust for the home folder.',
        shown: null,
      },
    ],
    [
      { mode: 'interactive', shell: KEY },
      {
        headline: 'Claude Code asks first whether it may use the API key from this terminal.',
        advice: 'Start it here once and answer; it remembers the answer for this key.',
        shown: null,
      },
    ],
    [
      {},
      {
        headline: 'Nothing is sent: you are not logged in.',
        advice: 'Log in with “claude auth login”.',
        shown: 'Not logged in · Please run /login',
      },
    ],
    [
      { mode: 'bare', login: true, helper: HELPER },
      {
        headline: 'Nothing is sent: bare runs use no login, and no other credential counts here.',
        advice: 'Set an API key or an auth token, or name a helper with --settings.',
        shown: 'Not logged in · Please run /login',
      },
    ],
    [
      { shell: { CLAUDE_CODE_SIMPLE: '1' }, login: true },
      {
        headline:
          'Nothing is sent: with CLAUDE_CODE_SIMPLE on, Claude Code uses no login, and no other credential counts here.',
        advice: 'Set an API key or an auth token, or name a helper with --settings.',
        shown: 'Not logged in · Please run /login',
      },
    ],
    [
      { shell: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' }, login: true },
      {
        headline:
          'Nothing is sent: the program that starts Claude Code manages the credentials and gives none.',
        advice: 'Start Claude Code without that program, or let the program give a credential.',
        shown: 'Not logged in · Please run /login',
      },
    ],
    [
      { profile: 'ended' },
      {
        headline: 'Nothing is sent: the profile “default” has ended.',
        advice:
          'Sign in to the profile again with the program that made it; Claude Code does not fall back to another credential.',
        shown: 'Anthropic profile login expired',
      },
    ],
    [
      { version: '2.1.196', helper: 'printf a\\nb' },
      {
        headline: 'Nothing is sent: the API key helper’s output is not usable.',
        advice: 'Let the helper print the key alone, on one line.',
        shown: null,
      },
    ],
    [
      { version: '2.1.73', mode: 'bare', shell: KEY },
      {
        headline: 'Nothing is sent: Claude Code 2.1.73 does not know bare mode.',
        advice: 'Update Claude Code, or leave --bare out.',
        shown: null,
      },
    ],
    [
      { files: { '~/.claude.json': '{' } },
      {
        headline: 'Claude Code does not start: ~/.claude.json is not valid JSON.',
        advice: 'Repair that file, or put back a copy from ~/.claude/backups.',
        shown: 'Configuration error',
      },
    ],
    [
      { shell: { CLAUDE_CODE_USE_VERTEX: '1' } },
      {
        headline: 'What is sent cannot be told: no credential for Google Vertex AI was found.',
        advice:
          'Other parts of its default chain, such as a metadata service, could still give one; sign in to the cloud behind Google Vertex AI if none does.',
        shown: null,
      },
    ],
  ] as readonly [Given, Obstacle][])('%j', async (given, obstacle) => {
    expect(told(await inspectGiven(given))).toEqual(obstacle);
  });

  test.each([
    [
      'a value that no header can carry',
      { shell: { ANTHROPIC_API_KEY: 'sk-ant-api03-MADE\nUP' } },
      'Nothing is sent: ANTHROPIC_API_KEY from this terminal holds a character that no header can carry.',
    ],
    [
      'federation without a token',
      { shell: { ANTHROPIC_FEDERATION_RULE_ID: 'x', ANTHROPIC_ORGANIZATION_ID: 'y' }, login: true },
      'Nothing is sent: federation needs an identity token, and none is set.',
    ],
    [
      'a provider that an older version cannot use unsigned',
      { version: '2.1.196', shell: { CLAUDE_CODE_USE_FOUNDRY: '1', CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' } },
      'Nothing is sent: Claude Code 2.1.196 fails when Azure’s authentication is switched off and Foundry’s own key is not set.',
    ],
    [
      'inline settings that are not JSON',
      { login: true, args: ['--settings', '{ no }'] },
      'Claude Code does not start: --settings on the command line is not valid JSON.',
    ],
    [
      'inline settings that were cut short, with a secret in them',
      { login: true, args: ['--settings', '{"env": {"ANTHROPIC_AUTH_TOKEN": "made-up-secret'] },
      'Claude Code does not start: --settings on the command line is not valid JSON.',
    ],
    [
      'a settings file that is not there',
      { login: true, args: ['--settings', 'gone.json'] },
      'Claude Code does not start: ~/app/gone.json (--settings) is not there.',
    ],
  ] as readonly [string, Given, string][])('%s', async (_, given, headline) => {
    expect(told(await inspectGiven(given))?.headline).toBe(headline);
  });

  test('managed settings that demand a gateway', async () => {
    const { facts, context } = await inspectGiven({ login: true });
    const origin = {
      kind: 'settings',
      scope: 'managed',
      path: '/etc/claude-code/managed-settings.json',
      line: 2,
    } as const;
    const policy = { key: 'forceLoginMethod', demands: 'gateway', line: 2, origin } as const;
    expect(told(inspect({ ...facts, policy }, context))).toEqual({
      headline: 'Nothing is sent: managed settings demand a sign-in to a gateway.',
      advice:
        'Sign in to the gateway with Claude Code, or ask your administrator about forceLoginMethod in managed settings (/etc/claude-code/managed-settings.json:2).',
      shown: null,
    });
  });

  test('managed settings that force a login', async () => {
    const inspection = await inspectGiven({
      shell: TOKEN,
      files: {},
      managed: {},
    });
    const origin = {
      kind: 'settings',
      scope: 'managed',
      path: '/etc/claude-code/managed-settings.json',
      line: 2,
    } as const;
    const facts = { ...inspection.facts, policy: { key: 'forceLoginMethod' as const, line: 2, origin } };
    expect(told(inspect(facts, inspection.context))).toEqual({
      headline:
        'Claude Code refuses to start: managed settings say how to log in, and a key, token or helper is set.',
      advice:
        'Remove the key, token or helper, or ask your administrator about forceLoginMethod in managed settings (/etc/claude-code/managed-settings.json:2).',
      shown: 'This machine’s managed settings require a first-party login',
    });
  });

  test.each<[string, WorldOptions['entries'], Obstacle]>([
    [
      'a login file that may not be read',
      { '~/.claude/.credentials.json': { kind: 'file', content: '{}', denied: true } },
      {
        headline:
          'What is sent cannot be told: the login in ~/.claude/.credentials.json may not be read by this user.',
        advice: 'Look at that file as the user that Claude Code runs as.',
        shown: null,
      },
    ],
    [
      'a login file that is a pipe',
      { '~/.claude/.credentials.json': { kind: 'fifo' } },
      {
        headline: 'What is sent cannot be told: the login in ~/.claude/.credentials.json is not a file.',
        advice: 'Look at that file as the user that Claude Code runs as.',
        shown: null,
      },
    ],
    [
      'a managed file that is not JSON',
      { '/etc/claude-code/managed-settings.json': 'x' },
      {
        headline:
          'Claude Code does not start: /etc/claude-code/managed-settings.json (managed settings) is not valid JSON.',
        advice: 'Ask your administrator to repair that file.',
        shown: null,
      },
    ],
  ])('%s', async (_, entries = {}, obstacle) => {
    expect(told(await inspectGiven({}, { entries }))).toEqual(obstacle);
  });

  test('a container that is asked about from outside', async () => {
    const { facts, context } = await inspectGiven({ login: true });
    const outside = inspect({ ...facts, place: { ...facts.place, surface: 'container' } }, context);
    expect(told(outside)?.headline).toBe('What is sent in a container can only be told inside it.');
  });

  test('a Keychain that is locked, or that nobody looked at', async () => {
    const { facts, context } = await inspectGiven({});
    const withStore = (state: 'locked' | 'not-looked-at'): Obstacle | null =>
      told(inspect({ ...facts, store: { ...facts.store, kind: 'keychain', path: null, state } }, context));
    expect(withStore('locked')).toMatchObject({
      headline: 'What is sent cannot be told: the login in the Keychain is locked.',
      advice: 'Unlock the Keychain and look again.',
    });
    expect(withStore('not-looked-at')?.headline).toBe(
      'What is sent cannot be told: the Keychain has not been looked at.',
    );
  });
});

test('Nothing is in the way when something is sent.', async () => {
  const { verdict, facts, context } = await inspectGiven({
    mode: 'interactive',
    trusted: false,
    login: true,
  });
  expect(obstacleOf(answeredVerdict(verdict), facts, context)).toBeNull();
  expect(obstacleOf(verdict.after?.no ?? verdict, facts, context)?.headline).toBe(
    'Nothing is sent: the folder is not trusted.',
  );
});

test('Every gate that refuses has words of its own; one that is new speaks through its rule.', async () => {
  const otherwise = [
    'gate/other-surface',
    'gate/config-not-readable',
    'gate/api-key-approval',
    'gate/store-waits',
    'gate/policy-helper',
    'gate/organisation-not-verified',
    'gate/store-not-readable',
    'gate/cloud-chain',
  ];
  expect([...wordedGates(), ...otherwise].sort()).toEqual(GATES.map(({ id }) => id).sort());
  const { verdict, facts, context } = await inspectGiven({});
  for (const gate of wordedGates()) {
    const { headline, clause, advice } = refusalWords({ verdict: { ...verdict, gate }, facts, context });
    for (const said of [headline, advice]) expect(said).toMatch(/^[A-Z].*[^.]\.$/);
    expect(clause).toMatch(/^(?:it|its) .*[^.]$/);
  }
  const unworded = refusalWords({ verdict: { ...verdict, gate: 'gate/cloud-chain' }, facts, context });
  expect(unworded.headline).toMatch(/^Nothing was found behind/);
  expect(refusalWords({ verdict: { ...verdict, gate: null }, facts, context }).headline).toBe(
    'Nothing is sent.',
  );
});
