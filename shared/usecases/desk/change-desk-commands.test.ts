import { describe, expect, test } from 'vitest';
import { turn } from '../../../e2e/support/turn.ts';
import { applied, CLEAR, ENVRC, sitAtChanges, sitAtGate } from '../../testing/seated-change.ts';
import type { ChangeDesk, ChangeReply } from './change-desk.ts';

/** Every command that a window can give, and its answer before the first look, and while something is being done. */
const COMMANDS: readonly {
  readonly name: string;
  readonly give: (desk: ChangeDesk) => ChangeReply | Promise<ChangeReply>;
  readonly idle: ChangeReply;
  readonly working: ChangeReply;
  /** While a change is undone there is no plan; else as `working`. */
  readonly undoing?: ChangeReply;
}[] = [
  { name: 'startChange', give: (desk) => desk.startChange(CLEAR), idle: 'not-known', working: 'busy' },
  { name: 'askWhich', give: (desk) => desk.askWhich(), idle: 'not-known', working: 'busy' },
  { name: 'choose', give: (desk) => desk.choose('claude-login'), idle: 'not-known', working: 'not-known' },
  { name: 'showPlan', give: (desk) => desk.showPlan(), idle: 'not-known', working: 'not-known' },
  {
    name: 'setRemoval',
    give: (desk) => desk.setRemoval(true),
    idle: 'not-known',
    working: 'busy',
    undoing: 'not-known',
  },
  {
    name: 'include',
    give: (desk) => desk.include(ENVRC),
    idle: 'not-known',
    working: 'busy',
    undoing: 'not-known',
  },
  { name: 'apply', give: (desk) => desk.apply('other'), idle: 'not-known', working: 'not-known' },
  { name: 'leave', give: (desk) => desk.leave(), idle: 'done', working: 'busy' },
  { name: 'undo', give: (desk) => desk.undo('00000000'), idle: 'done', working: 'busy' },
];

describe('Of all commands', () => {
  test.each(COMMANDS)('$name before the first look is answered with $idle.', async ({ give, idle }) => {
    const seat = await sitAtChanges();
    seat.lookAt(null);
    expect(await give(seat.desk)).toBe(idle);
    expect(seat.desk.state().task).toBeNull();
  });

  test.each(COMMANDS)(
    '$name while a plan is applied is answered with $working.',
    async ({ give, working }) => {
      const seat = await sitAtGate();
      await seat.desk.startChange(CLEAR);
      const { plan } = seat.task('plan').prepared;
      seat.changing.close();
      const applying = seat.desk.apply(plan.id);
      const before = seat.desk.state();
      expect(before.task).toMatchObject({ kind: 'plan', working: true });
      expect(await give(seat.desk)).toBe(working);
      seat.desk.drop();
      expect(seat.desk.state()).toEqual(before);
      expect(await seat.desk.apply(plan.id)).toBe('busy');
      seat.changing.open();
      expect(await applying).toBe('done');
      expect(seat.task('done').working).toBe(false);
    },
  );

  test.each(COMMANDS.map((command) => ({ undoing: command.working, ...command })))(
    '$name while a change is undone is answered with $undoing.',
    async ({ give, undoing: answer }) => {
      const seat = await sitAtGate();
      const id = await applied(seat);
      seat.changing.close();
      const undoing = seat.desk.undo(id);
      const before = seat.desk.state();
      expect(before).toMatchObject({ undoing: id, task: { kind: 'done', working: true } });
      expect(await give(seat.desk)).toBe(answer);
      seat.desk.drop();
      expect(seat.desk.state()).toEqual(before);
      seat.changing.open();
      await undoing;
      expect(seat.task('done')).toMatchObject({ working: false, undone: true });
    },
  );

  test.each(COMMANDS.filter(({ name }) => ['choose', 'setRemoval', 'include'].includes(name)))(
    '$name says that there is no such thing when another task is shown.',
    async ({ give, name }) => {
      const { desk } = await sitAtChanges();
      if (name === 'choose') await desk.startChange(CLEAR);
      else await desk.askWhich();
      const before = desk.state();
      expect(await give(desk)).toBe('not-known');
      expect(desk.state()).toBe(before);
    },
  );

  test('none takes a source that is not among the choices.', async () => {
    const { desk, task } = await sitAtChanges();
    await desk.askWhich();
    expect(desk.choose('gateway-session')).toBe('not-known');
    expect(task('question').chosen).toBe('claude-login');
  });
});

describe('A plan that is being made', () => {
  test.each<[string, (desk: ChangeDesk) => unknown]>([
    ['left', (desk) => desk.leave()],
    [
      'dropped',
      (desk) => {
        desk.drop();
      },
    ],
  ])('is not shown when it was %s meanwhile.', async (_, go) => {
    for (const begin of ['startChange', 'askWhich'] as const) {
      const { desk, planning } = await sitAtGate();
      planning.close();
      const made = begin === 'startChange' ? desk.startChange(CLEAR) : desk.askWhich();
      go(desk);
      planning.open();
      await made;
      expect(desk.state().task).toBeNull();
    }
  });

  test('gives way to one that is asked for after it.', async () => {
    const { desk, task, planning } = await sitAtGate();
    planning.close();
    const first = desk.startChange(CLEAR);
    const second = desk.startChange({ kind: 'use', source: 'claude-login' });
    planning.open();
    await Promise.all([first, second]);
    expect(task('plan').wish.kind).toBe('use');
  });

  test('does not take the place of the one that is applied meanwhile.', async () => {
    const { desk, task, planning, changing } = await sitAtGate();
    await desk.startChange(CLEAR);
    const { id } = task('plan').prepared.plan;
    planning.close();
    const other = desk.setRemoval(true);
    changing.close();
    const applying = desk.apply(id);
    planning.open();
    await other;
    await turn();
    expect(task('plan')).toMatchObject({ working: true, remove: false });
    changing.open();
    await applying;
    expect(task('done').undone).toBe(false);
  });
});
