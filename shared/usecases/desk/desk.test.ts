import { describe, expect, test } from 'vitest';
import { APP, KEY_SETTINGS, OTHER, SETTINGS, kept, sitAtDesk } from '../../../e2e/support/desk-seat.ts';
import { turn } from '../../../e2e/support/turn.ts';
import { memoryOwnData } from '../../testing/memory-own-data.ts';
import { WORLD_HOME } from '../../testing/worlds.ts';
import { FIRST_PREFERENCES, parsePreferences } from './preferences.ts';

describe('The first run', () => {
  test('looks at nothing and keeps nothing before it may.', async () => {
    const seat = sitAtDesk({ ownData: memoryOwnData(null) });
    const { desk } = seat;
    await desk.start();
    await desk.setSurface('desktop');
    await desk.addFolder(OTHER);
    desk.setMode('print');
    desk.setNotice('winner-changed', true);
    desk.dismiss('no-tray');
    await desk.setMatrix(true);
    seat.disk.write(SETTINGS, KEY_SETTINGS);
    seat.watcher.tellNothing();
    await seat.pass(2000);
    expect([...seat.asked, ...seat.watcher.watched, ...seat.ownData.written]).toEqual([]);
    expect(seat.looks()).toBe(0);
    expect(desk.state()).toMatchObject({ phase: 'first-run', look: null, looking: false, keeps: true });
  });

  test('is over with the first look, and what was chosen before it counts and is kept.', async () => {
    const { desk, ownData, says } = sitAtDesk({ ownData: memoryOwnData(null) });
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
    const { desk, says } = sitAtDesk({
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
      const { desk } = sitAtDesk({ ownData: memoryOwnData(text) });
      await desk.start();
      expect(desk.state()).toMatchObject({ phase: 'ready', path: WORLD_HOME });
      expect(desk.state().look).not.toBe(null);
    },
  );
});

describe('What is asked', () => {
  test('may change while a look runs: the answer is to the last question.', async () => {
    const seat = sitAtDesk();
    seat.disk.write(SETTINGS, KEY_SETTINGS);
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
    const { desk } = sitAtDesk();
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
    const { desk } = sitAtDesk({ ownData: memoryOwnData(kept({ recent: [OTHER] })) });
    const [recent] = desk.state().recent;
    expect(await desk.setFolder(recent?.id ?? '')).toBe(true);
    expect(desk.state()).toMatchObject({ path: OTHER, recent: [{ label: '~' }] });
    expect(await desk.setFolder('folder-99')).toBe(false);
    expect(await desk.setFolder(OTHER)).toBe(false);
    expect(desk.state().path).toBe(OTHER);
  });

  test('leaves the last folders behind, each once, and not too many.', async () => {
    const { desk, ownData } = sitAtDesk();
    for (let at = 0; at < 12; at++) await desk.addFolder(`${APP}/${String(at % 10)}`);
    const { recent, path } = desk.state();
    expect(path).toBe(`${APP}/1`);
    expect(recent.map((one) => one.path)).toEqual(
      [0, 9, 8, 7, 6, 5, 4, 3].map((at) => `${APP}/${String(at)}`),
    );
    expect(parsePreferences(ownData.read())?.recent).toHaveLength(8);
  });

  test('keeps to the modes that a surface can run.', async () => {
    const { desk } = sitAtDesk({ ownData: memoryOwnData(kept({ mode: 'bare' })) });
    await desk.setSurface('vscode');
    expect(desk.state().preferences).toMatchObject({ surface: 'vscode', mode: 'interactive' });
    desk.setMode('bare');
    expect(desk.state().preferences.mode).toBe('interactive');
    await desk.setSurface('scheduled');
    expect(desk.state().preferences.mode).toBe('print');
  });

  test('can be every mode and surface, for as long as that is open.', async () => {
    const { desk } = sitAtDesk();
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

describe('Preferences', () => {
  test('are kept whenever they change.', async () => {
    const { desk, ownData } = sitAtDesk();
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
    const { desk } = sitAtDesk({ ownData: memoryOwnData(kept(), 'unwritable') });
    await desk.start();
    expect(desk.state().keeps).toBe(true);
    desk.setMode('bare');
    expect(desk.state()).toMatchObject({ keeps: false, preferences: { mode: 'bare' } });
  });
});

describe('Removing own data', () => {
  test('forgets everything, and looks at nothing until it may again.', async () => {
    const seat = sitAtDesk({ ownData: memoryOwnData(kept({ folder: OTHER, recent: [APP] })) });
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
    const seat = sitAtDesk();
    await seat.desk.start();
    seat.gate.close();
    const look = seat.desk.look();
    await seat.pass(400);
    expect(seat.desk.state().looking).toBe(true);
    seat.disk.write(SETTINGS, KEY_SETTINGS);
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
    const { desk } = sitAtDesk({ ownData: memoryOwnData(kept(), 'unremovable') });
    await desk.start();
    expect(desk.removeOwnData()).toBe(false);
    expect(desk.state()).toMatchObject({ phase: 'first-run', removed: false });
  });
});

describe('A desk that is closed', () => {
  test.each([false, true])(
    'during a look tells nothing more, and looks no more (it fails: %s).',
    async (fails) => {
      const seat = sitAtDesk();
      await seat.desk.start();
      seat.gate.close();
      const look = seat.desk.look();
      await seat.pass(400);
      seat.disk.write(SETTINGS, KEY_SETTINGS);
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
