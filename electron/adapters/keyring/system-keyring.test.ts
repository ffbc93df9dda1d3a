import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { replacingKeyringContract } from '../../../shared/testing/keyring-contract.ts';
import { fixedClock } from '../../../shared/testing/fixed-clock.ts';
import { manualScheduler } from '../../../shared/testing/manual-scheduler.ts';
import { memoryLocks } from '../../../shared/testing/memory-locks.ts';
import { memoryNotes } from '../../../shared/testing/memory-notes.ts';
import { madeUpTokens, memoryOidc } from '../../../shared/testing/memory-oidc.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { organisationTokens } from '../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { nodeSeal } from '../crypto/node-seal.ts';
import type { KeyringReply, KeyringRequest } from './keyring-message.ts';
import type { KeyringProbe, ProbeAnswer } from './keyring-probe.ts';
import { sealedFiles } from './sealed-files.ts';
import type { StartKeyringProcess } from './start-keyring-process.ts';
import { systemKeyring, type SystemKeyringOptions } from './system-keyring.ts';

const ITEM = { service: 'Credence', account: 'key:A' };
const LIMIT = 1_200;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-keyring-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Chain {
  readonly kept: Map<string, string>;
  readonly asked: KeyringRequest['operation'][];
  ended: number;
  readonly start: StartKeyringProcess;
}

/** What stands for the system’s keychain; a test changes what it says. */
function chain(
  change: (request: KeyringRequest, kept: Map<string, string>) => KeyringReply | 'silence' | null = () =>
    null,
): Chain {
  const kept = new Map<string, string>();
  const made: Chain = {
    kept,
    asked: [],
    ended: 0,
    start: (request) => {
      made.asked.push(request.operation);
      const reply = change(request, kept) ?? usual(request, kept);
      return {
        reply: reply === 'silence' ? new Promise(() => undefined) : Promise.resolve(reply),
        end: () => {
          made.ended += 1;
        },
      };
    },
  };
  return made;
}

function usual(
  { operation, service, account, stored = '', there }: KeyringRequest,
  kept: Map<string, string>,
): KeyringReply {
  const name = JSON.stringify([service, account]);
  if (operation === 'set' && there !== undefined && (kept.get(name) ?? null) !== there)
    return { state: 'changed' };
  if (operation === 'set') kept.set(name, stored);
  if (operation === 'remove') kept.delete(name);
  if (operation !== 'get') return { state: 'done' };
  const found = kept.get(name);
  return found === undefined ? { state: 'none' } : { state: 'found', stored: found };
}

const keyringOn = ({ start }: Chain, options: Partial<SystemKeyringOptions> = {}) =>
  systemKeyring({ start, variables: {}, probe: null, mostBytes: null, sealed: null, ...options });

const onSmall = (small: Chain, sealed = sealedFiles(folder, nodeSeal)) =>
  keyringOn(small, { mostBytes: LIMIT, sealed });

const probe = (answer: Partial<ProbeAnswer>): KeyringProbe => ({
  look: () => Promise.resolve({ state: 'there', closed: null, ...answer }),
});

describe('On a keychain without a limit', () => {
  const shared = keyringOn(chain());
  test.each(replacingKeyringContract(() => shared))('$title', ({ run }) => run());
});

describe('Replacing what was read', () => {
  test('takes one process that looks and writes, and another that reads it back.', async () => {
    const usualChain = chain();
    const keyring = keyringOn(usualChain);
    await keyring.set(ITEM, 'first');
    usualChain.asked.length = 0;
    expect(await keyring.replace(ITEM, 'first', 'second')).toEqual({ state: 'stored' });
    expect(usualChain.asked).toEqual(['set', 'get']);
    usualChain.asked.length = 0;
    expect(await keyring.replace(ITEM, 'first', 'third')).toEqual({ state: 'changed' });
    expect(usualChain.asked).toEqual(['set']);
  });

  test.each([
    ['there', null],
    ['absent', 'first'],
  ] as const)('takes none where it can be seen that something came or went (%s).', async (state, there) => {
    const usualChain = chain();
    const keyring = keyringOn(usualChain, { probe: probe({ state }) });
    expect(await keyring.replace(ITEM, there, 'second')).toEqual({ state: 'changed' });
    expect(usualChain.asked).toEqual([]);
  });

  test.each([
    [{ state: 'locked' }, 'locked'],
    [{ state: 'absent', closed: 'denied' }, 'denied'],
  ] as const)('says what is in the way (%#).', async (answer, state) => {
    const usualChain = chain();
    const keyring = keyringOn(usualChain, { probe: probe(answer) });
    expect(await keyring.replace(ITEM, null, 'second')).toEqual({ state });
    expect(usualChain.asked).toEqual([]);
  });

  test('is not done of what is too large to be compared, of items of others, nor where what is read back is another.', async () => {
    const small = chain();
    await onSmall(small).set(ITEM, 'x'.repeat(3_000));
    small.asked.length = 0;
    expect(await onSmall(small).replace(ITEM, 'x'.repeat(3_000), 'y')).toEqual({ state: 'changed' });
    expect(await onSmall(small).replace({ ...ITEM, service: 'Other' }, null, 'y')).toEqual({
      state: 'denied',
    });
    expect(small.asked).toEqual([]);
    const lying = chain(({ operation }) => (operation === 'set' ? { state: 'done' } : null));
    expect(await keyringOn(lying).replace(ITEM, null, 'y')).toEqual({ state: 'damaged' });
  });
});

