import { describe, expect, test } from 'vitest';
import type { Holding } from '../../ports/claude-json-lock.ts';
import { WRITE_REFUSALS } from '../../core/remedies/write-refusal.ts';
import type { ChangeWorldOptions } from '../../testing/change-world.ts';
import { memoryKeyring, type MemoryKeyring } from '../../testing/memory-keyring.ts';
import { brokenStore, CLEAR, EXPORT, FILES, KEY, sitAtChanges, ZSHRC } from '../../testing/seated-change.ts';
import type { ApplyRefusal } from '../changes/apply-plan.ts';
import type { Wish } from '../changes/plan-request.ts';

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
    const { desk, world, task, looks } = await sitAtChanges(options);
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
    const { desk, world, task } = await sitAtChanges();
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
    const { desk, task } = await sitAtChanges({ files: {} });
    await desk.startChange(CLEAR);
    await desk.apply(task('plan').prepared.plan.id);
    expect(task('plan').problem).toEqual({ why: 'nothing-to-do', step: null, stuck: 0 });
  });

  test('counts what could not be taken back.', async () => {
    const { desk, task } = await sitAtChanges({
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
