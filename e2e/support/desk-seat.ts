import type { Mode } from '../../shared/core/context.ts';
import type { Ports } from '../../shared/ports/ports.ts';
import { folderBook } from '../../shared/presentation/window/folder-book.ts';
import { fixedClock } from '../../shared/testing/fixed-clock.ts';
import { API_KEY, said } from '../../shared/testing/given.ts';
import { manualScheduler } from '../../shared/testing/manual-scheduler.ts';
import { memoryDisk, type MemoryDisk } from '../../shared/testing/memory-disk.ts';
import { memoryFileWatcher } from '../../shared/testing/memory-file-watcher.ts';
import { memoryOwnData, type MemoryOwnData } from '../../shared/testing/memory-own-data.ts';
import { plainFingerprints } from '../../shared/testing/plain-fingerprints.ts';
import { scriptedProcessRunner } from '../../shared/testing/scripted-process-runner.ts';
import { WORLD_HOME, worldPorts } from '../../shared/testing/worlds.ts';
import { createDesk, type Desk } from '../../shared/usecases/desk/desk.ts';
import {
  FIRST_PREFERENCES,
  preferencesText,
  type Preferences,
} from '../../shared/usecases/desk/preferences.ts';
import { notingFileStore } from '../../shared/usecases/noting-file-store.ts';
import { turn } from './turn.ts';

export const SETTINGS = `${WORLD_HOME}/.claude/settings.json`;
export const APP = `${WORLD_HOME}/app`;
export const OTHER = `${WORLD_HOME}/other`;
const env = (variables: Readonly<Record<string, string>>): string => JSON.stringify({ env: variables });
export const KEY_SETTINGS = env({ ANTHROPIC_API_KEY: API_KEY });
export const TOKEN_SETTINGS = env({ ANTHROPIC_AUTH_TOKEN: 'gateway-TOKEN' });

export const kept = (preferences: Partial<Preferences> = {}): string =>
  preferencesText({ ...FIRST_PREFERENCES, looked: true, mode: 'print', ...preferences });

/** Everything that a desk sits at, in memory. */
export interface DeskSeat {
  readonly desk: Desk;
  readonly disk: MemoryDisk;
  readonly ownData: MemoryOwnData;
  readonly watcher: ReturnType<typeof memoryFileWatcher>;
  /** Every file that was asked about. */
  readonly asked: ReadonlySet<string>;
  readonly shellRuns: () => number;
  readonly looks: () => number;
  /** How often the desk told of a change. */
  readonly told: () => number;
  readonly pending: () => number;
  /** What print runs send. */
  readonly says: (mode?: Mode) => string | null;
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Looks wait in their middle until it is opened. */
  readonly gate: { close: () => void; open: () => Promise<void>; fail: Error | null };
}

export interface DeskGiven {
  readonly ownData?: MemoryOwnData;
  readonly disk?: MemoryDisk;
  readonly shell?: string;
  /** Variables that the login shell ends with, at each start. */
  readonly exports?: () => Readonly<Record<string, string>>;
  /** Done in each look, when all files have been read. */
  readonly atEnd?: () => void;
}

export function sitAtDesk({
  ownData = memoryOwnData(kept()),
  disk = someDisk(),
  shell,
  exports,
  atEnd,
}: DeskGiven = {}): DeskSeat {
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  const watcher = memoryFileWatcher(disk);
  const noted = notingFileStore(disk.files);
  const processes = scriptedProcessRunner(({ file, args }) =>
    file === shell ? { prints: shellOutput(args, exports?.() ?? {}) } : null,
  );
  let looks = 0;
  let told = 0;
  let held: Promise<void> | null = null;
  let release = (): void => undefined;
  const gate: DeskSeat['gate'] = {
    fail: null,
    close: () => {
      held = new Promise((resolve) => (release = resolve));
    },
    open: async () => {
      held = null;
      release();
      await turn();
    },
  };
  const managed: Ports['managed'] = {
    read: async () => {
      looks += 1;
      if (held !== null) await held;
      if (gate.fail !== null) throw gate.fail;
      return [];
    },
  };
  const fingerprints: Ports['fingerprints'] = {
    of: plainFingerprints().of,
    get key() {
      atEnd?.();
      return 'installation' as const;
    },
    forget: () => undefined,
  };
  const { ports } = worldPorts(
    { env: shell === undefined ? {} : { SHELL: shell } },
    { ports: { files: noted.files, clock, processes, managed, fingerprints } },
  );
  const desk = createDesk({
    ports,
    watcher,
    scheduler,
    ownData,
    folders: folderBook(ports.environment),
    agent: 'credence/test',
  });
  desk.onChange(() => {
    told += 1;
  });
  return {
    desk,
    disk,
    ownData,
    watcher,
    gate,
    asked: noted.asked,
    shellRuns: () => processes.requests.filter(({ file }) => file === shell).length,
    looks: () => looks,
    told: () => told,
    pending: () => scheduler.pending,
    says: (mode = 'print') => {
      const found = desk.state().look?.inspections.find(({ context }) => context.mode === mode);
      return found === undefined ? null : said(found.verdict);
    },
    pass: async (milliseconds) => {
      for (let left = milliseconds; left > 0; left -= 5) {
        scheduler.pass(Math.min(5, left));
        await turn();
      }
    },
  };
}

export function someDisk(): MemoryDisk {
  return memoryDisk(
    {
      [`${WORLD_HOME}/.claude`]: { kind: 'folder' },
      [APP]: { kind: 'folder' },
      [OTHER]: { kind: 'folder' },
      [`${OTHER}/.claude/settings.json`]: TOKEN_SETTINGS,
    },
    1000,
  );
}

function shellOutput(args: readonly string[], variables: Readonly<Record<string, string>>): string {
  const mark = /<(credence-\d+-environment)>/.exec(args.join(' '))?.[1] ?? '';
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}\0`);
  return `greeting\n<${mark}>\n${pairs.join('')}\n</${mark}>\n`;
}