test('A sign-in anew reads what is kept once, before anybody is sent away; storing then starts two processes.', async () => {
  const usualChain = chain();
  const clock = fixedClock();
  const tokens = organisationTokens({
    clock,
    scheduler: manualScheduler(clock),
    keyring: keyringOn(usualChain),
    notes: memoryNotes(),
    locks: memoryLocks(),
    oidc: memoryOidc(),
  });
  const provider = northwind();
  for (const round of [1, 2, 3]) {
    usualChain.asked.length = 0;
    const looked = await tokens.look(provider);
    expect(usualChain.asked).toEqual(['get']);
    expect(await tokens.keep(provider, madeUpTokens(round), looked)).toMatchObject({ ok: true });
    expect(usualChain.asked).toEqual(['get', 'set', 'get']);
  }
  // Something came meanwhile: then it is read once more.
  const looked = await tokens.look(provider);
  await tokens.keep(provider, madeUpTokens(4), looked);
  usualChain.asked.length = 0;
  expect(await tokens.keep(provider, madeUpTokens(5), looked)).toMatchObject({ ok: true });
  expect(usualChain.asked).toEqual(['set', 'get', 'set', 'get']);
});

describe('On a keychain with a limit', () => {
  test.each(replacingKeyringContract(() => onSmall(chain())))('$title', ({ run }) => run());

  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.string({ unit: 'grapheme', maxLength: 1_500 }),
    fc.nat(3_000).map((length) => 'k'.repeat(length)),
  );

  test('Whatever its size and script, it comes back, the limit holds, and no file shows any of it.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 4 }), async (written) => {
        const small = chain();
        const keyring = onSmall(small);
        for (const text of written) {
          const secret = Buffer.from(text).toString('latin1');
          expect(await keyring.set(ITEM, secret)).toEqual({ state: 'stored' });
          expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret });
          for (const stored of small.kept.values()) expect(stored.length).toBeLessThanOrEqual(LIMIT);
        }
        expect(await keyring.remove(ITEM)).toEqual({ state: 'removed' });
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const LARGE = 'sk-ant-made-up-'.repeat(200);

  test.runIf(onPosix)(
    'The file beside it is for this user alone, and holds nothing to be read.',
    async () => {
      const within = path.join(folder, 'own', 'sealed');
      await onSmall(chain(), sealedFiles(within, nodeSeal)).set(ITEM, LARGE);
      const [name = ''] = readdirSync(within);
      const file = path.join(within, name);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(within).mode & 0o777).toBe(0o700);
      expect(readFileSync(file, 'latin1')).not.toContain(
        Buffer.from('made-up').toString('base64url').slice(0, 8),
      );
      expect(name).not.toMatch(/key|Credence/);
    },
  );

  test('An older file never passes for a newer entry, and goes when nothing can need it any more.', async () => {
    const keyring = onSmall(chain());
    await keyring.set(ITEM, `${LARGE}1`);
    const [old = ''] = readdirSync(folder);
    await keyring.set(ITEM, `${LARGE}2`);
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: `${LARGE}2` });
    expect(readdirSync(folder)).toContain(old);
    utimesSync(path.join(folder, old), 0, 0);
    await keyring.set(ITEM, 'short');
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: 'short' });
    expect(readdirSync(folder)).not.toContain(old);
  });

  test('The file of an older entry does not open, even under the name of the newer one.', async () => {
    const keyring = onSmall(chain());
    await keyring.set(ITEM, `${LARGE}1`);
    const [first = ''] = readdirSync(folder);
    const bytes = readFileSync(path.join(folder, first));
    await keyring.set(ITEM, `${LARGE}2`);
    const second = readdirSync(folder).find((name) => name !== first) ?? '';
    writeFileSync(path.join(folder, second), bytes);
    expect(await keyring.get(ITEM)).toEqual({ state: 'damaged' });
  });

  test.each(['gone', 'cut off', 'empty'])('When the file is %s, that is told as damage.', async (how) => {
    const keyring = onSmall(chain());
    await keyring.set(ITEM, LARGE);
    const file = path.join(folder, readdirSync(folder)[0] ?? '');
    if (how === 'gone') rmSync(file);
    else writeFileSync(file, how === 'empty' ? '' : readFileSync(file).subarray(0, 100));
    expect(await keyring.get(ITEM)).toEqual({ state: 'damaged' });
  });

  test('When the entry cannot be written, the older secret is still what is found.', async () => {
    let refuses = false;
    const small = chain(({ operation }) => (refuses && operation === 'set' ? { state: 'denied' } : null));
    const keyring = onSmall(small);
    await keyring.set(ITEM, LARGE);
    refuses = true;
    expect(await keyring.set(ITEM, `${LARGE}2`)).toEqual({ state: 'denied' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: LARGE });
  });

  test('Without a folder for it, what is too large is refused, and nothing is asked.', async () => {
    const small = chain();
    const keyring = keyringOn(small, { mostBytes: LIMIT });
    expect(await keyring.set(ITEM, LARGE)).toEqual({ state: 'too-large' });
    expect(small.asked).toEqual([]);
  });

  test('Where the folder cannot be written, what is too large is refused.', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const keyring = onSmall(chain(), sealedFiles(path.join(folder, 'file', 'sealed'), nodeSeal));
    expect(await keyring.set(ITEM, LARGE)).toEqual({ state: 'too-large' });
  });
});

