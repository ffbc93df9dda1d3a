import { describe, expect, test } from 'vitest';
import type { Mode } from '../../core/context.ts';
import type { Ports } from '../../ports/ports.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { API_KEY, said } from '../../testing/given.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryDisk, type MemoryDisk } from '../../testing/memory-disk.ts';
import { memoryFileWatcher } from '../../testing/memory-file-watcher.ts';
import { memoryOwnData, type MemoryOwnData } from '../../testing/memory-own-data.ts';
import { plainFingerprints } from '../../testing/plain-fingerprints.ts';
import { scriptedProcessRunner } from '../../testing/scripted-process-runner.ts';
import { WORLD_HOME, worldPorts } from '../../testing/worlds.ts';
import { notingFileStore } from '../noting-file-store.ts';
import { createDesk, type Desk } from './desk.ts';
import { folderBook } from '../../presentation/window/folder-book.ts';
import { FIRST_PREFERENCES, parsePreferences, preferencesText, type Preferences } from './preferences.ts';

const SETTINGS = `${WORLD_HOME}/.claude/settings.json`;
const APP = `${WORLD_HOME}/app`;
const OTHER = `${WORLD_HOME}/other`;
const env = (variables: Readonly<Record<string, string>>): string => JSON.stringify({ env: variables });
const KEY = env({ ANTHROPIC_API_KEY: API_KEY });
const TOKEN = env({ ANTHROPIC_AUTH_TOKEN: 'gateway-TOKEN' });

const kept = (preferences: Partial<Preferences> = {}): string =>
  preferencesText({ ...FIRST_PREFERENCES, looked: true, mode: 'print', ...preferences });

