import { fixedClock } from './fixed-clock.ts';
import { expect, test } from 'vitest';
import { SOME_NOON } from './fixed-clock.ts';
import { RECORDING_SERVER } from './recorded-world.ts';
import { WORLD_HOME, WORLD_PROJECT, worldPorts } from './worlds.ts';

test('A world stands in the ports: its files, its managed settings, its environment, its time.', () => {
  const { ports } = worldPorts({
    env: { ANTHROPIC_API_KEY: 'k' },
    files: { '~/.claude/.credentials.json': { claudeAiOauth: { expiresAt: '$NOW_MS+1' } } },
    managed: { 'managed-settings.d/a.json': { apiKeyHelper: 'x' } },
    cwd: '$PROJ/sub',
  });
  const textOf = (path: string): unknown => {
    const reading = ports.files.read(path, 1000);
    return reading.state === 'read' ? JSON.parse(reading.text) : reading.state;
  };
  expect(textOf(`${WORLD_HOME}/.claude/.credentials.json`)).toEqual({
    claudeAiOauth: { expiresAt: SOME_NOON + 1 },
  });
  expect(textOf('/etc/claude-code/managed-settings.d/a.json')).toEqual({ apiKeyHelper: 'x' });
  expect(ports.environment).toMatchObject({
    home: WORLD_HOME,
    workingFolder: `${WORLD_PROJECT}/sub`,
    variables: { HOME: WORLD_HOME, ANTHROPIC_API_KEY: 'k' },
  });
  expect(ports.files.inspect(`${WORLD_PROJECT}/sub`)?.kind).toBe('folder');
  expect(ports.clock.now()).toBe(SOME_NOON);
});

test('The question is the one that the world was recorded for.', () => {
  const { request, context } = worldPorts({
    mode: 'bare',
    version: '2.1.196',
    args: ['--settings', '{}', '--setting-sources', 'user,local,nonsense'],
  });
  expect(request).toMatchObject({
    folder: WORLD_PROJECT,
    settingsFlag: '{}',
    settingSources: ['user', 'local'],
  });
  expect(context).toEqual({ mode: 'bare', claudeCode: { version: '2.1.196', from: 'flag' } });
  expect(worldPorts({}).request).toMatchObject({ settingsFlag: null, settingSources: null });
});

test('What files alone cannot say is laid as well.', () => {
  const { ports } = worldPorts(
    {},
    {
      entries: {
        '~/.claude/settings.json': { kind: 'link', to: '../dotfiles/settings.json' },
        '~/dotfiles/settings.json': { kind: 'file', content: '{}', mode: 0o644 },
        '$PROJ/.env': { kind: 'fifo' },
        '/etc/environment': { kind: 'file', content: '', denied: true },
      },
    },
  );
  expect(ports.files.read(`${WORLD_HOME}/.claude/settings.json`, 10)).toMatchObject({
    text: '{}',
    realPath: `${WORLD_HOME}/dotfiles/settings.json`,
    mode: 0o644,
  });
  expect(ports.files.read(`${WORLD_PROJECT}/.env`, 10)).toEqual({ state: 'not-a-file' });
  expect(ports.files.read('/etc/environment', 10)).toEqual({ state: 'denied' });
});

test('Helpers of recorded worlds are run by a shell that is made up, in the folder asked for.', async () => {
  const { ports, processes } = worldPorts({});
  const request = { folder: WORLD_PROJECT, variables: {}, deadline: 100, maxBytes: 100 };
  const helper = { ...request, file: '/bin/sh', args: ['-c', 'echo helper-X'] };
  expect(await ports.processes.run(helper)).toMatchObject({
    state: 'ended',
    output: 'helper-X\n',
    exitCode: 0,
  });
  expect(await ports.processes.run({ ...request, file: '/usr/bin/zsh', args: [] })).toMatchObject({
    state: 'not-started',
  });
  expect(await ports.processes.run({ ...helper, folder: '/nowhere' })).toMatchObject({
    state: 'not-started',
  });
  expect(processes.requests).toHaveLength(3);
});

test('Ports can be replaced, one by one.', () => {
  const now = (): number => 1;
  const { ports } = worldPorts(
    {},
    { ports: { clock: { ...fixedClock(), now } }, environment: { platform: 'darwin', home: null } },
  );
  expect(ports.clock.now()).toBe(1);
  expect(ports.environment).toMatchObject({ platform: 'darwin', home: null });
});

test('The server that stood in for the providers is named for each of them.', () => {
  expect(Object.keys(RECORDING_SERVER)).toEqual([
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_BEDROCK_BASE_URL',
    'ANTHROPIC_BEDROCK_MANTLE_BASE_URL',
    'ANTHROPIC_VERTEX_BASE_URL',
    'ANTHROPIC_AWS_BASE_URL',
    'ANTHROPIC_FOUNDRY_BASE_URL',
  ]);
});
