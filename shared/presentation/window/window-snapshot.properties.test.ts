import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { anyGiven, type AnyGiven } from '../../../e2e/support/any-given.ts';
import { SURFACES, SURFACE_MODES } from '../../core/context.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import type { MenuItem, Segment, Snapshot } from '../../ipc/snapshot.ts';
import { worldOf } from '../../testing/given.ts';
import { leaksIn, secretsOfWorld } from '../../testing/secrets-of-world.ts';
import { deskStateOf, windowOf, type WindowOptions } from '../../testing/window-of.ts';
import { lengthOf } from '../printable.ts';
import { answerSentence } from '../answer-sentence.ts';
import { placeBook } from './place-book.ts';
import { plainText } from './segments.ts';
import { menuActionOf } from './tray-menu.ts';
import { isHomeTrust } from './verdict-mark.ts';
import type { WindowView } from './window-snapshot.ts';

const anyWorld = fc
  .record({ any: anyGiven, surface: fc.constantFrom(...SURFACES), withMatrix: fc.boolean() })
  // A mode that the surface cannot run is never chosen.
  .map(({ any, surface, withMatrix }) => {
    const mode =
      SURFACE_MODES[surface].find((known) => known === any.given.mode) ?? SURFACE_MODES[surface][0];
    const given = mode === undefined ? any.given : { ...any.given, mode };
    return { any: { ...any, given }, surface, withMatrix };
  });

async function eachView(
  check: (view: WindowView, any: AnyGiven, options: WindowOptions) => void | Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyWorld, async ({ any, surface, withMatrix }) => {
      const options = { entries: any.entries, surface, withMatrix, book: placeBook() };
      await check(await windowOf(any.given, options), any, options);
    }),
  );
}

