import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReplacingKeyring } from '../../ports/keyring.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcAnswer, OidcTokens } from '../../ports/oidc.ts';
import { fixedClock, type FixedClock } from '../../testing/fixed-clock.ts';
import { oidcFailure } from '../../testing/memory-oidc.ts';
import { memoryNotes } from '../../testing/memory-notes.ts';
import { northwind } from '../../testing/northwind.ts';
import {
  needsSignIn,
  organisationItem,
  organisationToken,
  type OrganisationToken,
} from '../keyring-services/organisation-token.ts';
import { judgeToken } from './judge-token.ts';
import { organisationTokens } from './kept-organisation-tokens.ts';
import type { FreshAnswer } from './organisation-tokens.ts';
import type { TokenPorts } from './token-ports.ts';

const PROVIDER = northwind();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What may go wrong with one request to the provider, and whether it has done its work all the same. */
const FAULTS = {
  none: { works: true, answer: null },
  'too-many': { works: false, answer: { code: 'try-later', status: 429, retryAfter: 7 } },
  'server-error': { works: false, answer: { code: 'try-later', status: 503, retryAfter: null } },
  html: { works: false, answer: { code: 'bad-answer', status: 200, retryAfter: null } },
  unreachable: { works: false, answer: { code: 'no-connection', status: null, retryAfter: null } },
  'timed-out': { works: false, answer: { code: 'timed-out', status: null, retryAfter: null } },
  // The answer that nobody gets: what it brought is lost, whatever anybody does.
  lost: { works: true, answer: { code: 'connection-lost', status: null, retryAfter: null } },
} as const satisfies Record<string, { readonly works: boolean; readonly answer: OidcFailure | null }>;

type Step =
  | {
      readonly do: 'ask';
      readonly process: number;
      readonly fault: keyof typeof FAULTS;
      readonly naive: boolean;
    }
  | { readonly do: 'crash'; readonly process: number }
  | { readonly do: 'pass' | 'set'; readonly milliseconds: number }
  | { readonly do: 'keychain'; readonly mood: 'usual' | 'locked' | 'unreachable' }
  | { readonly do: 'reboot' };

const fault = fc.constantFrom(...(Object.keys(FAULTS) as readonly (keyof typeof FAULTS)[]));

function anyStep(naive: boolean): fc.Arbitrary<Step> {
  const process = fc.nat(3);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('ask' as const),
        process,
        fault: fc.constant('none' as const),
        naive: fc.constant(naive),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('ask' as const), process, fault, naive: fc.constant(naive) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), process }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        milliseconds: fc.constantFrom(1_000, 20 * MINUTE, 56 * MINUTE, HOUR, 8 * HOUR),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('set' as const),
        milliseconds: fc.constantFrom(DAY, -DAY, HOUR, -HOUR, 4 * MINUTE, -4 * MINUTE),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('keychain' as const),
        mood: fc.constantFrom('usual' as const, 'locked' as const, 'unreachable' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'reboot' as const }) },
  );
}

/** All that several processes have in common, and what an onlooker sees of it. */
interface World {
  readonly clock: FixedClock;
  /** `null`: it was never there. */
  kept(): OrganisationToken | null;
  readonly stored: ReadonlySet<string>;
  readonly asked: readonly Request[];
  readonly mostAtOnce: () => number;
  /** Spent tokens were sent, so the provider gave up the whole sign-in. */
  readonly killed: () => boolean;
  /** What the provider gave has not come to be stored: nobody could help that. */
  readonly isLost: () => boolean;
  readonly good: () => string | null;
}

interface Request {
  readonly refreshToken: string;
  /** Whether it has been time for it, at least for a moment. */
  readonly due: boolean;
}

interface Process {
  dead: boolean;
  readonly end: () => void;
  readonly ended: Promise<null>;
}

