import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { WRITE_REFUSALS } from '../../core/remedies/write-refusal.ts';
import type { ChangeWorldOptions } from '../../testing/change-world.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { madeUpChangeDesk, type ChangeSeat } from '../../testing/made-up-change-desk.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { memoryKeyring, type MemoryKeyring } from '../../testing/memory-keyring.ts';
import { memoryChangeStore } from '../../testing/memory-change-store.ts';
import type { ChangeStore } from '../../ports/change-store.ts';
import type { Holding } from '../../ports/claude-json-lock.ts';
import { answeredVerdict, winnerOf } from '../../core/settle-ladder.ts';
import type { ApplyRefusal } from '../changes/apply-plan.ts';
import type { Wish } from '../changes/plan-request.ts';
import type { Inspection } from '../inspect.ts';
import { NO_CHANGES, type ChangeDesk, type ChangeReply } from './change-desk.ts';

const KEY = 'made-up-key-0123456789-0123456789';
const TOKEN = 'made-up-token-9876543210-9876543210';
const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;
const ZSHRC = '/home/p/.zshrc';
const ENVRC = '/home/p/.envrc';
const LOGIN = JSON.stringify({
  claudeAiOauth: {
    accessToken: 'made-up-login-access',
    refreshToken: 'made-up-login-refresh',
    expiresAt: SOME_NOON + 3_600_000,
    scopes: ['user:inference'],
  },
});
const FILES = {
  '~/.claude/.credentials.json': LOGIN,
  '~/.zshrc': EXPORT,
  '~/.envrc': EXPORT,
};
const CLEAR: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };

const sit = (options: ChangeWorldOptions = {}): Promise<ChangeSeat> =>
  madeUpChangeDesk({ files: FILES, ...options });

/** The source that print runs send. */
const winner = (inspections: readonly Inspection[]): string | null => {
  const shown = inspections.find(({ context }) => context.mode === 'print');
  return shown === undefined ? null : (winnerOf(answeredVerdict(shown.verdict))?.source ?? null);
};

/** Something that is waited for in the middle, until it is let go. */
interface Gate {
  readonly wait: () => Promise<void>;
  readonly close: () => void;
  readonly open: () => void;
}

function gate(): Gate {
  let held: Promise<void> = Promise.resolve();
  let release = (): void => undefined;
  return {
    wait: () => held,
    close: () => {
      held = new Promise((resolve) => (release = resolve));
    },
    open: () => {
      release();
    },
  };
}

/** Plans wait where they look at a file, and changes where they are alone. */
async function sitAtGate(): Promise<ChangeSeat & { readonly planning: Gate; readonly changing: Gate }> {
  const planning = gate();
  const changing = gate();
  const { world } = await sit();
  const { writer, changes } = world.ports;
  const seat = await madeUpChangeDesk({
    disk: world.disk,
    ports: {
      writer: {
        ...writer,
        look: async (path) => {
          await planning.wait();
          return writer.look(path);
        },
      },
      changes: {
        ...changes,
        alone: async (patience, run) => {
          await changing.wait();
          return changes.alone(patience, run);
        },
      },
    },
  });
  return { ...seat, planning, changing };
}

