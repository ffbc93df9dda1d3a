import type { ClaudeLoginState, LoginWay } from '../core/sign-in/claude-login.ts';
import type { RunningClaudeLogin } from '../usecases/sign-in/running-sign-in.ts';
import { startClaudeLogin, type ClaudeLoginPorts } from '../usecases/sign-in/start-claude-login.ts';
import type { GatherRequest } from '../usecases/gather/gather-request.ts';
import { changeWorld, type ChangeWorldOptions } from './change-world.ts';
import { fixedClock, type FixedClock } from './fixed-clock.ts';
import { manualScheduler, type ManualScheduler } from './manual-scheduler.ts';
import { memoryBrowser, type MemoryBrowser } from './memory-browser.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { scriptedPrograms, type PlayedProgram, type ScriptedPrograms } from './scripted-programs.ts';

/** A home in memory in which a program can log in. */
export interface LoginWorld {
  readonly ports: ClaudeLoginPorts;
  readonly programs: ScriptedPrograms;
  readonly browser: MemoryBrowser;
  readonly clock: FixedClock;
  readonly scheduler: ManualScheduler;
  readonly disk: MemoryDisk;
  readonly look: GatherRequest;
  readonly program: {
    readonly path: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly folder: string;
  };
}

export const LOGIN_FILE = '/home/p/.claude/.credentials.json';
export const CLAUDE_JSON = '/home/p/.claude.json';

/** What the program says while it waits, as recorded of 2.1.328. */
export const LINK = 'https://claude.com/cai/oauth/authorize?code=true&code_challenge=CHALLENGE&state=STATE';
export const SAID = `Opening browser to sign in…\nIf the browser didn't open, visit: ${LINK}\nPaste code here if prompted > `;
/** A whole code of that attempt. */
export const CODE = 'made-up-CODE-0123456789#STATE';

export function loginWorld(
  options: ChangeWorldOptions = {},
  programs: ScriptedPrograms = scriptedPrograms(),
): LoginWorld {
  const world = changeWorld(options);
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  const browser = memoryBrowser();
  return {
    ports: { ...world.ports, clock, scheduler, browser, programs },
    programs,
    browser,
    clock,
    scheduler,
    disk: world.disk,
    look: world.request,
    program: { path: '/opt/claude/claude', variables: { HOME: '/home/p' }, folder: '/home/p' },
  };
}

export interface MadeUpLogin {
  readonly token?: string;
  readonly endsAt?: number;
  readonly plan?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The credentials file as a login leaves it. */
export function loginFile({
  token = 'made-up-one',
  endsAt,
  plan = 'max',
  more = {},
}: MadeUpLogin = {}): string {
  return JSON.stringify({
    claudeAiOauth: {
      accessToken: `sk-ant-oat01-${token}`,
      refreshToken: `sk-ant-ort01-${token}`,
      expiresAt: 1_800_000_000_000,
      ...(endsAt === undefined ? {} : { refreshTokenExpiresAt: endsAt }),
      scopes: ['user:inference', 'user:profile'],
      subscriptionType: plan,
    },
    ...more,
  });
}

/** `.claude.json` with an account in it. */
export function accountFile({
  email = 'person@example.com',
  organisation = 'org-1',
  more = {},
}: {
  readonly email?: string;
  readonly organisation?: string;
  readonly more?: Readonly<Record<string, unknown>>;
} = {}): string {
  return JSON.stringify({
    oauthAccount: { emailAddress: email, organizationUuid: organisation, organizationName: 'Example Org' },
    ...more,
  });
}

/** Milliseconds since 1970, a month after the clock of these worlds. */
export const LOGIN_ENDS = 1_797_700_000_000;

/** Files of somebody who is logged in, and what a session of theirs makes of them meanwhile. */
export const LOGGED_IN = {
  [LOGIN_FILE]: loginFile({ token: 'old', endsAt: LOGIN_ENDS }),
  [CLAUDE_JSON]: accountFile(),
};
export const REFRESHED = { [LOGIN_FILE]: loginFile({ token: 'refreshed', endsAt: LOGIN_ENDS }) };

/** Writes these files, as the program or another one does. */
export const inStore =
  (files: Readonly<Record<string, string>>) =>
  ({ disk }: LoginWorld): void => {
    for (const [path, text] of Object.entries(files)) disk.write(path, text);
  };

export interface LoginOptions {
  readonly way?: LoginWay;
  readonly email?: string | null;
  /** In place of those of the world. */
  readonly ports?: Partial<ClaudeLoginPorts>;
}

export function begunLogin(world: LoginWorld, options: LoginOptions = {}): RunningClaudeLogin {
  const { way = 'claude', email = null, ports = {} } = options;
  const { look, program } = world;
  return startClaudeLogin({ ...world.ports, ...ports }, { way, email, program, look });
}

export interface StartedLogin {
  readonly login: RunningClaudeLogin;
  readonly program: PlayedProgram;
  /** All that anybody has seen, in order. */
  readonly states: readonly ClaudeLoginState[];
}

/** A login whose program runs. */
export async function startedLogin(world: LoginWorld, options: LoginOptions = {}): Promise<StartedLogin> {
  const login = begunLogin(world, options);
  const states: ClaudeLoginState[] = [];
  login.onChange(() => states.push(login.state()));
  return { login, states, program: await playedProgram(world) };
}

/** @throws {Error} when none is started */
export async function playedProgram({ programs }: LoginWorld): Promise<PlayedProgram> {
  // The store is read before it starts: as many turns as that takes.
  for (let turns = 10_000; turns > 0; turns--) {
    const [program] = programs.played;
    if (program !== undefined) return program;
    await Promise.resolve();
  }
  throw new Error('no program was started');
}
