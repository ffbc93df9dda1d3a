import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { filesBelow, type MadeUpHome, type MadeUpHomes } from '../support/made-up-homes.ts';
import type { RunningCommand } from '../support/running-command.ts';
import { layFakeClaude, type FakeBehaviour } from './lay-fake-claude.mjs';

export const STORE = '.claude/.credentials.json';
export const CLAUDE_JSON = '.claude.json';

/** What marks every token in these homes, and what a good code begins with. */
const MARKS = ['CANARY-token', 'good-code', 'bad-code'];

const credentials = (mark: string, more: object = {}): string =>
  JSON.stringify({
    claudeAiOauth: {
      accessToken: `sk-ant-oat01-CANARY-token-${mark}`,
      refreshToken: `sk-ant-ort01-CANARY-token-${mark}`,
      expiresAt: 1_999_999_999_999,
      refreshTokenExpiresAt: 1_999_999_999_999,
      scopes: ['user:inference', 'user:profile'],
      subscriptionType: 'max',
    },
    ...more,
  });

/** Files of somebody who is logged in. @param more beside the login, in the same file */
export const loggedIn = (more: object = {}): Readonly<Record<string, string>> => ({
  [STORE]: credentials('old', more),
  [CLAUDE_JSON]: JSON.stringify({
    oauthAccount: {
      emailAddress: 'person@example.com',
      organizationUuid: 'org-1',
      organizationName: 'Example Org',
    },
  }),
});

/** A made-up home in which a fake `claude` is found, whose browser opens nothing. */
export interface ClaudeHome extends MadeUpHome {
  /** The program, outside of the home. */
  readonly program: string;
  /** The words of each of its runs. */
  readonly runs: () => readonly string[];
  /** What it was sent, a line each. */
  readonly received: () => readonly string[];
  readonly isRunning: () => boolean;
}

export interface ClaudeHomeOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly behaves?: FakeBehaviour;
  readonly variables?: Readonly<Record<string, string>>;
  /** Laid, but not on the search path. */
  readonly notFound?: boolean;
}

interface Note {
  readonly event: string;
  readonly pid?: number;
  readonly args?: readonly string[];
  readonly line?: string;
}

export function claudeHome(homes: MadeUpHomes, options: ClaudeHomeOptions = {}): ClaudeHome {
  const { files = {}, behaves = {}, variables = {}, notFound = false } = options;
  const folder = mkdtempSync(path.join(homes.base(), 'claude-'));
  chmodSync(folder, 0o755);
  const { searchPath } = homes.credence();
  const notes = path.join(folder, 'notes');
  const tokens = { access: 'sk-ant-oat01-CANARY-token', refresh: 'sk-ant-ort01-CANARY-token' };
  const program = layFakeClaude(folder, { loginEnds: 1_999_999_999_999, tokens, notes, ...behaves });
  const noted = (): readonly Note[] =>
    existsSync(notes)
      ? readFileSync(notes, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Note)
      : [];
  const own = homes.lay(files, {
    PATH: notFound ? searchPath : `${folder}:${searchPath}`,
    BROWSER: '/bin/true',
    ...variables,
  });
  return {
    ...own,
    program,
    runs: () => noted().flatMap(({ event, args = [] }) => (event === 'started' ? [args.join(' ')] : [])),
    received: () => noted().flatMap(({ line }) => (line === undefined ? [] : [line])),
    isRunning: () => noted().some(({ pid }) => pid !== undefined && existsSync(`/proc/${String(pid)}/exe`)),
  };
}

/** The last that a login says before it waits. */
export const WAITS = /Ctrl\+C\s+cancels\./;

export interface WaitingLogin {
  readonly link: string;
  /** Of this attempt: the other half of a whole code. */
  readonly state: string;
  /** A whole code, which the program takes. */
  readonly code: string;
}

/** Waits until the page is named and a code could be pasted. */
export async function waitingLogin(command: RunningCommand): Promise<WaitingLogin> {
  await command.says(WAITS);
  const [link] = await command.says(/^https:\/\/claude\.com\/cai\/oauth\/authorize\?\S+$/m);
  const state = new URL(link).searchParams.get('state') ?? '';
  return { link, state, code: `good-code#${state}` };
}

/** No token and no code stands in what was said, nor in any file but the program’s own store. */
export function expectNoSecret(home: ClaudeHome, ...said: readonly string[]): void {
  const files = filesBelow(home.path).filter((file) => file !== path.join(home.path, STORE));
  expect(files).not.toEqual([]);
  for (const mark of MARKS) {
    expect(said.join('\n')).not.toContain(mark);
    expect(files.filter((file) => readFileSync(file, 'latin1').includes(mark))).toEqual([]);
  }
}
