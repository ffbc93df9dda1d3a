import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyGiven,
  anyVersion,
  PROVIDER_SHELLS,
  sparseGiven,
  type AnyGiven,
} from '../../../e2e/support/any-given.ts';
import {
  CUSTOM_BOTH,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../../testing/given.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { whatIf } from '../../usecases/what-if.ts';
import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import { findReadings } from '../find-readings.ts';
import { REASON_CODES } from '../ladder.ts';
import type { Reading } from '../reading.ts';
import { answeredVerdict, settleLadder } from '../settle-ladder.ts';
import { SOURCE_IDS, type SourceId } from '../source-id.ts';
import type { Slot, Verdict } from '../verdict.ts';
import { decide } from './decide.ts';
import { displacements } from './displacements.ts';
import { RULES } from './table.ts';
import { CHANGES, coverageOf, type Change } from './versions.ts';

const inspectAny = ({ given, entries }: AnyGiven): Promise<Inspection> => inspectGiven(given, { entries });
const slotsOf = ({ authorization, xApiKey }: Verdict): readonly Slot[] =>
  [authorization, xApiKey].filter((slot) => slot !== null);

/** Every verdict in a verdict: those that follow its questions, too. */
function allOf(verdict: Verdict): readonly Verdict[] {
  return verdict.after === null
    ? [verdict]
    : [verdict, ...allOf(verdict.after.yes), ...allOf(verdict.after.no)];
}

describe('Deciding', () => {
  test('never throws, and what it says does not contradict itself.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { verdict } = await inspectAny(any);
        for (const one of allOf(verdict)) {
          expect(one.asks !== null).toBe(one.outcome === 'asks');
          expect(one.after !== null).toBe(one.outcome === 'asks');
          expect(one.refuses !== null).toBe(one.outcome === 'refuses');
          expect(one.unknown !== null).toBe(one.outcome === 'unknown');
          expect(one.gate === null).toBe(one.outcome === 'sends');
          if (one.outcome !== 'sends') expect(slotsOf(one)).toEqual([]);
          for (const slot of slotsOf(one)) {
            const rule = RULES.find(({ id }) => id === slot.rule);
            expect(rule?.providers).toContain(one.provider);
            expect(slot.reading.source).toBe(slot.source);
            expect(slot.helper !== null).toBe(slot.source === 'api-key-helper');
          }
        }
      }),
    );
  });

  test('asks nothing outside an interactive session, and at most about the folder and then the key.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { verdict, context } = await inspectAny(any);
        if (context.mode !== 'interactive') expect(verdict.outcome).not.toBe('asks');
        const { yes } = verdict.after ?? {};
        if (verdict.asks === 'api-key-approval') expect(yes?.asks ?? null).toBeNull();
        if (yes?.asks != null) expect([verdict.asks, yes.asks]).toEqual(['folder-trust', 'api-key-approval']);
      }),
    );
  });

  test('is the same whenever it is asked again.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { facts, context, verdict } = await inspectAny(any);
        expect(decide(facts, context)).toEqual(verdict);
      }),
    );
  });
});

describe('The ladder', () => {
  test('has every source once, and everything found once, each with a state and a reason.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { facts, ladder } = await inspectAny(any);
        expect([...ladder].map(({ source }) => source).sort()).toEqual([...SOURCE_IDS].sort());
        const ranks = ladder.map(({ rank }) => rank);
        expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
        const readings = ladder.flatMap((rung) => rung.readings);
        expect(new Set(readings.map(({ reading }) => reading.origin)).size).toBe(readings.length);
        expect(readings).toHaveLength(findReadings(facts).length);
        for (const { state, reason, readings: own, source } of ladder) {
          for (const one of [...own, { state, reason }]) expect(REASON_CODES).toContain(one.reason.code);
          for (const { reading } of own) expect(reading.source).toBe(source);
          if (own.length > 0) expect(own.map((one) => one.state)).toContain(state);
        }
      }),
    );
  });

  test('loses nothing that the facts hold.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { facts, ladder } = await inspectAny(any);
        const told = new Set(ladder.flatMap(({ readings }) => readings.map(({ reading }) => reading.origin)));
        const { login } = facts.store;
        const expected: readonly (Reading | null | undefined)[] = [
          login?.reading,
          facts.consoleKey,
          facts.profiles.federation,
          ...facts.profiles.readings,
          ...facts.elsewhere,
        ];
        for (const reading of expected) if (reading != null) expect(told).toContain(reading.origin);
        for (const { origin } of facts.helpers) expect(told).toContain(origin);
      }),
    );
  });

  test('says that something wins or is also sent exactly where it is sent.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { verdict, ladder } = await inspectAny(any);
        const answered = answeredVerdict(verdict);
        const slots = slotsOf(answered);
        const sent = new Map(slots.map((slot) => [slot.reading.origin, slot]));
        for (const { reading, state, reason } of ladder.flatMap((rung) => rung.readings)) {
          const slot = sent.get(reading.origin);
          if (slot === undefined) {
            // A provider's switch wins with the credential behind it.
            expect(['wins', 'also-sent'].includes(state) && reason.code !== 'selects-provider').toBe(false);
            continue;
          }
          expect(slot.broken ? ['broken'] : ['wins', 'also-sent']).toContain(state);
          sent.delete(reading.origin);
        }
        expect([...sent.keys()]).toEqual([]);
        const winners = ladder.filter(({ state }) => state === 'wins');
        expect(winners.length).toBeLessThanOrEqual(1);
        if (slots.some(({ broken }) => !broken))
          expect(ladder.some(({ state }) => /wins|also-sent/.test(state))).toBe(true);
      }),
    );
  });
});