/** Everything that a desk sits at, in memory. */
interface Seat {
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

interface Given {
  readonly ownData?: MemoryOwnData;
  readonly disk?: MemoryDisk;
  readonly shell?: string;
  /** Variables that the login shell ends with, at each start. */
  readonly exports?: () => Readonly<Record<string, string>>;
  /** Done in each look, when all files have been read. */
  readonly atEnd?: () => void;
}

function sit({
  ownData = memoryOwnData(kept()),
  disk = someDisk(),
  shell,
  exports,
  atEnd,
}: Given = {}): Seat {
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
  const gate: Seat['gate'] = {
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

/** All that waits for nothing but promises is done then. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function someDisk(): MemoryDisk {
  return memoryDisk(
    {
      [`${WORLD_HOME}/.claude`]: { kind: 'folder' },
      [APP]: { kind: 'folder' },
      [OTHER]: { kind: 'folder' },
      [`${OTHER}/.claude/settings.json`]: TOKEN,
    },
    1000,
  );
}

function shellOutput(args: readonly string[], variables: Readonly<Record<string, string>>): string {
  const mark = /<(credence-\d+-environment)>/.exec(args.join(' '))?.[1] ?? '';
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}\0`);
  return `greeting\n<${mark}>\n${pairs.join('')}\n</${mark}>\n`;
}

describe('The first run', () => {
  test('looks at nothing and keeps nothing before it may.', async () => {
    const seat = sit({ ownData: memoryOwnData(null) });
    const { desk } = seat;
    await desk.start();
    await desk.setSurface('desktop');
    await desk.addFolder(OTHER);
    desk.setMode('print');
    desk.setNotice('winner-changed', true);
    desk.dismiss('no-tray');
    await desk.setMatrix(true);
    seat.disk.write(SETTINGS, KEY);
    seat.watcher.tellNothing();
    await seat.pass(2000);
    expect([...seat.asked, ...seat.watcher.watched, ...seat.ownData.written]).toEqual([]);
    expect(seat.looks()).toBe(0);
    expect(desk.state()).toMatchObject({ phase: 'first-run', look: null, looking: false, keeps: true });
  });

  test('is over with the first look, and what was chosen before it counts and is kept.', async () => {
    const { desk, ownData, says } = sit({ ownData: memoryOwnData(null) });
    await desk.addFolder(OTHER);
    desk.setMode('print');
    desk.setNotice('winner-changed', true);
    await desk.look();
    expect(desk.state()).toMatchObject({ phase: 'ready', path: OTHER });
    expect(says()).toBe('auth-token / -');
    expect(parsePreferences(ownData.read())).toMatchObject({
      folder: OTHER,
      mode: 'print',
      notices: { 'winner-changed': true },
    });
  });
});

describe('A later run', () => {
  test('starts by itself, where the last one was.', async () => {
    const { desk, says } = sit({
      ownData: memoryOwnData(kept({ folder: OTHER, recent: [APP], surface: 'scheduled' })),
    });
    expect(desk.state()).toMatchObject({
      phase: 'ready',
      look: null,
      folder: { label: '~/other' },
      recent: [{ label: '~/app' }],
      preferences: { mode: 'print', surface: 'scheduled' },
    });
    await desk.start();
    expect(says()).toBe('auth-token / -');
    expect(desk.state().look?.inspections.map(({ context }) => context.mode)).toEqual(['print', 'bare']);
  });

  test.each(['', '{', '[]', 'null', '{"folder": "relative", "mode": 5}'])(
    'starts in the home where %j was kept.',
    async (text) => {
      const { desk } = sit({ ownData: memoryOwnData(text) });
      await desk.start();
      expect(desk.state()).toMatchObject({ phase: 'ready', path: WORLD_HOME });
      expect(desk.state().look).not.toBe(null);
    },
  );
});

describe('What changes', () => {
  test('is seen: a file that appears, is written and is removed.', async () => {
    const seat = sit();
    await seat.desk.start();
    expect(seat.says()).toBe('refuses not-logged-in');
    const { question } = seat.desk.state();
    for (const [text, expected] of [
      [KEY, '- / api-key'],
      [TOKEN, 'auth-token / -'],
      ['{', 'refuses not-logged-in'],
    ] as const) {
      seat.disk.replace(SETTINGS, text);
      await seat.pass(100);
      expect(seat.says()).toBe(expected);
    }
    seat.disk.remove(`${WORLD_HOME}/.claude`);
    await seat.pass(100);
    expect(seat.says()).toBe('refuses not-logged-in');
    // The same was asked all the while.
    expect(seat.desk.state().question).toBe(question);
  });

  test('is seen also where no path was named.', async () => {
    const seat = sit();
    await seat.desk.start();
    await seat.pass(2000);
    const before = seat.looks();
    seat.watcher.tellNothing();
    await seat.pass(100);
    expect(seat.looks()).toBe(before + 1);
  });

  test('in a storm of events makes few looks, and the last state wins.', async () => {
    const seat = sit();
    await seat.desk.start();
    await seat.pass(2000);
    const before = seat.looks();
    for (let at = 0; at < 200; at++) {
      seat.disk.write(SETTINGS, at % 2 === 0 ? KEY : TOKEN);
      seat.disk.write(`${WORLD_HOME}/.claude.json`, `{"numStartups":${String(at)}}`);
      await seat.pass(5);
    }
    // One second of it: it does not go by unseen, nor is every event a look.
    expect(seat.looks() - before).toBeGreaterThanOrEqual(2);
    expect(seat.looks() - before).toBeLessThanOrEqual(8);
    await seat.pass(2000);
    expect(seat.says()).toBe('auth-token / -');
    expect(seat.looks() - before).toBeLessThanOrEqual(10);
  });

  test('while nothing happens is not looked for.', async () => {
    const seat = sit();
    await seat.desk.start();
    await seat.pass(3000);
    const before = seat.looks();
    await seat.pass(20_000);
    expect(seat.looks()).toBe(before);
    // What waits is the next look at the clocks.
    expect(seat.pending()).toBe(1);
    await seat.pass(15 * 60_000);
    expect(seat.looks()).toBeGreaterThan(before);
  });

  test('during a look is seen after it.', async () => {
    const seat = sit();
    await seat.desk.start();
    seat.gate.close();
    const look = seat.desk.look();
    await turn();
    seat.disk.write(SETTINGS, KEY);
    await seat.pass(100);
    await seat.gate.open();
    await look;
    await seat.pass(100);
    expect(seat.says()).toBe('- / api-key');
  });

  test('during the very first look, before anything is watched, is seen as well.', async () => {
    const disk = someDisk();
    let isFirst = true;
    const seat = sit({
      disk,
      atEnd: () => {
        if (isFirst) disk.write(SETTINGS, KEY);
        isFirst = false;
      },
    });
    await seat.desk.start();
    expect(seat.says()).toBe('refuses not-logged-in');
    await seat.pass(2000);
    expect(seat.says()).toBe('- / api-key');
  });
});

describe('What is asked', () => {
  test('may change while a look runs: the answer is to the last question.', async () => {
    const seat = sit();
    seat.disk.write(SETTINGS, KEY);
    seat.gate.close();
    const start = seat.desk.start();
    await turn();
    const moves = [seat.desk.addFolder(OTHER), seat.desk.setSurface('scheduled')];
    await turn();
    expect(seat.desk.state()).toMatchObject({ path: OTHER, look: null });
    await seat.gate.open();
    await Promise.all([start, ...moves]);
    expect(seat.desk.state().look?.inspections[0]?.facts.place).toMatchObject({
      folder: OTHER,
      surface: 'scheduled',
    });
    expect(seat.desk.state()).toMatchObject({ looking: false, phase: 'ready' });
  });

  test('is counted, so that another answer is not taken for a change.', async () => {
    const { desk } = sit();
    await desk.start();
    const questions = [desk.state().question];
    await desk.addFolder(OTHER);
    questions.push(desk.state().question);
    await desk.setSurface('desktop');
    questions.push(desk.state().question);
    await desk.look();
    expect(new Set(questions).size).toBe(3);
    expect(desk.state().question).toBe(questions[2]);
  });

  test('may be a folder by its id; one that nobody was told is not known.', async () => {
    const { desk } = sit({ ownData: memoryOwnData(kept({ recent: [OTHER] })) });
    const [recent] = desk.state().recent;
    expect(await desk.setFolder(recent?.id ?? '')).toBe(true);
    expect(desk.state()).toMatchObject({ path: OTHER, recent: [{ label: '~' }] });
    expect(await desk.setFolder('folder-99')).toBe(false);
    expect(await desk.setFolder(OTHER)).toBe(false);
    expect(desk.state().path).toBe(OTHER);
  });

  test('leaves the last folders behind, each once, and not too many.', async () => {
    const { desk, ownData } = sit();
    for (let at = 0; at < 12; at++) await desk.addFolder(`${APP}/${String(at % 10)}`);
    const { recent, path } = desk.state();
    expect(path).toBe(`${APP}/1`);
    expect(recent.map((one) => one.path)).toEqual(
      [0, 9, 8, 7, 6, 5, 4, 3].map((at) => `${APP}/${String(at)}`),
    );
    expect(parsePreferences(ownData.read())?.recent).toHaveLength(8);
  });

  test('keeps to the modes that a surface can run.', async () => {
    const { desk } = sit({ ownData: memoryOwnData(kept({ mode: 'bare' })) });
    await desk.setSurface('vscode');
    expect(desk.state().preferences).toMatchObject({ surface: 'vscode', mode: 'interactive' });
    desk.setMode('bare');
    expect(desk.state().preferences.mode).toBe('interactive');
    await desk.setSurface('scheduled');
    expect(desk.state().preferences.mode).toBe('print');
  });

  test('can be every mode and surface, for as long as that is open.', async () => {
    const { desk } = sit();
    await desk.start();
    expect(desk.state().look?.matrix).toBe(null);
    await desk.setMatrix(true);
    expect(desk.state().look?.matrix?.cells).toHaveLength(11);
    await desk.setMatrix(false);
    expect(desk.state().matrixOpen).toBe(false);
    await desk.look();
    expect(desk.state().look?.matrix).toBe(null);
  });
});

describe('A look', () => {
  test('that goes on for long is told, and when it is over.', async () => {
    const seat = sit();
    seat.gate.close();
    const start = seat.desk.start();
    await seat.pass(295);
    expect(seat.desk.state().looking).toBe(false);
    await seat.pass(10);
    expect(seat.desk.state()).toMatchObject({ looking: true, look: null });
    await seat.gate.open();
    await start;
    expect(seat.desk.state().looking).toBe(false);
  });

  test('that fails says so without a word of what it stumbled over, and the next one recovers.', async () => {
    const seat = sit();
    seat.disk.write(SETTINGS, KEY);
    await seat.desk.start();
    seat.gate.fail = new Error('sk-ant-made-up');
    await seat.desk.look();
    expect(seat.desk.state()).toMatchObject({ phase: 'failed', looking: false });
    expect(JSON.stringify({ ...seat.desk.state(), look: null })).not.toContain('sk-ant');
    // Of this folder the last answer is still known.
    expect(seat.says()).toBe('- / api-key');
    seat.gate.fail = null;
    seat.disk.write(SETTINGS, TOKEN);
    await seat.pass(100);
    expect(seat.desk.state().phase).toBe('ready');
    expect(seat.says()).toBe('auth-token / -');
  });

  test('that fails in another folder leaves no answer of the former one.', async () => {
    const seat = sit();
    await seat.desk.start();
    seat.gate.fail = new Error();
    await seat.desk.addFolder(OTHER);
    expect(seat.desk.state()).toMatchObject({ phase: 'failed', path: OTHER, look: null });
    seat.gate.fail = null;
    await seat.desk.look();
    expect(seat.says()).toBe('auth-token / -');
  });

  test('says how far the watching goes.', async () => {
    const seat = sit();
    seat.watcher.limit();
    await seat.desk.start();
    expect(seat.desk.state().watching).toBe('limited');
  });
});

describe('The login shell', () => {
  const withShell = (file: string, exports: Given['exports'] = () => ({})): Seat => {
    const seat = sit({ shell: file, exports, disk: someDisk() });
    return seat;
  };

  test('is asked once, and again when one of its files changes.', async () => {
    let token = 'one';
    const seat = withShell('/bin/zsh', () => ({ ANTHROPIC_AUTH_TOKEN: token }));
    await seat.desk.start();
    expect([seat.shellRuns(), seat.says()]).toEqual([1, 'auth-token / -']);
    seat.disk.write(SETTINGS, KEY);
    await seat.pass(2000);
    await seat.desk.addFolder(OTHER);
    await seat.desk.setSurface('desktop');
    await seat.desk.setSurface('terminal');
    await seat.desk.setMatrix(true);
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(1);
    token = 'two';
    const before = JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers);
    seat.disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys\n');
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(2);
    expect(JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers)).not.toBe(before);
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(2);
  });

  test('is asked again when somebody asks for a look, or nobody can say what changed.', async () => {
    const seat = withShell('/bin/zsh');
    await seat.desk.start();
    await seat.desk.look();
    expect(seat.shellRuns()).toBe(2);
    seat.watcher.tellNothing();
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(3);
  });

  test('may write at its start what it reads, without being started for ever.', async () => {
    const disk = someDisk();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # ANTHROPIC_API_KEY\n');
    let runs = 0;
    const exports = (): Record<string, string> => {
      runs += 1;
      disk.write(`${WORLD_HOME}/.zsh/keys`, `# ${String(runs)}\n`);
      return {};
    };
    const seat = sit({ shell: '/bin/zsh', exports, disk });
    await seat.desk.start();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # changed, ANTHROPIC_API_KEY\n');
    await seat.pass(30_000);
    expect(seat.shellRuns()).toBe(6);
  });

  test('is asked for the last of many changes, if only later.', async () => {
    let token = 0;
    const seat = withShell('/bin/zsh', () => ({ ANTHROPIC_AUTH_TOKEN: `token-${String(token)}` }));
    const layers = (): string => JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers);
    await seat.desk.start();
    for (token = 1; token <= 12; token++) {
      seat.disk.write(`${WORLD_HOME}/.zshrc`, `# ${String(token)}\n`);
      await seat.pass(1_000);
    }
    expect(seat.shellRuns()).toBeLessThanOrEqual(6);
    token = 99;
    seat.disk.write(`${WORLD_HOME}/.zshrc`, '# the last\n');
    const before = layers();
    await seat.pass(61_000);
    expect(layers()).not.toBe(before);
    const last = layers();
    await seat.desk.look();
    expect(layers()).toBe(last);
  });

  test.each([
    ['a file that is sourced', '/bin/zsh', '.zsh/keys'],
    ['a file that would be read before another', '/bin/bash', '.bash_profile'],
    ['a new file in a folder of them', '/usr/bin/fish', '.config/fish/conf.d/keys.fish'],
  ])('is asked again for %s.', async (_, shell, file) => {
    const disk = someDisk();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # ANTHROPIC_API_KEY\n');
    disk.write(`${WORLD_HOME}/.profile`, ': # ANTHROPIC_API_KEY\n');
    disk.makeFolder(`${WORLD_HOME}/.config/fish/conf.d`);
    const seat = sit({ shell, disk });
    await seat.desk.start();
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(1);
    disk.write(`${WORLD_HOME}/${file}`, 'export ANTHROPIC_API_KEY=x\n');
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(2);
  });
});

describe('Preferences', () => {
  test('are kept whenever they change.', async () => {
    const { desk, ownData } = sit();
    await desk.start();
    expect(ownData.written).toEqual([]);
    desk.setMode('bare');
    desk.setNotice('metered', false);
    desk.dismiss('no-tray');
    desk.dismiss('no-tray');
    await desk.setSurface('scheduled');
    expect(parsePreferences(ownData.read())).toEqual({
      ...FIRST_PREFERENCES,
      looked: true,
      mode: 'bare',
      surface: 'scheduled',
      notices: { ...FIRST_PREFERENCES.notices, metered: false },
      dismissed: ['no-tray'],
    });
    expect(desk.state().keeps).toBe(true);
  });

  test('that cannot be kept count for this run, and that is said.', async () => {
    const { desk } = sit({ ownData: memoryOwnData(kept(), 'unwritable') });
    await desk.start();
    expect(desk.state().keeps).toBe(true);
    desk.setMode('bare');
    expect(desk.state()).toMatchObject({ keeps: false, preferences: { mode: 'bare' } });
  });
});

describe('Removing own data', () => {
  test('forgets everything, and looks at nothing until it may again.', async () => {
    const seat = sit({ ownData: memoryOwnData(kept({ folder: OTHER, recent: [APP] })) });
    await seat.desk.start();
    await seat.desk.setMatrix(true);
    expect(seat.desk.removeOwnData()).toBe(true);
    expect(seat.desk.state()).toMatchObject({
      phase: 'first-run',
      look: null,
      path: WORLD_HOME,
      recent: [],
      preferences: FIRST_PREFERENCES,
      matrixOpen: false,
      removed: true,
    });
    expect(seat.watcher.watched.size).toBe(0);
    const looks = seat.looks();
    seat.desk.setMode('print');
    await seat.pass(2000);
    expect([seat.ownData.read(), seat.looks()]).toEqual([null, looks]);
    await seat.desk.look();
    expect(seat.desk.state()).toMatchObject({ phase: 'ready', removed: false });
    expect(seat.ownData.read()).not.toBe(null);
  });

  test.each([false, true])('while a look runs ends that look for good (it fails: %s).', async (fails) => {
    const seat = sit();
    await seat.desk.start();
    seat.gate.close();
    const look = seat.desk.look();
    await seat.pass(400);
    expect(seat.desk.state().looking).toBe(true);
    seat.disk.write(SETTINGS, KEY);
    await seat.pass(100);
    seat.desk.removeOwnData();
    if (fails) seat.gate.fail = new Error();
    const looks = seat.looks();
    await seat.gate.open();
    await look;
    await seat.pass(2000);
    expect(seat.desk.state()).toMatchObject({ phase: 'first-run', look: null, looking: false });
    expect([seat.watcher.watched.size, seat.looks(), seat.ownData.read()]).toEqual([0, looks, null]);
    seat.gate.fail = null;
    await seat.desk.look();
    expect(seat.says('interactive')).not.toBe(null);
  });

  test('says when something is left.', async () => {
    const { desk } = sit({ ownData: memoryOwnData(kept(), 'unremovable') });
    await desk.start();
    expect(desk.removeOwnData()).toBe(false);
    expect(desk.state()).toMatchObject({ phase: 'first-run', removed: false });
  });
});

describe('A desk that is closed', () => {
  test.each([false, true])(
    'during a look tells nothing more, and looks no more (it fails: %s).',
    async (fails) => {
      const seat = sit();
      await seat.desk.start();
      seat.gate.close();
      const look = seat.desk.look();
      await seat.pass(400);
      seat.disk.write(SETTINGS, KEY);
      const [looks, told] = [seat.looks(), seat.told()];
      seat.desk.close();
      if (fails) seat.gate.fail = new Error();
      await seat.gate.open();
      await look;
      await seat.pass(2000);
      await seat.desk.look();
      expect([seat.looks(), seat.told()]).toEqual([looks, told]);
      expect([seat.watcher.watched.size, seat.pending()]).toEqual([0, 0]);
    },
  );
});
