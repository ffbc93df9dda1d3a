import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { changeWorld, type ChangeWorld, type ChangeWorldOptions } from '../../testing/change-world.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { ProgramEnded } from '../../testing/memory-file-writer.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { memoryVariableStore } from '../../testing/memory-variable-store.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { PLACE_EDITORS } from './all-editors.ts';
import { applyPlan, type Applied } from './apply-plan.ts';
import { readRecords } from './change-book.ts';
import { planChange, type PreparedPlan } from './plan-change.ts';
import type { Wish } from './plan-request.ts';
import { KEPT_FOR, MOST_KEPT } from './prune-changes.ts';
import { isInterrupted, recoverChanges } from './recover-changes.ts';
import { tidyChanges } from './tidy-changes.ts';
import { undoChange } from './undo-change.ts';

const KEY = 'sk-ant-api03-made-up-0123456789';
const FILES = {
  '/home/p/.zshenv': `export ANTHROPIC_API_KEY=${KEY}\n`,
  '/home/p/.zshrc': { kind: 'file', content: `# mine\r\nexport ANTHROPIC_API_KEY="${KEY}"`, mode: 0o640 },
  '/home/p/.claude/settings.json': `{"env": {"ANTHROPIC_API_KEY": "${KEY}"}, "model": "opus"}`,
} as const;
const CLEAR: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };
const MOVE: Wish = { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' };

async function plan({ ports, request }: ChangeWorld, wish: Wish = CLEAR): Promise<PreparedPlan> {
  const facts = await gatherFacts(ports, request);
  const planned = await planChange(ports, PLACE_EDITORS, facts, {
    wish,
    how: 'comment-out',
    chosen: [],
    claudeCode: { version: '2.1.328', from: 'flag' },
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ['credence'],
  });
  if (!planned.ok) throw new Error(planned.why);
  return planned.prepared;
}

/** Every file of the plan: what it holds and its mode. */
function stateOf({ disk }: ChangeWorld): readonly (readonly [string, string | null, number | null])[] {
  return Object.keys(FILES).map((path) => {
    const reading = disk.files.read(path, Infinity, 'latin1');
    return [path, reading.state === 'read' ? reading.text : null, disk.files.inspect(path)?.mode ?? null];
  });
}

const apply = async (world: ChangeWorld, wish?: Wish, now = SOME_NOON): Promise<Applied> =>
  applyPlan(world.ports, await plan(world, wish), now);
const undo = (world: ChangeWorld, id: string) => undoChange(world.ports, PLACE_EDITORS, id, SOME_NOON);

test('A plan that is applied can be undone: every byte and mode is as before.', async () => {
  const world = changeWorld({ files: FILES });
  const before = stateOf(world);
  const applied = await apply(world);
  expect(applied.ok).toBe(true);
  expect(stateOf(world)).not.toEqual(before);
  expect(world.textOf('~/.zshrc')).toMatch(/^# mine\r\n# credence [0-9a-f]{8}: export ANTHROPIC_API_KEY=/);
  expect(await undo(world, applied.ok ? applied.record.id : '')).toMatchObject({ ok: true });
  expect(stateOf(world)).toEqual(before);
});

describe('What a change replaced', () => {
  const blobsOf = (world: ChangeWorld): string =>
    world.ports.changes
      .names()
      .map((name) => world.ports.changes.read(name) ?? '')
      .join('\n');

  test('is sealed where there is a keychain.', async () => {
    const world = changeWorld({ files: FILES });
    const applied = await apply(world);
    expect(applied.ok && applied.record.sealed).toBe(true);
    expect(blobsOf(world)).not.toContain(KEY);
  });

  test('is kept as it is where there is none, and still undone.', async () => {
    const keyring = memoryKeyring();
    keyring.mood = 'unreachable';
    const world = changeWorld({ files: FILES, keyring });
    const before = stateOf(world);
    const applied = await apply(world);
    expect(applied.ok && applied.record.sealed).toBe(false);
    expect(await undo(world, applied.ok ? applied.record.id : '')).toMatchObject({ ok: true });
    expect(stateOf(world)).toEqual(before);
  });

  test('cannot be put back while the keychain is locked, and is still there afterwards.', async () => {
    const blobs = new Map<string, Bytes>();
    const keyring = memoryKeyring();
    const first = changeWorld({ files: FILES, keyring, store: { blobs } });
    const before = stateOf(first);
    const applied = await apply(first);
    const id = applied.ok ? applied.record.id : '';
    // Another process, which does not know the key yet.
    const second = changeWorld({ disk: first.disk, keyring, store: { blobs } });
    keyring.mood = 'locked';
    expect(await undo(second, id)).toMatchObject({ ok: false, why: 'sealed' });
    keyring.mood = 'usual';
    expect(await undo(second, id)).toMatchObject({ ok: true });
    expect(stateOf(second)).toEqual(before);
  });

  test(`is forgotten after ninety days, and when there are more than ${String(MOST_KEPT)} changes.`, async () => {
    const world = changeWorld({ files: FILES });
    const applied = await apply(world, CLEAR, SOME_NOON - KEPT_FOR - 1);
    const id = applied.ok ? applied.record.id : '';
    world.disk.write('/home/p/.bashrc', `export ANTHROPIC_API_KEY=${KEY}\n`);
    const next = await apply(world);
    expect(next.ok && next.pruned.forgotten).toBe(1);
    expect(await undo(world, id)).toMatchObject({ ok: false, why: 'not-kept' });
    expect(world.ports.changes.names().filter((name) => name.startsWith(id))).toEqual([`${id}.json`]);

    for (let change = 0; change < MOST_KEPT + 2; change++) {
      world.disk.write('/home/p/.bashrc', `export ANTHROPIC_API_KEY=${KEY}\n`);
      await apply(world, CLEAR, SOME_NOON + change);
    }
    expect(readRecords(world.ports).filter(({ kept, state }) => kept && state === 'applied')).toHaveLength(
      MOST_KEPT,
    );
  });
});

test('An undo that fails in the middle does again what it had taken back; the change can be undone later.', async () => {
  // Three files are changed, one is put back, and the next cannot be.
  const world = changeWorld({
    files: FILES,
    writer: { strike: ({ number }) => (number === 5 ? 'no-space' : null) },
  });
  const before = stateOf(world);
  const applied = await apply(world);
  const id = applied.ok ? applied.record.id : '';
  const changed = stateOf(world);
  expect(await undo(world, id)).toMatchObject({ ok: false, why: 'no-space', stuck: [] });
  expect(stateOf(world)).toEqual(changed);
  expect(readRecords(world.ports)).toMatchObject([{ id, state: 'applied' }]);
  expect(await undo(world, id)).toMatchObject({ ok: true });
  expect(stateOf(world)).toEqual(before);
});

describe('Nothing is changed', () => {
  test.each<{ title: string; options: ChangeWorldOptions; why: string }>([
    {
      title: 'when there is no place to remember it',
      options: { store: { unavailable: true } },
      why: 'unavailable',
    },
    {
      title: 'when what it replaces cannot be kept',
      options: { store: { strike: ({ name }) => (name.endsWith('.1.before') ? 'fails' : null) } },
      why: 'not-kept',
    },
    {
      title: 'when the record cannot be kept',
      options: { store: { strike: ({ name }) => (name.endsWith('.json') ? 'fails' : null) } },
      why: 'not-kept',
    },
    {
      title: 'when the last of several files cannot be written',
      options: { writer: { strike: ({ number }) => (number === 3 ? 'no-space' : null) } },
      why: 'no-space',
    },
    {
      title: 'when the middle one cannot',
      options: { writer: { strike: ({ number }) => (number === 2 ? 'failed' : null) } },
      why: 'failed',
    },
  ])('$title, and what was done is taken back.', async ({ options, why }) => {
    const world = changeWorld({ files: FILES, ...options });
    const before = stateOf(world);
    expect(await apply(world)).toMatchObject({ ok: false, why, stuck: [] });
    expect(stateOf(world)).toEqual(before);
  });

  test('when a file is not what the plan was made for.', async () => {
    const world = changeWorld({ files: FILES });
    const prepared = await plan(world);
    world.disk.write('/home/p/.zshrc', 'export OTHER=1\n');
    const before = stateOf(world);
    expect(await applyPlan(world.ports, prepared, SOME_NOON)).toMatchObject({
      ok: false,
      why: 'changed',
      step: 1,
    });
    expect(stateOf(world)).toEqual(before);
    expect(world.ports.changes.names()).toEqual([]);
  });

  test('when somebody has changed a file since: undo shows both sides and loses nothing.', async () => {
    const world = changeWorld({ files: FILES });
    const applied = await apply(world);
    world.disk.write('/home/p/.zshenv', `${world.textOf('~/.zshenv') ?? ''}export MINE=1\n`);
    const before = stateOf(world);
    const undone = await undo(world, applied.ok ? applied.record.id : '');
    expect(undone).toMatchObject({ ok: false, why: 'changed-since', stuck: [] });
    expect(!undone.ok && undone.views.map(({ path }) => path)).toEqual(['/home/p/.zshenv']);
    expect(JSON.stringify(undone)).not.toContain(KEY);
    expect(stateOf(world)).toEqual(before);
  });

  test('for an id that no change has, or one that was undone.', async () => {
    const world = changeWorld({ files: FILES });
    const applied = await apply(world);
    const id = applied.ok ? applied.record.id : '';
    await undo(world, id);
    expect(await undo(world, id)).toMatchObject({ ok: false, why: 'undone-already' });
    for (const wrong of ['', '00000000', '../x', 'g'.repeat(8)]) {
      expect(await undo(world, wrong)).toMatchObject({ ok: false, why: 'unknown' });
    }
  });
});

test('A key that moves into the keychain is there before a file points at it, and comes back with undo.', async () => {
  const world = changeWorld({ files: FILES });
  const before = stateOf(world);
  const applied = await apply(world, MOVE);
  expect(applied.ok).toBe(true);
  expect(await world.ports.vault.read('ANTHROPIC_API_KEY')).toEqual({ state: 'found', secret: KEY });
  expect(world.textOf('~/.claude/settings.json')).toContain(
    '"apiKeyHelper": "credence secret ANTHROPIC_API_KEY"',
  );
  // Not in a comment either.
  expect(JSON.stringify(stateOf(world))).not.toContain(KEY);
  await undo(world, applied.ok ? applied.record.id : '');
  expect(stateOf(world)).toEqual(before);
  expect(await world.ports.vault.read('ANTHROPIC_API_KEY')).toEqual({ state: 'absent' });
});

test('Another key of that name in the keychain comes back with undo.', async () => {
  const world = changeWorld({ files: FILES });
  await world.ports.vault.write('ANTHROPIC_API_KEY', 'the-earlier-one', false);
  const applied = await apply(world, MOVE);
  await undo(world, applied.ok ? applied.record.id : '');
  expect(await world.ports.vault.read('ANTHROPIC_API_KEY')).toEqual({
    state: 'found',
    secret: 'the-earlier-one',
  });
});

test('A key that is kept in clear, because it was asked for, moves into the keychain that appears later.', async () => {
  const keyring = memoryKeyring();
  const inClear = memoryKeyring();
  keyring.mood = 'unreachable';
  const world = changeWorld({ files: FILES, keyring, inClear });
  const { ports } = world;
  expect(await ports.vault.write('ANTHROPIC_API_KEY', KEY, false)).toBe(false);
  expect(await ports.vault.write('ANTHROPIC_API_KEY', KEY, true)).toBe(true);
  expect(ports.vault.inClear()).toEqual(['ANTHROPIC_API_KEY']);
  expect(await ports.vault.settle()).toEqual([]);
  keyring.mood = 'usual';
  expect(await tidyChanges(ports)).toEqual({ recovered: [], moved: ['ANTHROPIC_API_KEY'] });
  expect(ports.vault.inClear()).toEqual([]);
  expect(await ports.vault.read('ANTHROPIC_API_KEY')).toEqual({ state: 'found', secret: KEY });
});

test('A variable of the session is unset and put back.', async () => {
  const store = memoryVariableStore({ ANTHROPIC_API_KEY: { state: 'set', value: KEY, type: 'x' } });
  const world = changeWorld({ ports: { variableStores: [store] } });
  const applied = await apply(world);
  expect(store.kept.size).toBe(0);
  await undo(world, applied.ok ? applied.record.id : '');
  expect(store.kept.get('ANTHROPIC_API_KEY')).toEqual({ state: 'set', value: KEY, type: 'x' });
});

/** Runs something that ends at a call, then starts again with the same disk, store and keychain. */
interface Crash {
  readonly at: number;
  readonly side: 'ends-before' | 'ends-after';
  readonly where: 'writer' | 'store';
}

describe('A program that ends in the middle', () => {
  /** Applies, or undoes what was applied, and ends at a call; `false`: it never came to that call. */
  async function crashed(
    action: 'apply' | 'undo',
    wish: Wish,
    { at, side, where }: Crash,
  ): Promise<{
    readonly ended: boolean;
    readonly before: unknown;
    readonly after: unknown;
    readonly again: ChangeWorld;
  }> {
    const disk = memoryDisk({ '/home/p': { kind: 'folder' }, ...FILES }, 1000);
    const blobs = new Map<string, Bytes>();
    const keyring = memoryKeyring();
    const open = (more: ChangeWorldOptions = {}): ChangeWorld =>
      changeWorld({ disk, keyring, store: { blobs }, ...more });
    const calm = open();
    const before = stateOf(calm);
    let id = '';
    if (action === 'undo') {
      const applied = await apply(calm, wish);
      id = applied.ok ? applied.record.id : '';
    }
    const start = stateOf(calm);
    const strike = ({ number }: { readonly number: number }) => (number === at ? side : null);
    const stricken = open(where === 'writer' ? { writer: { strike } } : { store: { blobs, strike } });
    let ended = false;
    try {
      if (action === 'apply') await apply(stricken, wish);
      else await undo(stricken, id);
    } catch (error) {
      if (!(error instanceof ProgramEnded)) throw error;
      ended = true;
    }
    return { ended, before: action === 'apply' ? before : start, after: before, again: open() };
  }

  const cases = (['apply', 'undo'] as const).flatMap((action) =>
    [CLEAR, MOVE].flatMap((wish) =>
      (['writer', 'store'] as const).flatMap((where) =>
        (['ends-before', 'ends-after'] as const).map((side) => ({
          action,
          wish,
          kind: wish.kind,
          where,
          side,
        })),
      ),
    ),
  );

  test.each(cases)(
    'leaves $action of $kind whole, whichever call of the $where it $side.',
    async ({ action, wish, where, side }) => {
      let calls = 0;
      for (let at = 1; ; at++) {
        const { ended, again } = await crashed(action, wish, { at, side, where });
        if (!ended) break;
        calls += 1;
        const recovered = await again.ports.changes.alone(0, () => recoverChanges(again.ports));
        expect(recovered).not.toBe('busy');
        const [record] = readRecords(again.ports);
        // What was interrupted is taken back; what was done when it ended stays done.
        const fresh = stateOf(changeWorld({ files: FILES }));
        if (record?.state !== 'applied') expect(stateOf(again)).toEqual(fresh);
        else {
          // Either all of it is in force, or none of it has begun to be undone.
          expect(stateOf(again)).not.toEqual(fresh);
          expect(await undo(again, record.id)).toMatchObject({ ok: true });
          expect(stateOf(again)).toEqual(fresh);
        }
        const settled = stateOf(again);
        await again.ports.changes.alone(0, () => recoverChanges(again.ports));
        expect(stateOf(again)).toEqual(settled);
      }
      expect(calls).toBeGreaterThan(0);
    },
  );

  test.each([
    ['before it wrote down what for', 'store', 2],
    ['when everything was as it was again', 'undo', 3],
  ] as const)('keeps nothing that it replaced when it ended %s.', async (_, where, at) => {
    const { again, ended } = await crashed(where === 'undo' ? 'undo' : 'apply', CLEAR, {
      at,
      side: 'ends-after',
      where: 'store',
    });
    expect([ended, isInterrupted(again.ports)]).toEqual([true, true]);
    await again.ports.changes.alone(0, () => recoverChanges(again.ports));
    expect(isInterrupted(again.ports)).toBe(false);
    expect(again.ports.changes.names().filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  test('leaves what somebody changed since to them, and says so once.', async () => {
    const { again } = await crashed('apply', CLEAR, { at: 1, side: 'ends-after', where: 'writer' });
    again.disk.write('/home/p/.zshenv', '# all mine now\n');
    const recover = () => again.ports.changes.alone(0, () => recoverChanges(again.ports));
    expect(await recover()).toMatchObject([{ stuck: [{ step: 0, why: 'changed-since' }] }]);
    expect(again.textOf('~/.zshenv')).toBe('# all mine now\n');
    expect(await recover()).toEqual([]);
  });

  test('is taken back once the keychain that has the key answers again.', async () => {
    const { again } = await crashed('apply', CLEAR, { at: 1, side: 'ends-after', where: 'writer' });
    const recover = () => again.ports.changes.alone(0, () => recoverChanges(again.ports));
    again.keyring.mood = 'locked';
    expect(await recover()).toMatchObject([{ stuck: [{ step: 0, why: 'sealed' }] }]);
    again.keyring.mood = 'usual';
    expect(await recover()).toMatchObject([{ stuck: [] }]);
    expect(stateOf(again)).toEqual(stateOf(changeWorld({ files: FILES })));
  });

  test('and again while it recovers is recovered all the same.', async () => {
    for (let at = 1; at <= 3; at++) {
      for (let second = 1; second <= at; second++) {
        const { ended, again } = await crashed('apply', CLEAR, { at, side: 'ends-after', where: 'writer' });
        expect(ended).toBe(true);
        const disk = again.disk;
        const blobs = new Map(
          again.ports.changes.names().map((name) => [name, again.ports.changes.read(name) ?? '']),
        );
        const open = (more: ChangeWorldOptions = {}): ChangeWorld =>
          changeWorld({ disk, keyring: again.keyring, store: { blobs }, ...more });
        const dying = open({ writer: { strike: ({ number }) => (number === second ? 'ends-after' : null) } });
        await dying.ports.changes.alone(0, () => recoverChanges(dying.ports)).catch(() => undefined);
        const last = open();
        await last.ports.changes.alone(0, () => recoverChanges(last.ports));
        expect(stateOf(last)).toEqual(stateOf(changeWorld({ files: FILES })));
        expect(readRecords(last.ports).map(({ state }) => state)).toEqual(['taken-back']);
      }
    }
  });
});

type Act =
  | { readonly kind: 'apply' }
  | { readonly kind: 'undo'; readonly which: number }
  | { readonly kind: 'edit'; readonly path: number; readonly text: string }
  | { readonly kind: 'crash'; readonly at: number; readonly side: 'ends-before' | 'ends-after' };

test('Whatever is applied, undone, edited by others and interrupted: nothing that anybody wrote is lost.', async () => {
  const paths = Object.keys(FILES);
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ kind: fc.constant('apply' as const) }),
    fc.record({ kind: fc.constant('undo' as const), which: fc.nat(3) }),
    fc.record({
      kind: fc.constant('edit' as const),
      path: fc.nat(1),
      text: fc.constantFrom(
        '',
        '# mine\n',
        `export ANTHROPIC_API_KEY=${KEY}\n`,
        'export A=1\nexport ANTHROPIC_API_KEY=another-key\n',
      ),
    }),
    fc.record({
      kind: fc.constant('crash' as const),
      at: fc.integer({ min: 1, max: 6 }),
      side: fc.constantFrom('ends-before' as const, 'ends-after' as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      const disk = memoryDisk({ '/home/p': { kind: 'folder' }, ...FILES }, 1000);
      const blobs = new Map<string, Bytes>();
      const keyring = memoryKeyring();
      const open = (more: ChangeWorldOptions = {}): ChangeWorld =>
        changeWorld({ disk, keyring, store: { blobs }, ...more });
      /** What each file may hold: what somebody wrote last, or what Credence made of exactly that. */
      const written = new Map(paths.map((path) => [path, textIn(open(), path)]));
      for (const one of acts) {
        const world = open();
        if (one.kind === 'apply') await apply(world);
        if (one.kind === 'undo') {
          const record = readRecords(world.ports)[one.which];
          if (record !== undefined) await undo(world, record.id);
        }
        if (one.kind === 'edit') {
          const path = paths[one.path] ?? '';
          disk.write(path, one.text);
          written.set(path, one.text);
        }
        if (one.kind === 'crash') {
          const strike = ({ number }: { readonly number: number }) => (number === one.at ? one.side : null);
          await apply(open({ writer: { strike } })).catch(() => undefined);
          await world.ports.changes.alone(0, () => recoverChanges(world.ports));
        }
        for (const path of paths)
          expect(restored(textIn(world, path))).toBe(restored(written.get(path) ?? ''));
      }
    }),
    { numRuns: 150 },
  );
});

const textIn = ({ disk }: ChangeWorld, path: string): string => {
  const reading = disk.files.read(path, Infinity);
  return reading.state === 'read' ? reading.text : '';
};

/** Without Credence’s marks: what somebody wrote is in it, whether a line is commented out or not. A removed member counts as there. */
function restored(text: string): string {
  return text
    .replaceAll(/# credence [0-9a-f]{8}: /g, '')
    .replace(`{"env": {"ANTHROPIC_API_KEY": "${KEY}"}, "model": "opus"}`, '{"env": {}, "model": "opus"}');
}
