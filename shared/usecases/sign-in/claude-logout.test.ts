import { expect, test } from 'vitest';
import {
  accountFile,
  CLAUDE_JSON,
  LOGIN_FILE,
  loginFile,
  loginWorld,
  type LoginWorld,
} from '../../testing/login-world.ts';
import { scriptedPrograms } from '../../testing/scripted-programs.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import {
  isAnythingToDelete,
  LOGOUT_DEADLINE,
  logoutPreview,
  startClaudeLogout,
  type LogoutPreview,
} from './claude-logout.ts';

const KEY = { primaryApiKey: 'sk-ant-api03-made-up-console' };
const LOGGED_IN = {
  [LOGIN_FILE]: loginFile({ more: { mcpOAuth: { 'one|1': {}, 'two|2': {} } } }),
  [CLAUDE_JSON]: accountFile({ more: { ...KEY, projects: {} } }),
};
/** Recorded. */
const UNCONFIRMED =
  "Logged out on this computer, but Anthropic didn't confirm the login was revoked. It may still work until you revoke it at https://claude.ai/settings/claude-code\n";
const CONFIRMED = 'Successfully logged out from your Anthropic account.\n';

const previewOf = async (world: LoginWorld): Promise<LogoutPreview> =>
  logoutPreview(await gatherFacts(world.ports, world.look));
const start = ({ ports, program, look }: LoginWorld): ReturnType<typeof startClaudeLogout> =>
  startClaudeLogout(ports, { program, look });

test('Says before what goes, and what stays.', async () => {
  const preview = await previewOf(
    loginWorld({
      files: { ...LOGGED_IN, '/home/p/.zshrc': 'export ANTHROPIC_API_KEY=made-up-0123456789\n' },
    }),
  );
  expect(preview).toMatchObject({
    login: { plan: 'max', origin: { path: LOGIN_FILE } },
    consoleKey: { path: CLAUDE_JSON },
    account: { email: 'person@example.com', organisation: 'Example Org' },
    mcpLogins: 2,
    otherEntries: [],
    file: LOGIN_FILE,
    stays: ['variables'],
  });
  expect(isAnythingToDelete(preview)).toBe(true);
});

test.each<[title: string, files: Readonly<Record<string, string>>, isAnything: boolean]>([
  ['an empty home', {}, false],
  ['settings alone', { [CLAUDE_JSON]: '{"projects":{}}' }, false],
  ['connectors alone', { [LOGIN_FILE]: '{"mcpOAuth":{"one|1":{}}}' }, true],
  ['an entry that is not known', { [LOGIN_FILE]: '{"other":{}}' }, true],
  ['an account alone', { [CLAUDE_JSON]: accountFile() }, true],
])('Whether there is anything to delete: %s.', async (_, files, isAnything) => {
  expect(isAnythingToDelete(await previewOf(loginWorld({ files })))).toBe(isAnything);
});

function deleteAll({ disk }: LoginWorld): void {
  disk.remove(LOGIN_FILE);
  disk.write(CLAUDE_JSON, '{"projects":{}}');
}

test.each<[title: string, says: string, unconfirmed: boolean, page: string | null]>([
  ['recorded: confirmed', CONFIRMED, false, null],
  ['recorded: not confirmed', UNCONFIRMED, true, 'https://claude.ai/settings/claude-code'],
  ['other words', 'Auf Wiedersehen.\n', false, null],
  ['a page of a stranger', 'Please confirm at https://evil.example/ now\n', true, null],
  ['nothing', '', false, null],
])('By the store it is gone, and what it says is a hint: %s.', async (_, says, unconfirmed, page) => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  const [program] = world.programs.played;
  expect(program?.request).toMatchObject({ file: '/opt/claude/claude', args: ['auth', 'logout'] });
  program?.says(says);
  deleteAll(world);
  program?.ends(0);
  expect(await logout.ended).toMatchObject({ outcome: 'gone', left: [], unconfirmed, page });
  expect(world.scheduler.pending).toBe(0);
});

test.each<[title: string, act: (world: LoginWorld) => void, left: readonly string[]]>([
  ['nothing was deleted', () => undefined, ['login', 'console-key', 'account']],
  [
    'the key stays',
    ({ disk }) => {
      disk.remove(LOGIN_FILE);
    },
    ['console-key', 'account'],
  ],
  [
    'the login stays',
    ({ disk }) => {
      disk.write(CLAUDE_JSON, '{}');
    },
    ['login'],
  ],
])('Whatever it says, the store tells what is left: %s.', async (_, act, left) => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  world.programs.played[0]?.says(CONFIRMED);
  act(world);
  world.programs.played[0]?.ends(0);
  expect(await logout.ended).toMatchObject({ outcome: 'still-there', left });
});

test('A program that fails and has deleted everything all the same has logged out.', async () => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  deleteAll(world);
  world.programs.played[0]?.ends(1);
  expect((await logout.ended).outcome).toBe('gone');
});

test('It has a deadline, and is then stopped like everything else: without harm.', async () => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  world.scheduler.pass(LOGOUT_DEADLINE - 1);
  expect(world.programs.played[0]?.stopped).toBe(false);
  world.scheduler.pass(1);
  expect(world.programs.played[0]?.stopped).toBe(true);
  expect(await logout.ended).toMatchObject({
    outcome: 'timed-out',
    left: ['login', 'console-key', 'account'],
  });
});

test('Cancelled, it says so, unless it was done already.', async () => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  await logout.cancel();
  expect((await logout.ended).outcome).toBe('cancelled');
  const quick = loginWorld(
    { files: LOGGED_IN },
    scriptedPrograms(true, (program) => {
      deleteAll(quick);
      program.ends(0, 'interrupt');
    }),
  );
  const second = start(quick);
  await second.cancel();
  expect((await second.ended).outcome).toBe('gone');
});

test.each([126, 127])('A shell that cannot run the program has not started it: %d.', async (exitCode) => {
  const world = loginWorld({ files: LOGGED_IN });
  const logout = start(world);
  world.programs.played[0]?.ends(exitCode);
  expect((await logout.ended).outcome).toBe('not-started');
});

test('A program that cannot be started is told, also where nobody is logged in.', async () => {
  const world = loginWorld({}, scriptedPrograms(false));
  expect(await start(world).ended).toMatchObject({ outcome: 'not-started', left: [] });
});