async function play(
  steps: readonly Step[],
  s: fc.Scheduler,
): Promise<readonly [World, readonly FreshAnswer[]]> {
  const clock = fixedClock();
  const items = new Map<string, string>();
  const stored = new Set<string>();
  const asked: Request[] = [];
  const answers: FreshAnswer[] = [];
  const notes = memoryNotes();
  const locked = new Map<string, Process>();
  const processes = new Map<number, Process>();
  let mood: 'usual' | 'locked' | 'unreachable' = 'usual';
  let [number, current, killed, atOnce, mostAtOnce] = [1, 'refresh-1', false, 0, 0];

  const key = JSON.stringify(organisationItem(PROVIDER.name));
  const kept = (): OrganisationToken | null => organisationToken(PROVIDER.name).parse(items.get(key) ?? '');
  const wasDue = new Set<string | null>();
  const look = (): void => {
    const token = kept();
    if (token !== null && judgeToken(token, clock).due) wasDue.add(token.refreshToken);
  };
  const rotate = (refreshToken: string): OidcAnswer<OidcTokens> => {
    // As real ones do (RFC 9700, 4.14.2): a token that comes a second time ends everything.
    if (killed || refreshToken !== current) {
      killed = true;
      return oidcFailure('invalid-grant', 400);
    }
    number += 1;
    current = `refresh-${String(number)}`;
    return {
      ok: true,
      value: {
        accessToken: `access-${String(number)}`,
        refreshToken: current,
        expiresIn: 3_600,
        scopes: null,
        account: null,
        serverTime: null,
      },
    };
  };
  const portsOf = (process: Process, what: keyof typeof FAULTS, naive: boolean): TokenPorts => {
    /** Where others may come in between; a process that has ended does not go on. */
    const step = async <Answer>(run: () => Answer): Promise<Answer> => {
      await s.schedule(Promise.resolve());
      look();
      return process.dead ? new Promise<Answer>(() => undefined) : run();
    };
    const keyring: ReplacingKeyring = {
      get: (item) =>
        step(() => {
          if (mood !== 'usual') return { state: mood };
          const secret = items.get(JSON.stringify(item));
          return secret === undefined ? { state: 'absent' } : { state: 'found', secret };
        }),
      set: (item, secret) =>
        step(() => {
          if (mood !== 'usual') return { state: mood };
          items.set(JSON.stringify(item), secret);
          stored.add(organisationToken(PROVIDER.name).parse(secret)?.accessToken ?? '');
          return { state: 'stored' };
        }),
      replace: () => step(() => ({ state: 'changed' })),
      remove: () => step(() => ({ state: 'removed' })),
    };
    return {
      keyring,
      clock,
      notes,
      scheduler: {
        // The deadline of the keychain is never reached here: each of its answers comes.
        after: (milliseconds, callback) => {
          if (milliseconds < 1_000) void step(callback);
          return () => undefined;
        },
      },
      locks: {
        alone: async (name, milliseconds, run) => {
          if (naive) return run();
          while (locked.get(name)?.dead === false) {
            if (milliseconds === 0) return 'busy';
            await step(() => undefined);
          }
          locked.set(name, process);
          try {
            return await run();
          } finally {
            locked.delete(name);
          }
        },
      },
      oidc: {
        refresh: async (_, refreshToken) => {
          asked.push({ refreshToken, due: wasDue.has(refreshToken) });
          atOnce += 1;
          mostAtOnce = Math.max(mostAtOnce, atOnce);
          const { works, answer } = FAULTS[what];
          // On the way there and on the way back the process may end; what the provider did stays done.
          const gone = process.ended.then(() => {
            atOnce -= 1;
          });
          await Promise.race([step(() => undefined), gone]);
          const result = works ? rotate(refreshToken) : null;
          await Promise.race([step(() => undefined), gone]);
          if (process.dead) return new Promise(() => undefined);
          atOnce -= 1;
          if (answer !== null) return { ok: false, failure: answer };
          return result ?? oidcFailure('no-connection');
        },
        revoke: () => Promise.resolve(oidcFailure('refused')),
      },
    };
  };
  const processOf = (id: number): Process => {
    const found = processes.get(id);
    if (found?.dead === false) return found;
    let end = (): void => undefined;
    const ended = new Promise<null>((resolve) => {
      end = () => {
        resolve(null);
      };
    });
    const made: Process = { dead: false, end, ended };
    processes.set(id, made);
    return made;
  };

  const first = organisationTokens(portsOf(processOf(9), 'none', false)).keep(PROVIDER, {
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresIn: 3_600,
    scopes: null,
    account: null,
    serverTime: null,
  });
  await s.waitFor(first);

  const running: Promise<unknown>[] = [];
  for (const at of steps) {
    await s.waitFor(s.schedule(Promise.resolve()));
    look();
    switch (at.do) {
      case 'ask': {
        const process = processOf(at.process);
        const answer = organisationTokens(portsOf(process, at.fault, at.naive)).fresh(PROVIDER);
        running.push(Promise.race([answer.then((got) => answers.push(got)), process.ended]));
        break;
      }
      case 'crash': {
        const process = processOf(at.process);
        process.dead = true;
        process.end();
        break;
      }
      case 'pass':
        clock.advance(at.milliseconds);
        break;
      case 'set':
        clock.set(at.milliseconds);
        break;
      case 'reboot':
        clock.reboot();
        break;
      case 'keychain':
        mood = at.mood;
        break;
    }
    look();
  }
  await s.waitFor(Promise.all(running));
  const world: World = {
    clock,
    kept,
    stored,
    asked,
    mostAtOnce: () => mostAtOnce,
    killed: () => killed,
    isLost: () => killed || kept()?.refreshToken !== current,
    good: () => (killed ? null : current),
  };
  return [world, answers];
}

