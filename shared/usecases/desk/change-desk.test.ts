import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { answeredVerdict, winnerOf } from '../../core/settle-ladder.ts';
import { madeUpChangeDesk } from '../../testing/made-up-change-desk.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import {
  applied,
  brokenStore,
  CLEAR,
  ENVRC,
  EXPORT,
  FILES,
  KEY,
  sitAtChanges,
  TOKEN,
  ZSHRC,
} from '../../testing/seated-change.ts';
import type { Wish } from '../changes/plan-request.ts';
import type { Inspection } from '../inspect.ts';
import { NO_CHANGES, type ChangeReply } from './change-desk.ts';

/** The source that print runs send. */
const winner = (inspections: readonly Inspection[]): string | null => {
  const shown = inspections.find(({ context }) => context.mode === 'print');
  return shown === undefined ? null : (winnerOf(answeredVerdict(shown.verdict))?.source ?? null);
};

describe('A change', () => {
  test('goes from the question over the plan to what is true then, and back.', async () => {
    const seat = await sitAtChanges();
    const { desk, world, task } = seat;
    expect(await desk.askWhich()).toBe('done');
    const question = task('question');
    expect(question.choices.map(({ source }) => source)).toEqual(['claude-login', 'api-key']);
    expect(question.chosen).toBe('claude-login');
    expect(winner(question.now)).toBe('api-key');
    expect(desk.choose('api-key')).toBe('done');
    expect(desk.choose('claude-login')).toBe('done');
    expect(desk.showPlan()).toBe('done');
    const plan = task('plan');
    expect(winner(plan.then)).toBe('claude-login');
    expect(world.textOf(ZSHRC)).toBe(EXPORT);
    expect(await desk.apply(plan.prepared.plan.id)).toBe('done');
    expect(world.textOf(ZSHRC)).toMatch(/^# credence [0-9a-f]{8}: export/);
    expect(task('done')).toMatchObject({ working: false, undone: false, problem: null, still: [] });
    expect(seat.looks()).toBe(1);
    expect(await desk.undo(task('done').record.id)).toBe('done');
    expect(task('done')).toMatchObject({ working: false, undone: true, problem: null });
    expect(world.textOf(ZSHRC)).toBe(EXPORT);
    expect(seat.looks()).toBe(2);
    expect(desk.leave()).toBe('done');
    expect(desk.state()).toEqual(NO_CHANGES);
  });

  test('is planned anew for the other way, and with a file that is included, once.', async () => {
    const { desk, task } = await sitAtChanges();
    await desk.startChange(CLEAR);
    const paths = (): readonly string[] =>
      task('plan').prepared.plan.steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []));
    const first = task('plan').prepared.plan.id;
    expect(paths()).toEqual([ZSHRC]);
    expect(task('plan').prepared.plan.left).toMatchObject([{ path: ENVRC, why: 'not-chosen' }]);
    expect(await desk.setRemoval(true)).toBe('done');
    expect(task('plan')).toMatchObject({ remove: true, chosen: [] });
    expect(await desk.include(ENVRC)).toBe('done');
    expect(await desk.include(ENVRC)).toBe('done');
    expect(task('plan')).toMatchObject({ remove: true, chosen: [ENVRC] });
    expect(new Set(paths())).toEqual(new Set([ZSHRC, ENVRC]));
    expect(await desk.apply(first)).toBe('not-known');
    expect(await desk.setRemoval(false)).toBe('done');
    expect(task('plan')).toMatchObject({ remove: false, chosen: [ENVRC] });
  });

  test('keeps the way back to the question through every other plan.', async () => {
    const { desk, task } = await sitAtChanges();
    await desk.askWhich();
    desk.showPlan();
    await desk.setRemoval(true);
    expect(desk.leave()).toBe('done');
    expect(task('question').chosen).toBe('claude-login');
    expect(desk.leave()).toBe('done');
    expect(desk.state().task).toBeNull();
  });

  test('that is left as it is ends.', async () => {
    const { desk } = await sitAtChanges();
    await desk.askWhich();
    expect(desk.choose(null)).toBe('done');
    expect(desk.showPlan()).toBe('done');
    expect(desk.state().task).toBeNull();
  });

  test.each<[string, Wish, ChangeReply]>([
    ['for a source that is not there', { kind: 'use', source: 'oauth-token' }, 'cannot-win'],
    [
      'for a key that stands nowhere',
      { kind: 'to-keychain', names: ['ANTHROPIC_AUTH_TOKEN'], by: 'command' },
      'nothing-literal',
    ],
  ])('is not begun %s.', async (_, wish, reply) => {
    const { desk } = await sitAtChanges();
    expect(await desk.startChange(wish)).toBe(reply);
    expect(desk.state()).toEqual(NO_CHANGES);
  });

  test('into the keychain is not begun while nothing could look the key up there, and others are.', async () => {
    const moving: Wish = { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' };
    const { desk } = await madeUpChangeDesk({ files: FILES }, null);
    expect(await desk.startChange(moving)).toBe('no-command');
    expect(desk.state()).toEqual(NO_CHANGES);
    expect(await desk.startChange(CLEAR)).toBe('done');
    expect(await (await sitAtChanges()).desk.startChange(moving)).toBe('done');
  });

  test('is told truthfully when something still sets the name.', async () => {
    const computed = 'export ANTHROPIC_API_KEY=$(cat ~/.key)\n';
    const { desk, task } = await sitAtChanges({ files: { '~/.zshenv': computed, '~/.zshrc': EXPORT } });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('done').still).toMatchObject([
      { name: 'ANTHROPIC_API_KEY', where: 'new-terminals', origin: { path: '/home/p/.zshenv', line: 1 } },
    ]);
  });
});

