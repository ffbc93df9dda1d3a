import { expect, test } from 'vitest';
import { folderBook } from '../../presentation/window/folder-book.ts';
import { deskView } from '../../presentation/window/desk-view.ts';
import { placeBook } from '../../presentation/window/place-book.ts';
import { fixedClock, SOME_NOON } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { memoryFileWatcher } from '../../testing/memory-file-watcher.ts';
import { memoryOwnData } from '../../testing/memory-own-data.ts';
import { memoryWeb, type MadeUpServer } from '../../testing/memory-web.ts';
import { AN_APP } from '../../testing/window-of.ts';
import { NO_SIGN_IN } from './sign-in-board.ts';
import { WORLD_HOME, worldPorts } from '../../testing/worlds.ts';
import type { Web } from '../../ports/web.ts';
import { NO_CHANGES } from './change-desk.ts';
import { createDesk, type Desk } from './desk.ts';
import { FIRST_PREFERENCES, preferencesText } from './preferences.ts';

const KEY = 'made-up-stale-key-0123456789-0123456789';
const OTHER = 'made-up-other-key-9876543210-9876543210';
const SETTINGS = `${WORLD_HOME}/.claude/settings.json`;
const SERVER = 'https://one.example';

interface Seat {
  readonly desk: Desk;
  readonly web: ReturnType<typeof memoryWeb>;
  /** Writes the user settings’ variables and looks. */
  readonly set: (env: Readonly<Record<string, string>>) => Promise<void>;
  /** What the window says of the check. */
  readonly says: () => string | null;
  readonly conflicts: () => readonly string[];
  readonly remedies: () => readonly string[];
  readonly mark: () => string | undefined;
  /** All that the window gets. */
  readonly shown: () => string;
}

async function sit(server: MadeUpServer, web: Web | null = null): Promise<Seat> {
  const disk = memoryDisk({ [`${WORLD_HOME}/.claude`]: { kind: 'folder' } }, 1000);
  const clock = fixedClock();
  const memory = memoryWeb(server);
  const { ports } = worldPorts({}, { ports: { files: disk.files, clock, web: web ?? memory } });
  const desk = createDesk({
    ports,
    watcher: memoryFileWatcher(disk),
    scheduler: manualScheduler(clock),
    ownData: memoryOwnData(preferencesText({ ...FIRST_PREFERENCES, looked: true, mode: 'print' })),
    folders: folderBook(ports.environment),
    agent: 'credence/test',
  });
  const book = placeBook();
  const snapshot = () =>
    deskView(desk.state(), NO_CHANGES, NO_SIGN_IN, AN_APP, 1, book, { now: SOME_NOON, utcOffsetMinutes: 0 })
      .snapshot;
  return {
    desk,
    web: memory,
    set: async (env) => {
      disk.write(SETTINGS, JSON.stringify({ env }));
      await desk.look();
    },
    says: () => snapshot().keyCheck?.text ?? null,
    conflicts: () => snapshot().conflicts.map(({ code }) => code),
    remedies: () =>
      snapshot()
        .conflicts.filter(({ code }) => code === 'stale-key')
        .flatMap(({ remedies }) => remedies.filter(({ change }) => change !== null))
        .map(({ title }) => title),
    mark: () => snapshot().answer?.mark,
    shown: () => JSON.stringify(snapshot()),
  };
}

const refuses: MadeUpServer = () => ({ status: 401 });

test('A key that is refused is said to be, with the conflict and what can be done about it.', async () => {
  const { desk, set, says, conflicts, remedies, mark, shown, web } = await sit(refuses);
  await set({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: SERVER });
  expect(mark()).not.toBe('broken');
  expect([says(), conflicts().includes('stale-key'), web.requests]).toEqual([null, false, []]);
  expect(await desk.checkKey()).toBe(true);
  expect(web.requests).toHaveLength(1);
  expect(says()).toBe('The server refuses the API key (asked at 12:00).');
  expect(conflicts()).toContain('stale-key');
  expect(mark()).toBe('broken');
  expect(remedies().some((title) => title.startsWith('Clear ANTHROPIC_API_KEY'))).toBe(true);
  expect(shown()).not.toContain(KEY);
});