/** Every object and list in a snapshot. */
function partsOf(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

const isPlace = (part: object): part is Extract<Segment, { kind: 'place' }> =>
  'kind' in part && part.kind === 'place';

function placeIdsOf(snapshot: Snapshot): readonly string[] {
  return partsOf(snapshot).flatMap((part) => {
    if (isPlace(part)) return part.id === null ? [] : [part.id];
    if ('place' in part && typeof part.place === 'string') return [part.place];
    return 'do' in part && part.do === 'open-place' && 'id' in part ? [String(part.id)] : [];
  });
}

function itemsOf(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.flatMap((item) => (item.kind === 'menu' ? [item, ...itemsOf(item.items)] : [item]));
}

describe('What the window shows of any world', () => {
  test('names what a command can name by ids that the command takes.', async () => {
    await eachView(({ snapshot }, _, { book }) => {
      const { bar, notices, menu } = snapshot;
      for (const { id } of [bar.folder, ...bar.recent]) v.parse(COMMANDS.setFolder, [id]);
      for (const id of placeIdsOf(snapshot)) {
        v.parse(COMMANDS.openPlace, [id]);
        expect(book?.find(id)).not.toBe(null);
      }
      for (const { key } of notices) v.parse(COMMANDS.dismissNotice, [key]);
      for (const { id } of bar.modes) v.parse(COMMANDS.setMode, [id]);
      for (const { id } of bar.surfaces) v.parse(COMMANDS.setSurface, [id]);
      const items = itemsOf(menu);
      const keys = items.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const item of items) {
        if (item.kind !== 'action') {
          expect(menuActionOf(menu, item.key)).toBe(null);
          continue;
        }
        v.parse(COMMANDS.menuAction, [item.key]);
        expect(menuActionOf(menu, item.key)).toBe(item.action);
        if (item.action.do === 'folder') v.parse(COMMANDS.setFolder, [item.action.id]);
      }
    });
  });

  test('holds nothing of a secret.', async () => {
    await eachView(({ snapshot, tray }, { given }) => {
      const secrets = secretsOfWorld(worldOf(given));
      expect(leaksIn(JSON.stringify([snapshot, tray]), secrets)).toEqual([]);
    });
  });

  test('is plain data, and the same each time.', async () => {
    await eachView(async (view, { given }, options) => {
      expect(structuredClone(view)).toStrictEqual(view);
      expect(JSON.parse(JSON.stringify(view))).toStrictEqual(view);
      expect(await windowOf(given, { ...options, book: placeBook() })).toStrictEqual(view);
    });
  });

  test('has keys that tell rows apart.', async () => {
    await eachView(({ snapshot: { ladder, conflicts, clocks, notices, menu } }) => {
      const rungs = ladder.rows.filter((row) => row.kind === 'rung');
      const lists = [
        ladder.rows,
        conflicts,
        clocks.ends,
        notices,
        menu,
        ...rungs.flatMap(({ readings, remedies }) => [readings, remedies]),
        ...conflicts.map(({ remedies }) => remedies),
      ];
      for (const list of lists) {
        const keys = list.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    });
  });

  test('draws the line down to the last rung that is sent, and no line where nothing is.', async () => {
    await eachView(async ({ snapshot: { ladder, bar } }, { given }, options) => {
      const { look } = await deskStateOf(given, options);
      const shown = look?.inspections.find(({ context }) => context.mode === bar.mode);
      if (shown === undefined) throw new Error('Nothing is shown.');
      const { outcome, authorization, xApiKey } = answeredVerdict(shown.verdict);
      const isSent = outcome === 'sends' && (authorization ?? xApiKey) !== null;
      const ends = ladder.rows.flatMap((row, at) => (row.kind === 'rung' && row.isEnd ? [at] : []));
      expect(ends).toHaveLength(isSent ? 1 : 0);
      expect(ladder.end !== null).toBe(isSent);
      const last = ends[0] ?? -1;
      expect(ladder.rows.map(({ onLine }) => onLine)).toEqual(ladder.rows.map((_, at) => at <= last));
      // Every source is there, once: as a rung, or in a row of those that are not set.
      for (const [at, row] of ladder.rows.entries()) {
        if (row.kind === 'folded') expect(ladder.rows[at + 1]?.kind).not.toBe('folded');
      }
    });
  });

  test('has a word for every state, and no sentence is empty or unfinished.', async () => {
    await eachView(({ snapshot, tray }) => {
      const { ladder, bar, answer, conflicts, notes } = snapshot;
      for (const { word } of ladder.rows) expect(word).toMatch(/^[a-z]/);
      for (const { says } of bar.modes) expect(says).not.toBe('');
      const rungs = ladder.rows.filter((row) => row.kind === 'rung');
      const sentences = [
        plainText(answer?.sentence ?? []),
        ...rungs.flatMap(({ reason, readings }) => [reason, ...readings.map(({ why }) => why)]),
        ...conflicts.flatMap(({ cause, consequence }) => [cause, consequence]),
        ...notes,
      ];
      // A path, a variable or a header keeps its letters.
      for (const sentence of sentences) expect(sentence).toMatch(/^(?![a-z]+[ ,:;]).*[.!?]$/s);
      for (const text of [tray?.line, snapshot.bar.folder.label, ...conflicts.map(({ title }) => title)]) {
        expect(text).toMatch(/\S/);
      }
      expect(JSON.stringify([snapshot, tray])).not.toMatch(/undefined|NaN|\[object/);
    });
  });

  test('says the same in the answer as the terminal, cut at places.', async () => {
    await eachView(async ({ snapshot: { answer, bar } }, { given }, options) => {
      const { look } = await deskStateOf(given, options);
      const shown = look?.inspections.find(({ context }) => context.mode === bar.mode);
      if (shown === undefined || answer === null) throw new Error('Nothing is shown.');
      if (isHomeTrust(shown)) return;
      // A long path is shortened where it can be opened; all the words stand as they are.
      let rest = answerSentence(shown);
      for (const segment of answer.sentence) {
        if (segment.kind !== 'text') continue;
        expect(rest).toContain(segment.text);
        rest = rest.slice(rest.indexOf(segment.text) + segment.text.length);
      }
      for (const segment of answer.sentence) expect(segment.text).not.toBe('');
    });
  });

  test('fits: lines of the tray, positions of the clocks.', async () => {
    await eachView(({ snapshot: { clocks, menu }, tray }) => {
      expect(lengthOf(tray?.line ?? '')).toBeLessThanOrEqual(60);
      expect(lengthOf(tray?.second ?? '')).toBeLessThanOrEqual(60);
      expect(menu[0]).toMatchObject({ key: 'state', label: tray?.line });
      expect(clocks.ticks[0]).toEqual({ at: 0, label: 'Today' });
      expect(clocks.ticks.at(-1)?.at).toBe(1);
      for (const { from, to } of clocks.ends) {
        expect(from === null).toBe(to === null);
        if (from === null || to === null) continue;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1);
        expect(from).toBeLessThanOrEqual(to);
      }
    });
  });
});