describe('The list of changes', () => {
  test('is read when it is opened and after every change while it is open, and not else.', async () => {
    const seat = await sitAtChanges();
    const { desk } = seat;
    const states = (): readonly string[] | undefined => desk.state().records?.map(({ state }) => state);
    await applied(seat);
    expect(states()).toBeUndefined();
    desk.openList();
    expect(states()).toEqual(['applied']);
    const id = desk.state().records?.[0]?.id ?? '';
    await desk.undo(id);
    expect(states()).toEqual(['undone']);
    const second = await applied(seat);
    expect(states()).toEqual(['applied', 'undone']);
    desk.closeList();
    await desk.undo(second);
    expect(states()).toBeUndefined();
    desk.openList();
    expect(states()).toEqual(['undone', 'undone']);
  });

  test('shows both sides of a file that somebody changed since, until the next undo or opening.', async () => {
    const seat = await sitAtChanges();
    const { desk, world } = seat;
    const id = await applied(seat);
    const edited = `${world.textOf(ZSHRC) ?? ''}export MINE=1\n`;
    world.disk.write(ZSHRC, edited);
    desk.openList();
    await desk.undo(id);
    const { refused } = desk.state();
    expect(refused).toMatchObject({ id, failure: { why: 'changed-since', views: [{ path: ZSHRC }] } });
    expect(seat.task('done')).toMatchObject({
      undone: false,
      working: false,
      problem: { why: 'changed-since' },
    });
    expect(JSON.stringify(refused)).not.toContain(KEY);
    expect(world.textOf(ZSHRC)).toBe(edited);
    desk.openList();
    expect(desk.state().refused).toBeNull();
    await desk.undo(id);
    desk.closeList();
    expect(desk.state().refused).toBeNull();
  });

  test('tells why a change that nobody knows is not undone, and a bug does not keep it at work.', async () => {
    const { desk } = await sitAtChanges();
    await desk.undo('00000000');
    expect(desk.state()).toMatchObject({ undoing: null, refused: { failure: { why: 'unknown' } } });
    const broken = await sitAtChanges({ ports: { changes: brokenStore() } });
    await broken.desk.undo('00000000');
    expect(broken.desk.state()).toMatchObject({ undoing: null, refused: { failure: { why: 'failed' } } });
  });

  test('leaves the task that is shown alone when another change is undone.', async () => {
    const seat = await sitAtChanges();
    const id = await applied(seat);
    seat.world.disk.write('/home/p/.zprofile', EXPORT);
    await seat.lookAgain();
    await applied(seat);
    const shown = seat.task('done');
    await seat.desk.undo(id);
    expect(seat.desk.state().refused).toBeNull();
    expect(seat.task('done')).toBe(shown);
  });
});

describe('What an earlier run left half done', () => {
  /** The disk and the store of a run that ended while it wrote a file. */
  async function interrupted() {
    const blobs = new Map<string, Bytes>();
    const disk = memoryDisk({ '/home/p': { kind: 'folder' }, [ZSHRC]: EXPORT }, 1000);
    const keyring = memoryKeyring();
    const first = await madeUpChangeDesk({
      disk,
      keyring,
      store: { blobs },
      writer: { strike: ({ number }) => (number === 1 ? 'ends-after' : null) },
    });
    await first.desk.startChange(CLEAR);
    await first.desk.apply(first.task('plan').prepared.plan.id);
    expect(first.world.textOf(ZSHRC)).toMatch(/^# credence/);
    return { disk, keyring, store: { blobs } };
  }

  test('is taken back at the start, told, and only once.', async () => {
    const left = await interrupted();
    const { desk, world, told } = await madeUpChangeDesk(left);
    await desk.recover();
    expect(world.textOf(ZSHRC)).toBe(EXPORT);
    expect(desk.state().recovered).toMatchObject([{ record: { state: 'taken-back' }, stuck: [] }]);
    expect(told()).toBe(1);
    const again = await madeUpChangeDesk(left);
    await again.desk.recover();
    expect([again.desk.state(), again.told()]).toEqual([NO_CHANGES, 0]);
  });

  test('stays what somebody made of it since.', async () => {
    const left = await interrupted();
    left.disk.write(ZSHRC, '# all mine now\n');
    const { desk, world } = await madeUpChangeDesk(left);
    await desk.recover();
    expect(world.textOf(ZSHRC)).toBe('# all mine now\n');
    expect(desk.state().recovered).toMatchObject([{ stuck: [{ step: 0, why: 'changed-since' }] }]);
  });

  test('is no news where nothing was left, and nobody waits for it.', async () => {
    const { desk, told } = await sitAtChanges();
    await desk.recover();
    expect([desk.state(), told()]).toEqual([NO_CHANGES, 0]);
  });
});

test('Nothing that the desk tells the window holds a key, except what is to be written.', async () => {
  const seat = await sitAtChanges({
    files: { ...FILES, '~/.claude/settings.json': `{"env":{"ANTHROPIC_AUTH_TOKEN":"${TOKEN}"}}` },
  });
  const { desk, task } = seat;
  const shown = (): string => {
    const { task: now, ...rest } = desk.state();
    const bare = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === 'drafts' ? null : inner)));
    return JSON.stringify([rest, bare(now)]);
  };
  await desk.askWhich();
  const texts = [shown()];
  desk.showPlan();
  texts.push(shown());
  await desk.apply(task('plan').prepared.plan.id);
  texts.push(shown());
  seat.world.disk.write(ZSHRC, `export ANTHROPIC_API_KEY=${KEY}x\n`);
  await desk.undo(task('done').record.id);
  texts.push(shown());
  for (const text of texts) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('made-up-login-access');
  }
});
