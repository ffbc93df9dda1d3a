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
  /** What is noted of the sign-in to northwind, whose token Claude Code’s helper prints. */
  readonly signIn?: Readonly<Record<string, unknown>>;
  /** Folders of the search path in the home, each with a `claude`: its mode. */
  readonly claude?: Readonly<Record<string, number>>;
}

/** What the doctor says of signing in, in a home that is laid so. */
async function examined({
  providers,
  signIn,
  claude = {},
}: Case): Promise<{ checks: Checks; text: string; report: string; exitCode: number | null }> {
  const home = homes.lay({
    ...(providers === undefined ? {} : { [PROVIDERS]: providers }),
    ...(signIn === undefined ? {} : signedIn(signIn)),
  });
  const folders = Object.entries(claude).map(([name, mode]) => {
    const folder = path.join(home.path, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'claude'), '#!/bin/sh\n');
    chmodSync(path.join(folder, 'claude'), mode);
    return folder;
  });
  const PATH = [...folders, homes.credence().searchPath].join(':');
  const run = (...words: readonly string[]) => home.ask(['doctor', ...words], { PATH });
  const ask = async (...words: readonly string[]): Promise<string> => (await run(...words)).stdout;
  const said = JSON.parse(await ask('--json')) as {
    readonly checks: readonly { readonly name: string; readonly result: string; readonly message: string }[];
  };
  expect(closed('doctor', said)).toEqual([]);
  const checks = Object.fromEntries(
    said.checks.map(({ name, result, message }) => [name, { result, message }]),
  );
  const { stdout: text, exitCode } = await run();
  return { checks, text, report: await ask('--report'), exitCode };
}

/** Who has signed in to northwind, and has Claude Code ask for that token. */
function signedIn(note: object): Readonly<Record<string, string>> {
  const noted = { provider: 'northwind', account: null, signedInAt: 0, missingScopes: [], ...note };
  return {
    '.config/credence/organisations.json': JSON.stringify({ schemaVersion: 1, organisations: [noted] }),
    '.claude/settings.json': JSON.stringify({ apiKeyHelper: 'credence token --provider northwind' }),
  };
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

const HOUR = 3_600_000;

test.each<[title: string, signIn: () => NonNullable<Case['signIn']>, isWell: boolean]>([
  ['is there', () => ({ state: 'signed-in', renews: true, accessEndsAt: Date.now() + HOUR }), true],
  ['renews itself', () => ({ state: 'signed-in', renews: true, accessEndsAt: Date.now() - HOUR }), true],
  [
    'was ended, while its token is good',
    () => ({ state: 'needs-sign-in', renews: true, accessEndsAt: Date.now() + HOUR }),
    true,
  ],
  [
    'was ended by the provider',
    () => ({ state: 'needs-sign-in', renews: true, accessEndsAt: Date.now() - HOUR }),
    false,
  ],
  [
    'has ended by its clock',
    () => ({ state: 'signed-in', renews: false, accessEndsAt: Date.now() - HOUR }),
    false,
  ],
  ['ended at an unknown time', () => ({ state: 'needs-sign-in', renews: false, accessEndsAt: null }), false],
])('A sign-in that is in force and %s decides whether all is well.', async (_, signIn, isWell) => {
  const { checks, text, report, exitCode } = await examined({ providers: file(NORTHWIND), signIn: signIn() });
  expect(checks['no-critical-conflict']?.result === 'fail').toBe(!isWell);
  expect(text.includes('All is well')).toBe(isWell);
  expect(exitCode).toBe(isWell ? 0 : 1);
  expect(report.includes('helper-failing: critical')).toBe(!isWell);
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
