import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROVIDERS } from '../provider/lay-providers.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { onPosix } from '../support/on-system.ts';

const closed = schemaValidator({ undocumented: false });
const NORTHWIND = { name: 'northwind', issuer: 'https://login.northwind.example', clientId: 'credence' };

const homes = madeUpHomes();

type Checks = Readonly<Record<string, { readonly result: string; readonly message: string }>>;

interface Case {
  readonly providers?: string;
  /** Folders of the search path in the home, each with a `claude`: its mode. */
  readonly claude?: Readonly<Record<string, number>>;
}

/** What the doctor says of signing in, in a home that is laid so. */
async function examined({
  providers,
  claude = {},
}: Case): Promise<{ checks: Checks; text: string; report: string }> {
  const home = homes.lay(providers === undefined ? {} : { [PROVIDERS]: providers });
  const folders = Object.entries(claude).map(([name, mode]) => {
    const folder = path.join(home.path, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'claude'), '#!/bin/sh\n');
    chmodSync(path.join(folder, 'claude'), mode);
    return folder;
  });
  const search = [...folders, homes.credence().searchPath].join(':');
  const ask = async (...words: readonly string[]): Promise<string> =>
    (await home.ask(['doctor', ...words], { PATH: search })).stdout;
  const said = JSON.parse(await ask('--json')) as {
    readonly checks: readonly { readonly name: string; readonly result: string; readonly message: string }[];
  };
  expect(closed('doctor', said)).toEqual([]);
  const checks = Object.fromEntries(
    said.checks.map(({ name, result, message }) => [name, { result, message }]),
  );
  return { checks, text: await ask(), report: await ask('--report') };
}

/** On one line, which the doctor names. */
const file = (...providers: readonly object[]): string => JSON.stringify({ schemaVersion: 1, providers });

test('Where nothing is configured nobody hears of providers or of browsers.', async () => {
  const { checks } = await examined({});
  expect(Object.keys(checks)).not.toContain('providers-usable');
  expect(Object.keys(checks)).not.toContain('browser-comes-back');
});

test('With a provider it is told that a browser comes back.', async () => {
  const { checks, text } = await examined({ providers: file(NORTHWIND) });
  expect(checks['providers-usable']?.result).toBe('pass');
  expect(checks['browser-comes-back']?.result).toBe('pass');
  expect(text).toContain('Every provider in providers.json can be used (1).');
});

test.each<[title: string, providers: string, result: string, place: string]>([
  ['no JSON', '{', 'fail', 'user line 1: malformed'],
  [
    'an entry that is not usable',
    file(NORTHWIND, { name: 'other' }),
    'fail',
    'user providers[1].issuer line 1: missing',
  ],
  [
    'a typing mistake',
    file({ ...NORTHWIND, scoeps: [] }),
    'note',
    'user providers[0].scoeps line 1: unknown-field',
  ],
])('What is wrong with providers.json is listed, by its place: %s.', async (_, providers, result, place) => {
  const { checks, report } = await examined({ providers });
  expect(checks['providers-usable']?.result).toBe(result);
  expect(checks['providers-usable']?.message).toContain(place);
  expect(report).toContain(`providers-usable: ${result}`);
  expect(report).not.toContain('northwind');
});

test.runIf(onPosix)(
  'It tells which Claude Code a login starts, and why another one is passed over.',
  async () => {
    const { checks } = await examined({ claude: { open: 0o777, closed: 0o755 } });
    expect(checks['claude-for-login']).toEqual({
      result: 'pass',
      message:
        'A login starts ~/closed/claude. Passed over before it: Everybody on this system may change ~/open/claude, or a folder on the way to it.',
    });
  },
);

test.runIf(onPosix)('Where none may be started it says why, and what to do.', async () => {
  const { checks, report } = await examined({ claude: { open: 0o777 } });
  expect(checks['claude-for-login']).toEqual({
    result: 'fail',
    message:
      'A login through Claude Code cannot start. Everybody on this system may change ~/open/claude, or a folder on the way to it. Somebody else may have put it there, so it is not started. Take that permission away, or name another one with --claude.',
  });
  expect(report).not.toContain('open');
});