describe('A keychain that goes wrong', () => {
  const writes: readonly (readonly [string, Parameters<typeof chain>[0], string])[] = [
    [
      'says it has stored and has not',
      ({ operation }) => (operation === 'set' ? { state: 'done' } : null),
      'damaged',
    ],
    [
      'stores half of it',
      ({ operation, stored = '', ...item }, kept) =>
        operation === 'set' ? usual({ ...item, operation, stored: stored.slice(0, 20) }, kept) : null,
      'damaged',
    ],
    [
      'stores it and reports an error',
      (request, kept) => {
        if (request.operation !== 'set') return null;
        usual(request, kept);
        return { state: 'unreachable' };
      },
      'unreachable',
    ],
    ['is locked meanwhile', ({ operation }) => (operation === 'get' ? { state: 'locked' } : null), 'locked'],
    ['answers something else', () => ({ state: 'none' }), 'unreachable'],
  ];

  test.each(writes)('When it %s, the write is told as %s.', async (_, change, state) => {
    expect(await keyringOn(chain(change)).set(ITEM, 'secret')).toEqual({ state });
  });

  test('A write is read back by another process than the one that wrote.', async () => {
    const good = chain();
    await keyringOn(good).set(ITEM, 'secret');
    expect(good.asked).toEqual(['set', 'get']);
    expect(good.ended).toBe(2);
  });

  test('A process that says nothing is ended at the deadline.', async () => {
    const silent = chain(() => 'silence');
    const keyring = keyringOn(silent, { deadline: 50 });
    expect(await keyring.get(ITEM)).toEqual({ state: 'unreachable' });
    expect(await keyring.set(ITEM, 'x')).toEqual({ state: 'unreachable' });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'unreachable' });
    expect(silent.ended).toBe(3);
  });

  test('A process that cannot be started makes it unreachable.', async () => {
    const keyring = systemKeyring({
      start: () => {
        throw new Error('EMFILE');
      },
      variables: {},
      probe: null,
      mostBytes: null,
      sealed: null,
    });
    expect(await keyring.get(ITEM)).toEqual({ state: 'unreachable' });
  });

  test('An item that the look sees and the question does not is not called absent.', async () => {
    const keyring = keyringOn(chain(), { probe: probe({ state: 'there' }) });
    expect(await keyring.get(ITEM)).toEqual({ state: 'unreachable' });
  });

  test('An item that goes between the look and the question is absent.', async () => {
    let looks = 0;
    const keyring = keyringOn(chain(), {
      probe: { look: () => Promise.resolve({ state: looks++ === 0 ? 'there' : 'absent', closed: null }) },
    });
    expect(await keyring.get(ITEM)).toEqual({ state: 'absent' });
  });

  test('An item that is still there after it was removed is not called removed.', async () => {
    const keyring = keyringOn(chain(), { probe: probe({ state: 'there' }) });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'damaged' });
  });
});

describe('What the look says', () => {
  test.each(['locked', 'unreachable', 'denied', 'ambiguous'] as const)(
    'If it is %s, that is the answer, and no process is started.',
    async (state) => {
      const never = chain();
      const keyring = keyringOn(never, { probe: probe({ state, closed: state }) });
      expect(await keyring.get(ITEM)).toEqual({ state });
      expect(await keyring.set(ITEM, 'x')).toEqual({ state });
      expect(await keyring.remove(ITEM)).toEqual({ state });
      expect(never.asked).toEqual([]);
    },
  );

  test('If nothing new can be kept, a write says so, and a read is not concerned.', async () => {
    const kept = chain();
    await keyringOn(kept).set(ITEM, 'x');
    const keyring = keyringOn(kept, { probe: probe({ closed: 'locked' }) });
    expect(await keyring.set(ITEM, 'y')).toEqual({ state: 'locked' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: 'x' });
  });
});

test.each(['Claude Code-credentials', 'Claude Code', 'credence', 'Credence ', '', 'gh:github.com'])(
  'Items of the service %j are neither read nor written nor removed.',
  async (service) => {
    const never = chain();
    const keyring = keyringOn(never);
    const item = { service, account: 'somebody' };
    expect(await keyring.get(item)).toEqual({ state: 'denied' });
    expect(await keyring.set(item, 'x')).toEqual({ state: 'denied' });
    expect(await keyring.remove(item)).toEqual({ state: 'denied' });
    expect(never.asked).toEqual([]);
  },
);
