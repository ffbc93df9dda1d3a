import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { schemaValidator } from '../schema/published-schemas.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { onPosix } from '../support/on-system.ts';

const closed = schemaValidator({ undocumented: false });
const isRoot = process.geteuid?.() === 0;
const SOMEBODY = 12_345;

const homes = madeUpHomes();

interface Laid {
  /** Of the folder of the search path, and of the `claude` in it. */
  readonly folder?: number;
  readonly file?: number;
  readonly owner?: number;
  /** Where the folder lies in the home; the command is started in `project`. */
  readonly in?: string;
  /** The mode of a folder with a link in it, over which the search path leads to the `claude`. */
  readonly middle?: number;
  /** Not on the search path, but noted as the one to log in with. */
  readonly chosen?: boolean;
}

interface Doctored {
  readonly exitCode: number | null;
  readonly healthy: boolean;
  readonly results: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

async function doctored(laid: Laid | null): Promise<Doctored> {
  const home = homes.lay();
  const folder = path.join(home.path, laid?.in ?? 'programs');
  if (laid !== null) {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, 'claude');
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, laid.file ?? 0o755);
    if (laid.owner !== undefined) chownSync(file, laid.owner, laid.owner);
    chmodSync(folder, laid.folder ?? 0o755);
    if (laid.middle !== undefined) {
      const [first, middle] = [path.join(home.path, 'first'), path.join(home.path, 'middle')];
      [first, middle].forEach((one) => {
        mkdirSync(one);
      });
      symlinkSync('../middle/claude', path.join(first, 'claude'));
      symlinkSync(file, path.join(middle, 'claude'));
      chmodSync(middle, laid.middle);
    }
    if (laid.chosen === true)
      home.write('.config/credence/logins.json', JSON.stringify({ schemaVersion: 1, program: file }));
  }
  const search = [...placesOf(laid, home.path, folder), homes.credence().searchPath].join(':');
  const { stdout, exitCode } = await home.ask(['doctor', '--json'], { PATH: search });
  const said = JSON.parse(stdout) as {
    readonly healthy: boolean;
    readonly checks: readonly { readonly name: string; readonly result: string; readonly message: string }[];
  };
  expect(closed('doctor', said)).toEqual([]);
  return {
    exitCode,
    healthy: said.healthy,
    results: Object.fromEntries(said.checks.map(({ name, result }) => [name, result])),
    messages: Object.fromEntries(said.checks.map(({ name, message }) => [name, message])),
  };
}

/** Folders of the search path. */
function placesOf(laid: Laid | null, home: string, folder: string): readonly string[] {
  if (laid?.middle !== undefined) return [path.join(home, 'first')];
  return laid?.chosen === true ? [] : [folder];
}

/** What else the doctor finds in such a home, so that these tests tell what a `claude` adds to it. */
let usual: Doctored;
beforeAll(async () => {
  usual = await doctored(null);
});

test('Without any Claude Code, and with one in its place, the doctor is content.', async () => {
  expect([usual.exitCode, usual.healthy, usual.results['claude-code-found']]).toEqual([0, true, 'note']);
  const { exitCode, healthy, results } = await doctored({});
  expect([exitCode, healthy]).toEqual([0, true]);
  expect(results).toMatchObject({
    'claude-code-found': 'pass',
    'claude-code-safe': 'pass',
    'claude-for-login': 'pass',
  });
});

test
  .runIf(onPosix)
  .each<[title: string, laid: Laid]>([
    ['the file', { file: 0o777 }],
    ['the folder that it lies in', { folder: 0o777 }],
    ['the folder of a link in the middle of the way to it', { middle: 0o777 }],
    ...(isRoot ? ([['the file, which is theirs,', { owner: SOMEBODY }]] satisfies [string, Laid][]) : []),
  ])(
  'One that others may replace, as they may change %s, fails both checks and ends with 1.',
  async (_, laid) => {
    const { exitCode, healthy, results, messages } = await doctored(laid);
    expect([exitCode, healthy]).toEqual([1, false]);
    expect(results).toMatchObject({ 'claude-code-safe': 'fail', 'claude-for-login': 'fail' });
    expect(messages['claude-code-safe']).toMatch(/^Others on this machine may replace ~\/programs\/claude\./);
    expect(messages['claude-for-login']).toMatch(
      /^A login through Claude Code cannot start\. .*~\/(?:programs|first)\/claude/,
    );
  },
);

test
  .runIf(onPosix)
  .each<[title: string, laid: Laid]>([
    ['it lies in the folder that somebody works in', { in: 'project/bin' }],
  ])('One that only Credence does not start, as %s, is worth a note and ends with 0.', async (_, laid) => {
  const { exitCode, healthy, results, messages } = await doctored(laid);
  expect([exitCode, healthy]).toEqual([0, true]);
  expect(results).toMatchObject({ 'claude-code-safe': 'pass', 'claude-for-login': 'note' });
  expect(messages['claude-for-login']).toMatch(/^A login through Claude Code cannot start\. /);
});

test.runIf(onPosix)(
  'The first of the search path is judged also where another one was chosen for logins.',
  async () => {
    const { exitCode, results } = await doctored({ chosen: true, middle: 0o777 });
    expect([exitCode, results['claude-code-safe'], results['claude-for-login']]).toEqual([1, 'fail', 'pass']);
    const right = await doctored({ chosen: true, middle: 0o755 });
    expect([right.exitCode, right.results['claude-code-safe']]).toEqual([0, 'pass']);
  },
);

test.runIf(onPosix)('One that was chosen for logins and cannot be started any more fails.', async () => {
  const { exitCode, results } = await doctored({ chosen: true, file: 0o644 });
  expect([exitCode, results['claude-for-login']]).toEqual([1, 'fail']);
});
