import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SOURCE_IDS } from '../../shared/core/source-id.ts';
import { leaksIn, secretsOfWorld } from '../../shared/testing/secrets-of-world.ts';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { installedCommand } from '../support/installed-command.ts';
import { onLinux } from '../support/on-system.ts';
import { JSON_WORLDS, type JsonWorld } from './json-worlds.ts';
import { layJsonWorld, NOTHING, type LaidWorld } from './lay-json-world.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

const installed = installedCommand('json');

interface Asked {
  readonly command: string;
  readonly words: readonly string[];
  readonly exitCode: (said: Said) => number;
}

type Said = Readonly<Record<string, unknown>>;

const decided = ({ outcome }: Said): number => (outcome === 'unknown' ? 3 : 0);

/** Every command, with the exit code that its own answer asks for. */
function questions({ mode = 'print', runHelper, surface, version, args = [] }: JsonWorld): readonly Asked[] {
  const common = [...args, ...(version === undefined ? [] : ['--claude-version', version])];
  const place = surface === undefined ? [] : ['--surface', surface];
  const context = [...common, ...place, '--mode', mode, ...(runHelper === true ? ['--run-helper'] : [])];
  return [
    { command: 'status', words: context, exitCode: decided },
    { command: 'explain', words: context, exitCode: decided },
    { command: 'explain', words: ['claude-login', ...context], exitCode: decided },
    { command: 'matrix', words: common, exitCode: () => 0 },
    {
      command: 'what-if',
      words: ['--without', 'ANTHROPIC_API_KEY', '--with', 'CLAUDE_CODE_OAUTH_TOKEN@user', ...context],
      exitCode: ({ then }) => decided(then as Said),
    },
    {
      command: 'check',
      words: [
        '--expect',
        'subscription',
        '--no-metered',
        '--min-login',
        '24h',
        '--org',
        'made-up',
        ...context,
      ],
      exitCode: ({ checks }) => worst((checks as readonly Said[]).map(({ met }) => met)),
    },
    { command: 'scan', words: [...common, ...place, '--mode', mode, '.'], exitCode: () => 0 },
    { command: 'doctor', words: context, exitCode: ({ healthy }) => (healthy === true ? 0 : 1) },
  ];
}

function worst(met: readonly unknown[]): number {
  if (met.includes('no')) return 1;
  return met.includes('unknown') ? 3 : 0;
}

const byName = JSON_WORLDS.map((world) => [world.name, world] as const);

test.runIf(onLinux).each(byName)('Every command answers as published: %s.', async (_, world) => {
  const laid = layWorld(world);
  const secrets = secretsOfWorld(world);
  const asking = questions(world).map(async (question) => ({
    ...question,
    title: `credence ${question.command} ${question.words.join(' ')}`,
    answer: await installed.credence.ask([question.command, '--json', ...question.words], laid),
  }));
  for (const { command, title, exitCode, answer } of await Promise.all(asking)) {
    expect(answer.inTime, title).toBe(true);
    expect(answer.stderr, title).toBe('');
    expect(leaksIn(answer.stdout, secrets), title).toEqual([]);
    const said = parsed(answer, title);
    expect(published(command, said), title).toEqual([]);
    expect(closed(command, said), title).toEqual([]);
    expect(answer.exitCode, title).toBe(exitCode(said));
    if (command === 'status') holdAgainst(world, said);
  }
});

function holdAgainst({ says }: JsonWorld, said: Said): void {
  expect(said).toMatchObject({ outcome: says.outcome, ...says.more });
  const conflicts = (said['conflicts'] as readonly Said[]).map(({ code }) => code);
  expect(conflicts).toEqual(expect.arrayContaining([...(says.conflicts ?? [])]));
  const ladder = said['ladder'] as readonly Said[];
  expect(ladder.map(({ source }) => source).sort()).toEqual([...SOURCE_IDS].sort());
  const ranks = ladder.map(({ rank }) => rank);
  expect(ranks).toEqual([...ranks].sort((one, other) => Number(one) - Number(other)));
}

const layWorld = (world: JsonWorld): LaidWorld => layJsonWorld(world, installed.place('world'));

function parsed({ stdout, stderr }: CommandAnswer, title: string): Said {
  try {
    return JSON.parse(stdout) as Said;
  } catch {
    throw new Error(`${title}: no JSON but ${stdout.slice(0, 200)} ${stderr.slice(0, 400)}`);
  }
}

const SECRET = 'sk-ant-api03-PASTED-aaaaaaaaaaaaaaaaaaaa-PASTED';

