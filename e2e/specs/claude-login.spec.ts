/** `credence login claude`: the unmodified program logs in, and Credence tells what came of it. */
import { describe, expect, test } from 'vitest';
import { claudeHome, expectNoSecret, loggedIn, waitingLogin, WAITS } from '../fake-claude/claude-home.ts';
import type { FakeBehaviour } from '../fake-claude/lay-fake-claude.mjs';
import { publishedAnswer } from '../schema/published-answer.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

const homes = madeUpHomes();

describe.runIf(onLinux)('Over pipes', () => {
  test('a login goes from the link to the account, and the code is nowhere to be seen.', async () => {
    const home = claudeHome(homes, { behaves: { echoes: true } });
    const login = home.start(['login', 'sso', '--email', 'person@example.com']);
    const { state, code } = await waitingLogin(login);
    login.write('good-code\n');
    await login.answers(/not the whole code/, 'good-code#OTHER\n');
    await login.answers(/another login/, `  ${code} \n`);
    expect(await login.ended).toMatchObject({ exitCode: 0 });
    expect(flat(login.stdout())).toContain(
      'You are logged in as person@example.com (Example Org), with a Max plan.',
    );
    expect(flat(login.stdout())).toContain(
      'Your Max login ends between 15 and 18 May 2033. Interactive sessions and print runs use your Max login.',
    );
    expect(login.stderr()).toBe('');
    expect(home.runs()).toEqual(['auth login --sso --email person@example.com']);
    expect(home.received()).toEqual([`good-code#${state}`]);
    expectNoSecret(home, login.said());
  });

  test('with standard input closed it says so, asks for no code, and goes on.', async () => {
    const home = claudeHome(homes);
    const login = home.start(['login', 'claude']);
    login.closeInput();
    await login.says(/no\s+code\s+can\s+be\s+given\s+here/);
    await waitingLogin(login);
    expect(flat(login.stdout())).toContain('only a browser on this machine can finish this login');
    expect(flat(login.stdout())).not.toMatch(/paste|write it/i);
    expect(home.isRunning()).toBe(true);
    login.signal('SIGINT');
    expect(await login.ended).toMatchObject({ exitCode: 130 });
    expect(home.received()).toEqual([]);
  });

  test('when standard input is closed later, that is said as well.', async () => {
    const home = claudeHome(homes);
    const login = home.start(['login', 'claude']);
    await waitingLogin(login);
    expect(flat(login.stdout())).toContain('write it to the standard input of this command');
    expect(login.stdout()).not.toMatch(/no\s+code\s+can/);
    login.closeInput();
    await login.says(/no\s+code\s+can\s+be\s+given\s+here/);
    login.signal('SIGINT');
    expect(await login.ended).toMatchObject({ exitCode: 130 });
  });

  test('with --json there is one document, as published, and the link is on the other stream.', async () => {
    const home = claudeHome(homes, { variables: { ANTHROPIC_API_KEY: 'sk-ant-api03-made-up-0123456789' } });
    const login = home.start(['login', 'claude', '--json']);
    const { link, code } = await waitingLogin(login);
    login.write(`${code}\n`);
    expect(await login.ended).toMatchObject({ exitCode: 0 });
    expect(publishedAnswer('login', login.stdout())).toMatchObject({
      kind: 'claude',
      way: 'claude',
      outcome: 'logged-in',
      why: null,
      kept: 'login',
      plan: 'max',
      loginEndsAt: '2033-05-18T03:33:19Z',
      account: { email: 'person@example.com', organisationName: 'Example Org' },
      inTheWay: [{ source: 'api-key', names: ['ANTHROPIC_API_KEY'] }],
      clearWith: 'credence clear ANTHROPIC_API_KEY',
    });
    expect(login.stderr().split('\n')).toContain(link);
    expect(login.stdout()).not.toContain('claude.com');
    expectNoSecret(home, login.said());
  });

  test.each<[title: string, behaves: FakeBehaviour, why: string]>([
    ['the code is refused', { exchangeFails: 'Invalid code bad-code' }, 'code-refused'],
    ['no connection', { exchangeFails: 'connect ECONNREFUSED 127.0.0.1:9' }, 'no-connection'],
    ['it says that all is well', { saves: 'nothing' }, 'nothing-saved'],
    ['it is killed', { diesAtCode: true }, 'interrupted'],
  ])('a login that comes to nothing is told by its cause: %s.', async (_, behaves, why) => {
    const home = claudeHome(homes, { behaves: { echoes: true, ...behaves } });
    const login = home.start(['login', 'claude', '--json']);
    const { code } = await waitingLogin(login);
    login.write(`${code}\n`);
    expect(await login.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', login.stdout())).toMatchObject({
      outcome: 'failed',
      why,
      kept: null,
      account: null,
    });
    expectNoSecret(home, login.said());
  });

  test('nothing is asked, and what wins all the same is told with the way to clear it.', async () => {
    const settings = '{"env":{"ANTHROPIC_AUTH_TOKEN":"made-up-0123456789"}}';
    const home = claudeHome(homes, { files: { '.claude/settings.json': settings } });
    const login = home.start(['login', 'claude']);
    login.write(`${(await waitingLogin(login)).code}\n`);
    expect(await login.ended).toMatchObject({ exitCode: 0 });
    const said = flat(login.stdout());
    expect(said).toContain(
      'After it: Interactive sessions and print runs send the auth token from ~/.claude/settings.json:1, not your Claude login.',
    );
    expect(said).toContain(
      'Interactive sessions and print runs send the auth token from ~/.claude/settings.json:1, not your Max login.',
    );
    expect(said.split('→ credence clear ANTHROPIC_AUTH_TOKEN')).toHaveLength(3);
  });

  test('settings that force another way are told, and it goes there.', async () => {
    const home = claudeHome(homes, { files: { '.claude/settings.json': '{"forceLoginMethod":"console"}' } });
    const login = home.start(['login', 'claude', '--json']);
    const [address] = await login.says(/^https:\S+$/m);
    await login.answers(WAITS, `good-code#${new URL(address).searchParams.get('state') ?? ''}\n`);
    expect(await login.ended).toMatchObject({ exitCode: 0 });
    expect(flat(login.stderr())).toContain(
      'The login goes to the Claude Console all the same: forceLoginMethod in ~/.claude/settings.json:1 forces it.',
    );
    expect(publishedAnswer('login', login.stdout())).toMatchObject({ outcome: 'logged-in', kept: 'key' });
    expect(home.text('.claude.json')).toContain('primaryApiKey');
  });
});

test.runIf(onLinux)('In a terminal it asks first, and what is pasted is not shown.', async () => {
  const home = claudeHome(homes, { files: loggedIn(), behaves: { echoes: true } });
  const login = home.start(['login', 'claude'], { terminal: true });
  await login.answers(/\[y\/N\]/, 'y\r');
  const { state } = await waitingLogin(login);
  expect(flat(login.stdout())).toContain('paste it and press Enter; it is not shown.');
  await login.answers(WAITS, `good-\rcode#${state}\r`);
  expect(await login.ended).toMatchObject({ exitCode: 0 });
  const said = flat(login.stdout());
  expect(said).toContain(
    'You are logged in already (person@example.com, Example Org, Max plan). A new login takes its place.',
  );
  expect(said).toContain('The code went to Claude Code.');
  expect(home.received()).toEqual([`good-code#${state}`]);
  expectNoSecret(home, login.said());
});
