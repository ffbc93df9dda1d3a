import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { RunRequest } from '../../../shared/ports/process-runner.ts';
import type { StoredVariable } from '../../../shared/ports/variable-store.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { memoryFileStore } from '../../../shared/testing/memory-file-store.ts';
import {
  variableStoreContract,
  type VariableStoreWish,
} from '../../../shared/testing/variable-store-contract.ts';
import { nodeFileStore } from '../files/node-file-store.ts';
import { nodeProcessRunner } from '../process/node-process-runner.ts';
import { bytesOfText } from '../process/text-bytes.ts';
import { fishUniversal } from './fish-universal.ts';

const root = mkdtempSync(path.join(tmpdir(), 'credence-test-fish-'));
let homes = 0;
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const FISH = '/usr/bin/fish';
type Set = Extract<StoredVariable, { state: 'set' }>;
const set = (elements: readonly string[], type = '--export'): Set => ({
  state: 'set',
  value: bytesOfText(elements.map((element) => `${element}\0`).join('')),
  type,
});
const VALUES = [
  set(['sk-made-up']),
  set(['two\nlines\n', ' it\'s "$HOME" \\ %s \\x41 \\101 ', 'é €', '-x', '--', ':', 'e'], '--unexport'),
  set(['', 'a', '']),
  set(['']),
  set([]),
  set(['/a', '/b'], '--export --path'),
  set(['\u0001\t\r\u001b[31m'], '--unexport --path'),
];

function makeHome(): string {
  const home = path.join(root, `home-${homes++}`);
  mkdirSync(path.join(home, '.config/fish'), { recursive: true });
  return home;
}

const variablesFile = (home: string): string => path.join(home, '.config/fish/fish_variables');