test('Whatever happens in between, no token is spent twice that could be helped, and nothing good is given up.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep(false), { maxLength: 40 }), fc.scheduler(), async (steps, s) => {
      const [world, answers] = await play(steps, s);
      expect(world.mostAtOnce()).toBeLessThanOrEqual(1);
      // Only when it was time for it.
      expect(world.asked.filter(({ due }) => !due)).toEqual([]);
      // What was handed out had been stored.
      for (const answer of answers) if (answer.ok) expect(world.stored).toContain(answer.accessToken);
      // What is kept is there, whole, and refused only if it was.
      const kept = world.kept();
      expect(kept).not.toBe(null);
      if (kept !== null && kept.refreshToken === world.good()) expect(needsSignIn(kept)).toBe(false);
      // Where no answer was lost on the way, the sign-in lives, and what is kept of it is the newest.
      const couldBeLost = steps.some(
        (step) =>
          step.do === 'crash' || step.do === 'keychain' || (step.do === 'ask' && step.fault === 'lost'),
      );
      if (!couldBeLost) expect([world.killed(), kept?.refreshToken]).toEqual([false, world.good()]);
    }),
  );
});

test('Without the lock the same world shows a sign-in that is ended by a token sent twice.', async () => {
  const steps: readonly Step[] = [
    { do: 'pass', milliseconds: HOUR },
    ...[0, 1, 2, 3].map((process): Step => ({ do: 'ask', process, fault: 'none', naive: true })),
  ];
  const ends = fc
    .sample(fc.scheduler(), { numRuns: 30, seed: 7 })
    .map(async (s) => (await play(steps, s))[0].killed());
  expect((await Promise.all(ends)).filter(Boolean).length).toBeGreaterThan(0);
});

test('When several ask at once for a token that has ended, the provider is asked once and all get the new one.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.scheduler(), async (count, s) => {
      const steps: readonly Step[] = [
        { do: 'pass', milliseconds: 8 * HOUR },
        ...Array.from({ length: count }, (_, process): Step => ({
          do: 'ask',
          process,
          fault: 'none',
          naive: false,
        })),
      ];
      const [world, answers] = await play(steps, s);
      expect(world.asked).toHaveLength(1);
      expect(answers.map((answer) => answer.ok && answer.accessToken)).toEqual(
        Array.from({ length: count }, () => 'access-2'),
      );
    }),
    { numRuns: 50 },
  );
});

test('When the provider fails, those who waited for that share the failure, and it is asked once.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('too-many', 'server-error', 'html', 'unreachable', 'timed-out'),
      fc.scheduler(),
      async (count, what, s) => {
        const steps: readonly Step[] = [
          { do: 'pass', milliseconds: 8 * HOUR },
          ...Array.from({ length: count }, (_, process): Step => ({
            do: 'ask',
            process,
            fault: what,
            naive: false,
          })),
        ];
        const [world, answers] = await play(steps, s);
        expect(world.asked).toHaveLength(1);
        expect(new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.why.code)))).toEqual(
          new Set(['not-renewed']),
        );
        expect(world.kept()?.refreshToken).toBe('refresh-1');
      },
    ),
    { numRuns: 50 },
  );
});