/** All that waits for nothing but promises is done then. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function applied(seat: ChangeSeat): Promise<string> {
  await seat.desk.startChange(CLEAR);
  await seat.desk.apply(seat.task('plan').prepared.plan.id);
  return seat.task('done').record.id;
}

describe('A change', () => {
  test('goes from the question over the plan to what is true then, and back.', async () => {
    const seat = await sit();
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
    const { desk, task } = await sit();
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
    const { desk, task } = await sit();
    await desk.askWhich();
    desk.showPlan();
    await desk.setRemoval(true);
    expect(desk.leave()).toBe('done');
    expect(task('question').chosen).toBe('claude-login');
    expect(desk.leave()).toBe('done');
    expect(desk.state().task).toBeNull();
  });

  test('that is left as it is ends.', async () => {
    const { desk } = await sit();
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
    const { desk } = await sit();
    expect(await desk.startChange(wish)).toBe(reply);
    expect(desk.state()).toEqual(NO_CHANGES);
  });

  test('into the keychain is not begun while nothing could look the key up there, and others are.', async () => {
    const moving: Wish = { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' };
    const { desk } = await madeUpChangeDesk({ files: FILES }, null);
    expect(await desk.startChange(moving)).toBe('no-command');
    expect(desk.state()).toEqual(NO_CHANGES);
    expect(await desk.startChange(CLEAR)).toBe('done');
    expect(await (await sit()).desk.startChange(moving)).toBe('done');
  });

  test('is told truthfully when something still sets the name.', async () => {
    const computed = 'export ANTHROPIC_API_KEY=$(cat ~/.key)\n';
    const { desk, task } = await sit({ files: { '~/.zshenv': computed, '~/.zshrc': EXPORT } });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('done').still).toMatchObject([
      { name: 'ANTHROPIC_API_KEY', where: 'new-terminals', origin: { path: '/home/p/.zshenv', line: 1 } },
    ]);
  });
});

/** Every command that a window can give, and its answer where nothing is under way. */
const COMMANDS: readonly {
  readonly name: string;
  readonly give: (desk: ChangeDesk) => ChangeReply | Promise<ChangeReply>;
  readonly idle: ChangeReply;
  readonly working: ChangeReply;
}[] = [
  { name: 'startChange', give: (desk) => desk.startChange(CLEAR), idle: 'not-known', working: 'busy' },
  { name: 'askWhich', give: (desk) => desk.askWhich(), idle: 'not-known', working: 'busy' },
  { name: 'choose', give: (desk) => desk.choose('claude-login'), idle: 'not-known', working: 'not-known' },
  { name: 'showPlan', give: (desk) => desk.showPlan(), idle: 'not-known', working: 'not-known' },
  { name: 'setRemoval', give: (desk) => desk.setRemoval(true), idle: 'not-known', working: 'busy' },
  { name: 'include', give: (desk) => desk.include(ENVRC), idle: 'not-known', working: 'busy' },
  { name: 'apply', give: (desk) => desk.apply('other'), idle: 'not-known', working: 'not-known' },
  { name: 'leave', give: (desk) => desk.leave(), idle: 'done', working: 'busy' },
  { name: 'undo', give: (desk) => desk.undo('00000000'), idle: 'done', working: 'busy' },
];