test.each<[readonly string[]]>([
  [['nonsense']],
  [['statsu']],
  [[SECRET]],
  [['help', 'nonsense']],
  [['--nonsense']],
  [[`--${SECRET}`]],
  [['status', 'word']],
  [['status', '--mode']],
  [['status', '--mode', 'nonsense']],
  [['status', '--mode', '--folder', '.']],
  [['status', '--short=yes']],
  [['status', '--surface', 'moon']],
  [['status', '--claude-version', 'newest']],
  [['status', '--setting-sources', 'user,moon']],
  [['status', '--setting-sources', 'managed']],
  [['explain', 'nonsense']],
  [['explain', 'api-key', 'auth-token']],
  [['matrix', '--mode', 'print']],
  [['what-if']],
  [['what-if', '--with', 'NONSENSE']],
  [['what-if', '--with', SECRET]],
  [['what-if', '--with', `ANTHROPIC_API_KEY=${SECRET}`]],
  [['what-if', '--with', 'ANTHROPIC_API_KEY@moon']],
  [['what-if', '--with', 'profile']],
  [['check']],
  [['check', '--expect', 'nonsense']],
  [['check', '--min-login', '3']],
  [['check', '--min-login', 'soon']],
  [['scan', '--folder', '.']],
  [['doctor', 'word']],
  [['completion']],
  [['completion', 'tcsh']],
  [['completion', 'bash', 'zsh']],
])('A command line that is wrong gives an error as published, and exit code 2: %j', async (words) => {
  const answer = await installed.credence.ask([...words, '--json'], layWorld(NOTHING));
  const said = parsed(answer, words.join(' '));
  expect(closed('error', said)).toEqual([]);
  expect(said).toMatchObject({ error: { code: 'usage' } });
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toBe('');
  expect(answer.stdout).not.toContain('PASTED');
});

test.each([
  [['--version']],
  [['-V']],
  [['--json', '--version']],
  [['status', '--version']],
  [['check', '-V']],
])('The version is told as published: %j', async (words) => {
  const answer = await installed.credence.ask([...words, '--json'], layWorld(NOTHING));
  expect(closed('version', parsed(answer, words.join(' ')))).toEqual([]);
  expect(answer.exitCode).toBe(0);
});

test.each(['bash', 'zsh', 'fish'])('A completion script is told as published: %s', async (shell) => {
  const laid = layWorld(NOTHING);
  const answer = await installed.credence.ask(['completion', shell, '--json'], laid);
  const said = parsed(answer, shell);
  expect(closed('completion', said)).toEqual([]);
  expect(said['script']).toBe((await installed.credence.ask(['completion', shell], laid)).stdout);
});

test('A folder to scan that is not there gives an error as published, and exit code 3.', async () => {
  const laid = layWorld(NOTHING);
  const answer = await installed.credence.ask(['scan', '--json', '/nowhere/\u001b[2J'], laid);
  const said = parsed(answer, 'scan');
  expect(closed('error', said)).toEqual([]);
  expect(said).toMatchObject({ error: { code: 'unreadable' } });
  expect(said['error']).toHaveProperty('message', expect.not.stringContaining('\u001b'));
  expect(answer.exitCode).toBe(3);
});

test.runIf(onLinux)('A folder that was removed under the terminal gives one too.', async () => {
  const gone = path.join(installed.base, 'gone');
  mkdirSync(gone);
  const removing = [
    'sh',
    '-c',
    'rmdir "$PWD" && exec "$@"',
    'sh',
    'node',
    installed.credence.file,
    'status',
    '--json',
  ];
  const answer = await askCommand(removing, gone, {
    PATH: installed.credence.searchPath,
    ...layWorld(NOTHING).variables,
  });
  const said = parsed(answer, 'status');
  expect(closed('error', said)).toEqual([]);
  expect(said).toMatchObject({ error: { code: 'unreadable' } });
  expect(answer.exitCode).toBe(3);
});

test.runIf(onLinux)('What a scan could not look at is told.', async () => {
  const laid = layWorld({
    name: 'skipped',
    asNobody: true,
    files: { '$PROJ/a/.claude/settings.json': { apiKeyHelper: 'x' }, '$PROJ/b/.claude/settings.json': '{}' },
    lay: (_home, project) => {
      chmodSync(path.join(project, 'b'), 0);
      chmodSync(path.join(project, 'a/.claude/settings.json'), 0o644);
    },
    says: { outcome: 'refuses' },
  });
  const answer = await installed.credence.ask(['scan', '--json'], laid);
  const said = parsed(answer, 'scan');
  expect(closed('scan', said)).toEqual([]);
  expect(said).toMatchObject({
    folders: [{ folder: path.join(laid.folder, 'a'), names: ['apiKeyHelper'] }],
    skipped: [{ folder: path.join(laid.folder, 'b'), reason: 'denied' }],
  });
});
