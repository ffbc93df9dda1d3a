import { expect, test } from 'vitest';
import { settleWorld, type World } from './recorded-world.ts';

const PLACE = { home: '/home/p "q"', project: '/srv/app', now: 1_700_000_000_500 };

const settle = (world: World): ReturnType<typeof settleWorld> => settleWorld(world, PLACE);

const fileOf = (world: World, path: string): unknown => {
  const text = settle(world).files.get(path);
  return text === undefined ? undefined : JSON.parse(text);
};

test('Paths lie in the home or in the project, and the project is where one starts.', () => {
  const { files, folder } = settle({ files: { '~/.claude.json': '{}', '$PROJ/.claude/settings.json': 'x' } });
  expect([...files]).toEqual([
    ['/home/p "q"/.claude.json', '{}'],
    ['/srv/app/.claude/settings.json', 'x'],
  ]);
  expect(folder).toBe('/srv/app');
  expect(settle({ cwd: '$PROJ/sub' }).folder).toBe('/srv/app/sub');
});

test.each(['/etc/passwd', 'relative', '$PROJECT/x', '~p/x'])('A path elsewhere is refused: %s', (path) => {
  expect(() => settle({ files: { [path]: '' } })).toThrow('neither in the home');
});

test('The home and the project are filled in, in JSON as JSON has them.', () => {
  const world: World = {
    env: { A: '$HOME_DIR/alt:$PROJ', B: '$HOME/x $PROJECT $HOME_DIRECTORY', C: '~/alt' },
    args: ['--settings', '$PROJ/s.json'],
    files: { '~/f': { $PROJ: ['$HOME_DIR/x'] }, '~/t': '$HOME_DIR' },
  };
  const { variables, args, files } = settle(world);
  expect(variables).toEqual({
    HOME: PLACE.home,
    A: '/home/p "q"/alt:/srv/app',
    B: '$HOME/x $PROJECT $HOME_DIRECTORY',
    C: '~/alt',
  });
  expect(args).toEqual(['--settings', '/srv/app/s.json']);
  expect(fileOf(world, '/home/p "q"/f')).toEqual({ '/srv/app': ['/home/p "q"/x'] });
  expect(files.get('/home/p "q"/t')).toBe('/home/p "q"');
});

test('Times are numbers, counted from now, in objects and in texts.', () => {
  const times = { a: '$NOW_MS+1', b: '$NOW_MS-1', c: '$NOW_S+10', d: '$NOW_S-10', e: 'at $NOW_MS+1' };
  const settled = {
    a: 1_700_000_000_501,
    b: 1_700_000_000_499,
    c: 1_700_000_010,
    d: 1_699_999_990,
    e: 'at $NOW_MS+1',
  };
  const world = {
    files: { '~/object': times, '~/text': JSON.stringify(times) },
    managed: { 'm.json': times },
  };
  expect(fileOf(world, `${PLACE.home}/object`)).toEqual(settled);
  expect(fileOf(world, `${PLACE.home}/text`)).toEqual(settled);
  expect(JSON.parse(settle(world).managed.get('m.json') ?? '')).toEqual(settled);
});

const TRUST = { projects: { '/srv/app': { hasTrustDialogAccepted: true } } };

test.each<[string, World, string]>([
  ['usually', {}, '/home/p "q"/.claude.json'],
  [
    'with a folder of its own',
    { env: { CLAUDE_CONFIG_DIR: '$HOME_DIR/alt/' } },
    '/home/p "q"/alt/.claude.json',
  ],
  ['with a relative one', { env: { CLAUDE_CONFIG_DIR: 'alt' } }, '/srv/app/alt/.claude.json'],
  ['with an empty one', { env: { CLAUDE_CONFIG_DIR: '' } }, '/home/p "q"/.claude.json'],
  [
    'with the former file there',
    { files: { '~/.claude/.config.json': {} } },
    '/home/p "q"/.claude/.config.json',
  ],
  [
    'with the former file in a folder of its own',
    {
      env: { CLAUDE_CONFIG_DIR: '$HOME_DIR/alt' },
      files: { '~/alt/.config.json': {}, '~/alt/.claude.json': {} },
    },
    '/home/p "q"/alt/.config.json',
  ],
])('Trust is noted where Claude Code notes it: %s.', (_, world, path) => {
  expect(fileOf({ ...world, trusted: true }, path)).toEqual(TRUST);
});

test('Trust is added to what is there.', () => {
  const content = { primaryApiKey: 'x', projects: { '/other': {}, '/srv/app': { allowedTools: [] } } };
  expect(
    fileOf({ files: { '~/.claude.json': content }, trusted: true }, `${PLACE.home}/.claude.json`),
  ).toEqual({
    primaryApiKey: 'x',
    projects: { '/other': {}, '/srv/app': { allowedTools: [], hasTrustDialogAccepted: true } },
  });
});

test('A folder that is not trusted is not noted.', () => {
  expect(settle({ trusted: false }).files.size).toBe(0);
});

test.each(['{', '[]', '{"projects":[]}'])('Trust that cannot be noted is not passed over: %s', (text) => {
  expect(() => settle({ files: { '~/.claude.json': text }, trusted: true })).toThrow('no trust can be noted');
});