describe('Of all commands', () => {
  test.each(COMMANDS)('$name before the first look is answered with $idle.', async ({ give, idle }) => {
    const seat = await sit();
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

  test.each(COMMANDS.filter(({ name }) => name !== 'apply'))(
    '$name while a change is undone is answered with $working.',
    async ({ give, working }) => {
      const seat = await sitAtGate();
      const id = await applied(seat);
      seat.changing.close();
      const undoing = seat.desk.undo(id);
      const before = seat.desk.state();
      expect(before).toMatchObject({ undoing: id, task: { kind: 'done', working: true } });
      // Of a task that is done there is nothing to plan anew.
      const is = await give(seat.desk);
      expect([working, 'not-known']).toContain(is);
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
      const { desk } = await sit();
      if (name === 'choose') await desk.startChange(CLEAR);
      else await desk.askWhich();
      const before = desk.state();
      expect(await give(desk)).toBe('not-known');
      expect(desk.state()).toBe(before);
    },
  );

  test('none takes a source that is not among the choices.', async () => {
    const { desk, task } = await sit();
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

describe('A change that is refused', () => {
  const inClaudeJson = {
    files: { '~/.claude.json': JSON.stringify({ env: { ANTHROPIC_API_KEY: KEY } }) },
    file: '/home/p/.claude.json',
  };
  const held = (answer: Holding<never>): ChangeWorldOptions => ({
    files: inClaudeJson.files,
    ports: { claudeJsonLock: { hold: () => Promise.resolve(answer), sweep: () => Promise.resolve(false) } },
  });
  const moving: Wish = { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' };

  test.each<{
    why: ApplyRefusal;
    step?: number | null;
    options: ChangeWorldOptions;
    file?: string;
    wish?: Wish;
  }>([
    ...WRITE_REFUSALS.map((why) => ({ why, options: { writer: { strike: () => why } } })),
    { why: 'unavailable', step: null, options: { store: { unavailable: true } } },
    { why: 'not-kept', step: null, options: { store: { strike: () => 'fails' } } },
    { why: 'claude-code-writes', ...inClaudeJson, options: held({ state: 'busy', dated: 'now' }) },
    { why: 'lock-from-the-future', ...inClaudeJson, options: held({ state: 'busy', dated: 'future' }) },
    { why: 'denied', ...inClaudeJson, options: held({ state: 'refused', why: 'denied' }) },
    { why: 'failed', ...inClaudeJson, options: held({ state: 'refused', why: 'not-a-lock' }) },
    { why: 'store-failed', options: { keyring: lyingKeyring() }, wish: moving },
    { why: 'failed', step: null, options: { ports: { changes: brokenStore() } } },
  ])('says so and changes nothing: $why.', async ({ why, step = 0, options, file = ZSHRC, wish = CLEAR }) => {
    const { desk, world, task, looks } = await sit(options);
    const before = world.textOf(file);
    await desk.startChange(wish);
    const shown = task('plan');
    expect(await desk.apply(shown.prepared.plan.id)).toBe('done');
    expect(task('plan')).toEqual({ ...shown, problem: { why, step, stuck: 0 } });
    expect(world.textOf(file)).toBe(before);
    expect(looks()).toBe(0);
    // The next attempt begins without the old words.
    const states: unknown[] = [];
    desk.onChange(() => states.push(desk.state().task));
    await desk.apply(shown.prepared.plan.id);
    expect(states[0]).toMatchObject({ working: true, problem: null });
  });

  test('over a file that has become another one says so, and planning anew helps.', async () => {
    const { desk, world, task } = await sit();
    await desk.startChange(CLEAR);
    world.disk.write(ZSHRC, `# mine\n${EXPORT}`);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('plan').problem).toEqual({ why: 'changed', step: 0, stuck: 0 });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('done').problem).toBeNull();
    expect(world.textOf(ZSHRC)).toMatch(/^# mine\n# credence/);
  });

  test('for a plan without a step says that there is nothing to do.', async () => {
    const { desk, task } = await sit({ files: {} });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('plan').problem).toEqual({ why: 'nothing-to-do', step: null, stuck: 0 });
  });

  test('counts what could not be taken back.', async () => {
    const { desk, task } = await sit({
      files: { ...FILES, '~/.zprofile': EXPORT },
      writer: { strike: ({ number }) => (number >= 2 ? 'no-space' : null) },
    });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('plan').problem).toEqual({ why: 'no-space', step: 1, stuck: 1 });
  });
});

function lyingKeyring(): MemoryKeyring {
  const keyring = memoryKeyring();
  keyring.mood = 'lying';
  return keyring;
}

/** A bug in what keeps changes: it throws. */
function brokenStore(): ChangeStore {
  const store = memoryChangeStore();
  return { ...store, alone: () => Promise.reject(new Error('made up')) };
}

describe('The list of changes', () => {
  test('is read when it is opened and after every change while it is open, and not else.', async () => {
    const seat = await sit();
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
    const seat = await sit();
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
    const { desk } = await sit();
    await desk.undo('00000000');
    expect(desk.state()).toMatchObject({ undoing: null, refused: { failure: { why: 'unknown' } } });
    const broken = await sit({ ports: { changes: brokenStore() } });
    await broken.desk.undo('00000000');
    expect(broken.desk.state()).toMatchObject({ undoing: null, refused: { failure: { why: 'failed' } } });
  });

  test('leaves the task that is shown alone when another change is undone.', async () => {
    const seat = await sit();
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
    const { desk, told } = await sit();
    await desk.recover();
    expect([desk.state(), told()]).toEqual([NO_CHANGES, 0]);
  });
});

test('Nothing that the desk tells the window holds a key, except what is to be written.', async () => {
  const seat = await sit({
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