test('What was said stays with the key over later looks, and comes back with it.', async () => {
  const { desk, set, says, conflicts, web } = await sit(refuses);
  const stale = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: SERVER };
  await set(stale);
  await desk.checkKey();
  await set({ ...stale, EDITOR: 'vi' });
  expect(says()).toMatch(/refuses the API key/);
  // Another key, another server, none at all: it says nothing of these.
  for (const env of [
    { ...stale, ANTHROPIC_API_KEY: OTHER },
    { ...stale, ANTHROPIC_BASE_URL: 'https://two.example' },
    { ANTHROPIC_API_KEY: KEY },
    { ...stale, CLAUDE_CODE_USE_BEDROCK: '1' },
    { ...stale, ANTHROPIC_AUTH_TOKEN: 'made-up-token' },
    {},
  ]) {
    await set(env);
    // An Authorization beside it changes nothing about the key.
    if ('ANTHROPIC_AUTH_TOKEN' in env) continue;
    expect(says()).toBeNull();
    expect(conflicts()).not.toContain('stale-key');
    await set(stale);
    expect(says()).toMatch(/refuses the API key/);
    expect(conflicts()).toContain('stale-key');
  }
  expect(web.requests).toHaveLength(1);
});

test.each<[string, MadeUpServer, RegExp]>([
  ['accepted', () => ({ status: 200 }), /^The server accepts the API key \(asked/],
  ['not answered', () => null, /^Cannot tell: there was no connection \(asked/],
  ['answered otherwise', () => ({ status: 529 }), /^Cannot tell: the server answered 529 \(asked/],
])('A key that is %s is no conflict.', async (_, server, words) => {
  const { desk, set, says, conflicts } = await sit(server);
  await set({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: SERVER });
  await desk.checkKey();
  expect(says()).toMatch(words);
  expect(conflicts()).not.toContain('stale-key');
});

test('Without a key of the person’s own nobody is asked.', async () => {
  const { desk, set, web, says } = await sit(refuses);
  expect(await desk.checkKey()).toBe(false);
  await set({ ANTHROPIC_AUTH_TOKEN: 'made-up-token' });
  expect(await desk.checkKey()).toBe(false);
  expect([web.requests, says()]).toEqual([[], null]);
});

/** A server that answers when it is told to. */
function slowWeb(): {
  readonly web: Web;
  readonly answer: (status: number) => Promise<void>;
  readonly fail: () => void;
} {
  const waiting: { readonly done: (status: number) => void; readonly fail: (error: Error) => void }[] = [];
  return {
    web: {
      head: () =>
        new Promise((resolve, reject) => {
          waiting.push({
            done: (status) => {
              resolve({ state: 'answered', status });
            },
            fail: reject,
          });
        }),
    },
    answer: async (status) => {
      waiting.shift()?.done(status);
      await new Promise((resolve) => void setImmediate(resolve));
    },
    fail: () => waiting.shift()?.fail(new Error(`made up, with ${KEY}`)),
  };
}

test('While the server is asked that is said, and it is asked once however often somebody clicks.', async () => {
  const slow = slowWeb();
  const { desk, set, says } = await sit(refuses, slow.web);
  await set({ ANTHROPIC_API_KEY: KEY });
  const asking = desk.checkKey();
  expect(says()).toBe('Asking the server…');
  expect(await desk.checkKey()).toBe(true);
  await set({ ANTHROPIC_API_KEY: KEY, EDITOR: 'vi' });
  expect(says()).toBe('Asking the server…');
  await slow.answer(401);
  await asking;
  expect(says()).toMatch(/^The server refuses the API key/);
});

test('An answer that comes when everything was forgotten meanwhile is dropped.', async () => {
  const slow = slowWeb();
  const { desk, set, says } = await sit(refuses, slow.web);
  await set({ ANTHROPIC_API_KEY: KEY });
  const asking = desk.checkKey();
  desk.removeOwnData();
  await slow.answer(401);
  await asking;
  expect(desk.state().liveCheck).toBeNull();
  await set({ ANTHROPIC_API_KEY: KEY });
  expect(says()).toBeNull();
});

test('A bug while asking does not leave the window asking for ever.', async () => {
  const slow = slowWeb();
  const { desk, set, says } = await sit(refuses, slow.web);
  await set({ ANTHROPIC_API_KEY: KEY });
  const asking = desk.checkKey();
  slow.fail();
  await expect(asking).rejects.toThrow();
  expect(says()).toBeNull();
  const again = desk.checkKey();
  await slow.answer(200);
  expect(await again).toBe(true);
  expect(says()).toMatch(/accepts/);
});
