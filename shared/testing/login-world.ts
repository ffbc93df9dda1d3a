import type { ClaudeLoginPorts } from '../usecases/sign-in/start-claude-login.ts';
import type { GatherRequest } from '../usecases/gather/gather-request.ts';
import { changeWorld, type ChangeWorldOptions } from './change-world.ts';
import { fixedClock, type FixedClock } from './fixed-clock.ts';
import { manualScheduler, type ManualScheduler } from './manual-scheduler.ts';
import { memoryBrowser, type MemoryBrowser } from './memory-browser.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { scriptedPrograms, type ScriptedPrograms } from './scripted-programs.ts';

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