/** In a fish of its own, as a user would have it. */
function fish(home: string, script: string, given: Readonly<Record<string, string>> = {}): string {
  return execFileSync(FISH, ['-c', script], {
    cwd: '/',
    env: { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...given },
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Everything but what fish counts for itself. */
function universals(home: string, without: string): string {
  const names = fish(home, 'set -nU').split('\n');
  const wanted = names.filter((name) => name !== '' && name !== without && !name.startsWith('__fish'));
  return wanted.map((name) => `${name}\n${fish(home, `set -S ${name}; printf '%s\\0' $${name}`)}`).join('');
}

function lay(home: string, variables: Readonly<Record<string, Set>>): void {
  for (const [name, { value, type }] of Object.entries(variables)) {
    const elements = value.split('\0').slice(0, -1);
    const given = Object.fromEntries(
      elements.map((element, at) => [`E${at}`, Buffer.from(element, 'latin1').toString('utf8')]),
    );
    fish(home, `set -U ${type} ${name} ${elements.map((_, at) => `"$E${at}"`).join(' ')}`, given);
  }
}

function store(home: string, variables: Readonly<Record<string, string>> = {}, reachable = true) {
  const requests: RunRequest[] = [];
  const made = fishUniversal({
    environment: madeUpEnvironment({
      variables: { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...variables },
      home,
    }),
    files: {
      ...nodeFileStore,
      inspect: (file) => (reachable ? nodeFileStore.inspect(file) : null),
    },
    processes: {
      run: (request) => {
        requests.push(request);
        return nodeProcessRunner.run(request);
      },
    },
  });
  return { requests, store: made };
}

describe.runIf(existsSync(FISH))('fish itself', () => {
  describe('keeps the contract', () => {
    const cases = variableStoreContract(
      ({ variables, reachable }: VariableStoreWish) => {
        const home = makeHome();
        lay(home, variables);
        return store(home, {}, reachable).store;
      },
      { values: VALUES, restores: true },
    );
    test.each(cases)('$title', ({ run }) => run());
  });

  test('Its other universal variables stay equal, and a fish that starts later has none of the one.', async () => {
    const home = makeHome();
    lay(home, {
      EXAMPLE_TOKEN: set(['sk-made-up']),
      ...Object.fromEntries(VALUES.map((one, at) => [`V${at}`, one])),
    });
    const before = universals(home, 'EXAMPLE_TOKEN');
    expect(before).toContain('V6');
    const { store: made } = store(home);
    expect(await made.unset('EXAMPLE_TOKEN')).toBe('done');
    expect(universals(home, 'EXAMPLE_TOKEN')).toBe(before);
    expect(fish(home, 'set -q EXAMPLE_TOKEN; or printf gone')).toBe('gone');
    expect(await made.restore('EXAMPLE_TOKEN', set(['sk-made-up']))).toBe('done');
    expect(universals(home, 'EXAMPLE_TOKEN')).toBe(before);
    expect(fish(home, 'env').split('\n')).toContain('EXAMPLE_TOKEN=sk-made-up');
  });

  test('What an environment or the configuration sets beside it is not taken for it, and does not hide it.', async () => {
    const home = makeHome();
    lay(home, { EXAMPLE_TOKEN: set(['universal']) });
    writeFileSync(
      path.join(home, '.config/fish/config.fish'),
      `set -gx EXAMPLE_TOKEN from-configuration\nset -gx OTHER from-configuration\necho noise; printf 'noise'\ncat\n`,
    );
    const { store: made } = store(home, { EXAMPLE_TOKEN: 'from-environment' });
    expect(await made.read('OTHER')).toEqual({ state: 'absent' });
    expect(await made.read('EXAMPLE_TOKEN')).toEqual(set(['universal']));
    expect(await made.unset('EXAMPLE_TOKEN')).toBe('done');
    expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'absent' });
    expect(await made.restore('EXAMPLE_TOKEN', set(['again']))).toBe('done');
    expect(await made.read('EXAMPLE_TOKEN')).toEqual(set(['again']));
  });

  test('The value is on no command line and in no script.', async () => {
    const home = makeHome();
    lay(home, { OTHER: set(['x']) });
    const { requests, store: made } = store(home);
    await made.restore('EXAMPLE_TOKEN', set(['sk-made-up']));
    await made.read('EXAMPLE_TOKEN');
    await made.unset('EXAMPLE_TOKEN');
    expect(requests.length).toBeGreaterThan(2);
    for (const { args, input = '' } of requests)
      expect([...args, input].join(' ')).not.toContain('sk-made-up');
  });

  test('Where fish keeps no variables it is not started, and leaves nothing behind.', async () => {
    const home = makeHome();
    const { requests, store: made } = store(home);
    expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'absent' });
    expect(await made.unset('EXAMPLE_TOKEN')).toBe('done');
    expect(requests).toEqual([]);
    expect(existsSync(variablesFile(home))).toBe(false);
  });

  test('Where fish would lose bytes that are no UTF-8 nothing is changed.', async () => {
    const home = makeHome();
    lay(home, { EXAMPLE_TOKEN: set(['x']) });
    const file = variablesFile(home);
    const text = `${readFileSync(file, 'utf8')}SETUVAR --export RAW:a\\Xffb\n`;
    writeFileSync(file, text);
    expect(fish(home, `printf '%s' $RAW`)).toBe('a\u00ffb');
    const { store: made } = store(home);
    expect(await made.read('RAW')).toEqual({ state: 'set', value: 'a\u00ffb\0', type: '--export' });
    expect(await made.unset('EXAMPLE_TOKEN')).toBe('not-possible');
    expect(await made.restore('EXAMPLE_TOKEN', set(['y']))).toBe('not-possible');
    expect(await made.restore('OTHER', { state: 'set', value: '\u00ff\0', type: '--export' })).toBe(
      'not-possible',
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('Whatever the elements are, they come back as they were.', async () => {
    const home = makeHome();
    lay(home, { OTHER: set(['kept']) });
    const { store: made } = store(home);
    // 0x1d and 0x1e are what fish itself keeps lists apart with, and the range behind them stands for raw bytes there.
    const element = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter(
        (text) => !/[\0\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]|\p{Cc}/u.test(text.replace(/[\n\t]/g, '')),
      );
    const lists = fc.array(element, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lists, fc.constantFrom('--export', '--unexport'), async (elements, type) => {
        const variable = set(elements, type);
        expect(await made.restore('EXAMPLE_TOKEN', variable)).toBe('done');
        expect(await made.read('EXAMPLE_TOKEN')).toEqual(variable);
        expect(await made.read('OTHER')).toEqual(set(['kept']));
      }),
      // Each starts fish four times.
      { numRuns: 25 },
    );
  }, 120_000);
});

test('Without fish what its file names is there and cannot be reached.', async () => {
  const made = fishUniversal({
    environment: madeUpEnvironment({ variables: {}, home: '/home/p' }),
    files: memoryFileStore({ '/home/p/.config/fish/fish_variables': 'SETUVAR --export EXAMPLE_TOKEN:x\n' }),
    processes: nodeProcessRunner,
  });
  expect(await made.read('EXAMPLE_TOKEN')).toEqual({ state: 'unreachable' });
  expect(await made.read('EXAMPLE')).toEqual({ state: 'absent' });
  expect(await made.unset('EXAMPLE_TOKEN')).toBe('unreachable');
});
