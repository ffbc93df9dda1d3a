import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claudeLab, until, type ClaudeLab, type LabSession } from '../fake-claude/claude-lab.ts';
import { layFakeClaude, type FakeBehaviour } from '../fake-claude/lay-fake-claude.mjs';
import { onPosix } from '../support/on-system.ts';

/** What the tests of signing in rely on beyond what was recorded: the success, which nobody has recorded. */
let lab: ClaudeLab;

beforeEach(() => {
  lab = claudeLab();
});

afterEach(async () => {
  await lab.close();
});

function lay(behaviour: FakeBehaviour = {}): string {
  return layFakeClaude(path.join(lab.home, '../bin'), behaviour);
}

async function login(
  behaviour: FakeBehaviour = {},
  options: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Promise<LabSession> {
  const session = lab.start(lay(behaviour), ['auth', 'login', ...options], { variables });
  await until(() => lab.opened() !== null);
  return session;
}

const opened = (name: string): string => lab.opened()?.searchParams.get(name) ?? '';

async function pasted(session: LabSession): Promise<unknown> {
  session.send(`good-code#${opened('state')}\n`);
  return session.program.ended;
}

function json(...names: readonly string[]): unknown {
  const file = path.join(lab.home, ...names);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

async function answer(
  args: readonly string[],
  variables = {},
): Promise<{ readonly code: unknown; readonly output: string }> {
  const { program, output } = lab.start(lay(), args, { variables });
  const { exitCode } = await program.ended;
  return { code: exitCode, output: output() };
}

const WELL = { exitCode: 0, by: 'itself' };

describe.runIf(onPosix)('The fake claude', () => {
  test('A good code that is pasted is a login, which the status tells and the logout removes.', async () => {
    expect(await pasted(await login())).toEqual(WELL);
    expect(json('.claude/.credentials.json')).toMatchObject({
      claudeAiOauth: {
        subscriptionType: 'max',
        scopes: expect.arrayContaining(['user:inference']) as unknown,
      },
    });
    expect(statSync(path.join(lab.home, '.claude/.credentials.json')).mode & 0o777).toBe(0o600);
    expect(json('.claude.json')).toMatchObject({ oauthAccount: { organizationName: 'Example Org' } });
    const status = await answer(['auth', 'status', '--json']);
    expect([status.code, JSON.parse(status.output)]).toEqual([
      0,
      expect.objectContaining({ loggedIn: true, authMethod: 'claude.ai', email: 'person@example.com' }),
    ]);
    expect(await answer(['auth', 'logout'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('Logged out') as string,
    });
    expect([json('.claude/.credentials.json'), json('.claude.json')]).toEqual([
      null,
      expect.not.objectContaining({ oauthAccount: expect.anything() as unknown }),
    ]);
    expect((await answer(['auth', 'status'])).code).toBe(1);
  });

  test('So is a browser that comes back.', async () => {
    const { program } = await login();
    const back = await fetch(`${opened('redirect_uri')}?code=good-code&state=${opened('state')}`);
    expect([back.status, await program.ended]).toEqual([200, WELL]);
    expect(json('.claude/.credentials.json')).not.toBeNull();
  });

  test('For the Console it is a key.', async () => {
    expect(await pasted(await login({}, ['--console']))).toEqual(WELL);
    expect(json('.claude.json')).toMatchObject({
      primaryApiKey: expect.stringContaining('MADE-UP') as string,
    });
    expect(json('.claude/.credentials.json')).toBeNull();
  });

  test('The user’s settings may send to the Console.', async () => {
    mkdirSync(path.join(lab.home, '.claude'));
    writeFileSync(path.join(lab.home, '.claude/settings.json'), '{"forceLoginMethod":"console"}');
    const { program } = await login({}, ['--claudeai']);
    expect(lab.opened()?.host).toBe('platform.claude.com');
    await program.stop();
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
    ['CLAUDE_CONFIG_DIR', { CLAUDE_CONFIG_DIR: '^cfg' }, 'cfg/.credentials.json', 'cfg/.claude.json'],
    [
      'CLAUDE_SECURESTORAGE_CONFIG_DIR',
      { CLAUDE_SECURESTORAGE_CONFIG_DIR: '^safe' },
      'safe/.credentials.json',
      '.claude.json',
    ],
    [
      'both, the second empty',
      { CLAUDE_CONFIG_DIR: '^cfg', CLAUDE_SECURESTORAGE_CONFIG_DIR: '' },
      '.claude/.credentials.json',
      'cfg/.claude.json',
    ],
  ])('What it writes goes where %s says.', async (_, given, store, settings) => {
    const variables = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('^', `${lab.home}/`)]),
    );
    expect(await pasted(await login({}, [], variables))).toEqual(WELL);
    expect([json(store), json(settings)]).toEqual([
      expect.objectContaining({ claudeAiOauth: expect.anything() as unknown }),
      expect.objectContaining({ oauthAccount: expect.anything() as unknown }),
    ]);
  });

  test('It may say that it went well and save nothing, or another organisation.', async () => {
    expect(await pasted(await login({ saves: 'nothing' }))).toEqual(WELL);
    expect(json('.claude/.credentials.json')).toBeNull();
    expect(await pasted(await login({ saves: 'other-organisation' }))).toEqual(WELL);
    expect(json('.claude.json')).toMatchObject({ oauthAccount: { organizationName: 'Another Org' } });
  });

  test('A link may be in lines, in colours, or to somewhere else.', async () => {
    const printed = async (behaviour: FakeBehaviour): Promise<string> => {
      const { program, output } = await login(behaviour);
      await program.stop();
      return output();
    };
    const state = (text: string): boolean => text.includes(`state=${opened('state')}`);
    const wrapped = await printed({ looks: 'wrapped' });
    expect([state(wrapped.replaceAll('\n', '')), /https:\S{81}/.test(wrapped)]).toEqual([true, false]);
    const coloured = await printed({ looks: 'coloured' });
    expect([state(coloured), coloured.includes('\u001b]8;;https://')]).toEqual([true, true]);
    const elsewhere = await printed({ authorizeUrl: 'https://claude.com.example.net/authorize' });
    expect([state(elsewhere), lab.opened()?.host]).toEqual([true, 'claude.com.example.net']);
  });

  test('In the demo its own page is approved with a click, and shows a code to paste.', async () => {
    const { program, output } = await login({ demo: true });
    const page = await (await fetch(lab.opened()?.href ?? '')).text();
    expect(page).toContain('This is the demo');
    const shown = /<code id="code">(.*?)<\/code>/.exec(page)?.[1]?.replaceAll('&#35;', '#');
    expect(shown).toBe(`good-code#${opened('state')}`);
    const printed = /visit: (\S+)/.exec(output())?.[1] ?? '';
    const forPaste = await (await fetch(printed)).text();
    expect([forPaste.includes('<p hidden>'), page.includes('<p hidden>')]).toEqual([true, false]);
    const button = /id="approve" href="(.*?)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? '';
    const landed = await fetch(button);
    expect([landed.status, await landed.text()]).toEqual([
      200,
      expect.stringContaining('You are logged in') as string,
    ]);
    expect(await program.ended).toEqual(WELL);
    expect(json('.claude/.credentials.json')).not.toBeNull();
  });

  test('A link to it, as the native installer makes one, is it.', async () => {
    const file = layFakeClaude(
      path.join(lab.home, '.local/share/claude/versions'),
      { version: '9.8.7' },
      '9.8.7',
    );
    const { program, output } = lab.start(file, ['--version']);
    expect([await program.ended, output()]).toEqual([WELL, '9.8.7 (Claude Code)\n']);
  });
});