/** The facts without one reading. */
function withoutReading(facts: Facts, { origin }: Reading): Facts {
  const { store, profiles, cloud } = facts;
  const left = (readings: readonly Reading[]): readonly Reading[] =>
    readings.filter((one) => one.origin !== origin);
  const chain = <Chain extends { readonly readings: readonly Reading[] }>(one: Chain): Chain => ({
    ...one,
    readings: left(one.readings),
  });
  return {
    ...facts,
    layers: facts.layers.map(({ id, entries }) => ({
      id,
      entries: Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry.origin !== origin)),
    })),
    helpers: facts.helpers.filter((helper) => helper.origin !== origin),
    store: store.login?.reading.origin === origin ? { ...store, login: null } : store,
    consoleKey: facts.consoleKey?.origin === origin ? null : facts.consoleKey,
    profiles: {
      selected: profiles.selected?.reading.origin === origin ? null : profiles.selected,
      federation: profiles.federation?.origin === origin ? null : profiles.federation,
      readings: left(profiles.readings),
    },
    cloud: { aws: chain(cloud.aws), google: chain(cloud.google), azure: chain(cloud.azure) },
  };
}

describe('What is taken away', () => {
  test('is not sent any more: one reading.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { facts, context, verdict } = await inspectAny(any);
        for (const { reading } of slotsOf(answeredVerdict(verdict))) {
          const less = withoutReading(facts, reading);
          const again = decide(less, context);
          for (const one of allOf(again))
            for (const slot of slotsOf(one)) expect(slot.reading.origin).not.toBe(reading.origin);
          const told = settleLadder(less, context, again).flatMap(({ readings }) => readings);
          expect(told.some((one) => one.reading.origin === reading.origin)).toBe(false);
        }
      }),
    );
  });

  test('is not sent any more: a source.', async () => {
    await fc.assert(
      fc.asyncProperty(anyGiven, async (any) => {
        const { facts, context, verdict } = await inspectAny(any);
        for (const { source } of slotsOf(answeredVerdict(verdict))) {
          const supposed = whatIf(facts, [{ kind: 'without', target: source, place: null }]);
          if (!supposed.ok) throw new Error(supposed.problem);
          for (const one of allOf(decide(supposed.facts, context)))
            for (const slot of slotsOf(one)) expect(slot.source).not.toBe(source);
        }
      }),
    );
  });
});

