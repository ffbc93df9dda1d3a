import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { KEY, TOKEN, worldOf, type Given } from '../../shared/testing/given.ts';
import { onLinux } from '../support/on-system.ts';
import { layJsonWorld, type LaidWorld } from './lay-json-world.ts';
import { runLab } from './run-lab.ts';

const lab = runLab('run');

const lay = (given: Given): LaidWorld =>
  layJsonWorld({ ...worldOf(given), name: 'made up', says: { outcome: 'sends' } }, lab.place('world'));

const ODD = {
  'BASH_FUNC_made_up%%': '() { :; }',
  'npm_config_a.b-c': 'x',
  EMPTY: '',
  LINES: 'one\ntwo\n',
  LETTERS: 'é € \u{1f511} \ufffd',
  EQUALS: 'a=b=c',
  EXAMPLE_1: 'x',
};

function environmentOf(world: LaidWorld): Readonly<Record<string, string>> {
  return { ...world.variables, ...ODD, PATH: lab.credence.searchPath };
}

/** What a program is started with, as it prints it. */
function printed(words: readonly string[], world: LaidWorld): { pairs: readonly string[]; said: string } {
  const [file = '', ...args] = words;
  const { stdout, stderr, status } = spawnSync(file, args, {
    cwd: world.folder,
    env: environmentOf(world),
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return { pairs: stdout.split('\0'), said: stderr };
}

/** Names of what stands in the one and not in the other; the rest has to be equal, in order. */
function missing(world: LaidWorld, words: readonly string[]): readonly string[] {
  const outside = printed(['/usr/bin/env', '-0'], world).pairs;
  const inside = printed(lab.command([...words, '--', '/usr/bin/env', '-0']), world).pairs;
  const gone = outside.filter((pair) => !inside.includes(pair));
  expect(inside).toEqual(outside.filter((pair) => !gone.includes(pair)));
  return gone.map((pair) => pair.slice(0, pair.indexOf('=')));
}

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'made-up' };

describe.runIf(onLinux)('What is taken away', () => {
  test.each<[string, Given, readonly string[]]>([
    ['nothing, where nothing is in the way', { login: true }, []],
    ['a metered key over a login', { login: true, shell: KEY }, ['ANTHROPIC_API_KEY']],
    ['not a key without a login', { shell: KEY }, []],
    ['a switch that hides a login', { login: true, shell: BEDROCK }, ['CLAUDE_CODE_USE_BEDROCK']],
    [
      'what comes out from behind, too',
      { login: true, shell: { ...BEDROCK, ...KEY } },
      ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_USE_BEDROCK'],
    ],
    [
      'of two that are sent the one that does not win',
      { shell: { ...KEY, ...TOKEN } },
      ['ANTHROPIC_API_KEY'],
    ],
  ])('is %s.', (_, given, names) => {
    expect([...missing(lay(given), ['run'])].sort()).toEqual(names);
  });

  test('is what is named, and nothing beside it.', () => {
    const world = lay({ login: true, shell: { ...KEY, ...TOKEN, ...BEDROCK, AWS_PROFILE: 'x' } });
    expect(missing(world, ['run', '--without', 'ANTHROPIC_AUTH_TOKEN'])).toEqual(['ANTHROPIC_AUTH_TOKEN']);
    expect(missing(world, ['run', '--without', 'EXAMPLE_1', '--without', 'LINES'])).toEqual([
      'LINES',
      'EXAMPLE_1',
    ]);
    expect(missing(world, ['run', '--without', 'CLAUDE_CODE_OAUTH_TOKEN'])).toEqual([]);
    expect(missing(world, ['run', '--without=cloud-provider', '--without=api-key'])).toEqual(
      expect.arrayContaining(['ANTHROPIC_API_KEY', 'CLAUDE_CODE_USE_BEDROCK', 'AWS_BEARER_TOKEN_BEDROCK']),
    );
    expect(missing(world, ['run', '--without=cloud-provider'])).not.toContain('AWS_PROFILE');
  });

  test('is told in one sentence where no environment can do it.', () => {
    const world = lay({ login: true, user: KEY, shell: { ANTHROPIC_API_KEY: 'another' } });
    expect(missing(world, ['run'])).toEqual([]);
    const { said } = printed(lab.command(['run', '--', '/usr/bin/env', '-0']), world);
    expect(said.replaceAll(/\n +/g, ' ')).toMatch(
      /^credence: ANTHROPIC_API_KEY stands in ~\/\.claude\/settings\.json:\d+, where no environment can take it away, so it still counts\.\n$/,
    );
  });
});

describe.runIf(onLinux)('Words', () => {
  test('Whatever stands behind the dashes is the program’s.', () => {
    const words = [
      '--json',
      '--help',
      '-h',
      '-V',
      '--',
      '--without',
      'X',
      '',
      ' ',
      'a\nb',
      '*',
      '$HOME',
      '\ufffd',
      '-',
    ];
    const world = lay({});
    const { pairs, said } = printed(
      lab.command(['run', '--', '/bin/sh', '-c', String.raw`printf '%s\0' "$@"`, 'sh', ...words]),
      world,
    );
    expect(pairs.slice(0, -1)).toEqual(words);
    expect(said).toBe('');
  });

  const raw = (script: string) =>
    spawnSync('/bin/sh', ['-c', script], {
      cwd: lab.base,
      env: { PATH: lab.credence.searchPath, HOME: lab.base },
      encoding: 'utf8',
    });

  test('Bytes that are no UTF-8 are refused rather than changed, by name.', () => {
    const variable = raw(String.raw`EXAMPLE_1=$(printf 'a\377') credence run -- touch started`);
    expect(variable.stdout).toBe('');
    expect(variable.stderr).toContain('EXAMPLE_1');
    expect(variable.status).toBe(4);
    const word = raw(String.raw`credence run -- touch started "$(printf 'a\351')"`);
    expect(word.stderr).toContain('a word of the command line');
    expect(word.status).toBe(4);
    expect(existsSync(path.join(lab.base, 'started'))).toBe(false);
  });

  test('Bytes that are no UTF-8 are no trouble where they are taken away, and the character that stands for them is none.', () => {
    const taken = raw(String.raw`EXAMPLE_1=$(printf 'a\377') credence run --without EXAMPLE_1 -- env`);
    expect(taken.status, taken.stderr).toBe(0);
    expect(taken.stdout).not.toContain('EXAMPLE_1');
    const kept = raw(String.raw`EXAMPLE_1=$(printf '\357\277\275') credence run -- printenv EXAMPLE_1`);
    expect(kept).toMatchObject({ status: 0, stdout: '\ufffd\n' });
  });
});