describe('Adding a source below another', () => {
  /** What a session without one of these is given; each works. */
  const ADDED: Readonly<Record<string, Given>> = {
    'custom-headers': { shell: CUSTOM_BOTH },
    'auth-token': { shell: TOKEN },
    'api-key': { shell: KEY },
    'api-key-helper': { helper: HELPER },
    'oauth-token': { shell: OAUTH },
    profile: { profile: 'active' },
    federation: { shell: FEDERATION },
    'claude-login': { login: true },
    'console-key': { consoleKey: true },
  };
  const allowed = new Set(displacements(RULES).map(({ lower, higher }) => `${lower} ${higher}`));

  const LOWER = SOURCE_IDS.filter((id) => id in ADDED);

  /** The headers that change hands when a source is added, though no row names the pair: `source took it from other`. */
  async function unnamed({ given, entries }: AnyGiven, source: SourceId): Promise<readonly string[]> {
    const old = await inspectGiven(given, { entries });
    const { policy, layers, helpers, profiles } = old.facts;
    // A policy forbids whole sources; that is not a matter of precedence.
    if (old.verdict.outcome !== 'sends' || policy !== null) return [];
    // Added where nothing of it is, so that nothing is overwritten.
    const added = ADDED[source] ?? {};
    const names = Object.keys(added.shell ?? {});
    if (layers.some((layer) => names.some((name) => layer.entries[name] !== undefined))) return [];
    if (added.helper !== undefined && helpers.length > 0) return [];
    if (added.profile !== undefined && profiles.selected !== null) return [];
    const now = await inspectGiven(
      { ...given, ...added, shell: { ...given.shell, ...added.shell } },
      { entries },
    );
    return (['authorization', 'xApiKey'] as const).flatMap((name) => {
      const filled = old.verdict[name];
      // An active profile of a person stands below all that is added here; what is empty is no credential that anything could be displaced from.
      if (filled === null || filled.rule === 'authorization/empty-token') return [];
      const isAbove =
        filled.rule !== 'authorization/lower-profile' &&
        SOURCE_IDS.indexOf(filled.source) < SOURCE_IDS.indexOf(source);
      if (!isAbove || allowed.has(`${source} ${filled.source}`)) return [];
      const same =
        JSON.stringify(now.verdict[name]?.reading.origin) === JSON.stringify(filled.reading.origin);
      return same ? [] : [`${source} took ${name} from ${filled.source}`];
    });
  }

  test('leaves a filled header alone in print and bare runs, unless a row names the pair.', async () => {
    const mode = fc.constantFrom('print' as const, 'bare' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(sparseGiven, anyGiven),
        mode,
        fc.constantFrom(...LOWER),
        async (any, as, source) => {
          expect(await unnamed({ ...any, given: { ...any.given, mode: as } }, source)).toEqual([]);
        },
      ),
    );
  });

  test('does so with each other source, and with each provider beside it.', async () => {
    const singles = [...Object.values(ADDED), { profile: 'named' }, { profile: 'federated' }] as const;
    const found = new Set<string>();
    for (const provider of [{}, ...PROVIDER_SHELLS]) {
      for (const single of singles) {
        const given: Given = {
          ...single,
          shell: { ...('shell' in single ? single.shell : {}), ...provider },
        };
        for (const source of LOWER)
          for (const one of await unnamed({ given, entries: {} }, source)) found.add(one);
      }
    }
    expect([...found]).toEqual([]);
  });
});

describe('A version between two recordings', () => {
  const answer = (facts: Facts, context: Context, version: string): Verdict =>
    decide(facts, { ...context, claudeCode: { ...context.claudeCode, version } });
  const sent = (verdict: Verdict): unknown =>
    allOf(verdict).map(({ outcome, provider, asks, refuses, unknown, authorization, xApiKey }) => [
      [outcome, provider, asks, refuses, unknown],
      [authorization, xApiKey].map((slot) => slot && [slot.reading.origin, slot.broken]),
    ]);
  const documented = Object.values<Change>(CHANGES).flatMap((change) => change.documented ?? []);

  test('is answered for by the older one, up to a documented border.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(sparseGiven, anyGiven), anyVersion, async (any, version) => {
        const coverage = coverageOf(version);
        if (coverage.kind !== 'between') return;
        const { facts, context } = await inspectAny(any);
        const borders = documented.filter((border) => {
          const above = coverageOf(border);
          return above.kind === 'between' && above.older === coverage.older;
        });
        if (borders.length > 0) return;
        expect(sent(answer(facts, context, version))).toEqual(sent(answer(facts, context, coverage.older)));
      }),
    );
  });

  test('is said to be unknown exactly when the older and the newer rules differ.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(sparseGiven, anyGiven), anyVersion, async (any, version) => {
        const { facts, context, conflicts } = await inspectAny({ ...any, given: { ...any.given, version } });
        const { kind } = coverageOf(version);
        const modes = (['interactive', 'print', 'bare'] as const).filter((mode) => {
          const asked = { ...context, mode };
          return (
            JSON.stringify(sent(decide(facts, asked, 'older'))) !==
            JSON.stringify(sent(decide(facts, asked, 'newer')))
          );
        });
        const found = conflicts.find(({ code }) => code === 'version-unknown');
        if (kind === 'older') expect(found?.modes).toHaveLength(3);
        else expect(found?.modes ?? []).toEqual(modes);
        expect(conflicts.some(({ code }) => code === 'version-newer-than-rules')).toBe(kind === 'newer');
      }),
    );
  });
});
