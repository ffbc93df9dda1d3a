import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insecureFileKeyring } from '../../electron/adapters/keyring/insecure-file-keyring.ts';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import type { ReplacingKeyring } from '../../shared/ports/keyring.ts';
import { replacingKeyringContract } from '../../shared/testing/keyring-contract.ts';
import { moveToKeyring } from '../../shared/usecases/keyring-services/move-to-keyring.ts';
import { preferKeyring } from '../../shared/usecases/keyring-services/prefer-keyring.ts';
import { LOGIN_COLLECTION, madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { onLinux } from '../support/on-system.ts';
import { addTwin, alias, DEADLINE, ITEM, KEY, keyringIn, keyringLab, PROCESS, timed } from './keyring-lab.ts';

const lab = keyringLab();
/** Milliseconds, for a machine that has other work too. */
const PATIENCE = 3_000;

describe.runIf(onLinux)('With gnome-keyring', () => {
  let session: MadeUpSession;
  let daemon: ChildProcess;
  let keyring: ReplacingKeyring;

  beforeEach(async () => {
    session = await madeUpSession(lab.base);
    daemon = await session.startKeyring();
    keyring = keyringIn(session.variables);
  });

  afterEach(async () => {
    await session.end();
  });

  test('It holds to the contract.', async () => {
    for (const { title, run } of replacingKeyringContract(() => keyring)) {
      await run()?.catch((error: unknown) => {
        throw new Error(title, { cause: error });
      });
    }
    expect(session.prompts()).toBe(0);
  });

  test('What is stored is found, also by another process after the daemon has been started again.', async () => {
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'stored' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    expect(await keyring.get({ ...ITEM, account: 'key:NONE' })).toEqual({ state: 'absent' });
    daemon.kill('SIGTERM');
    await new Promise((resolve) => daemon.once('close', resolve));
    await session.startKeyring();
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'removed' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'absent' });
  });

  test('A locked one is told as locked, for what is there and for what is not, and nobody is asked.', async () => {
    await keyring.set(ITEM, KEY);
    await session.lock();
    expect(await keyring.get(ITEM)).toEqual({ state: 'locked' });
    expect(await keyring.get({ ...ITEM, account: 'key:NONE' })).toEqual({ state: 'locked' });
    expect(await keyring.set(ITEM, 'other')).toEqual({ state: 'locked' });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'locked' });
    expect(session.prompts()).toBe(0);
  });

  test('The counter of prompts counts: the package alone does ask.', async () => {
    await keyring.set(ITEM, KEY);
    await session.lock();
    const { state } = await nodeKeyringProcess(PROCESS)(
      { operation: 'get', ...ITEM },
      session.variables,
    ).reply.then((reply) => reply ?? { state: 'none' });
    expect(state).toBe('locked');
    expect(session.prompts()).toBe(1);
  });

  test('A frozen one holds nobody up for longer than the deadline, and timers go on.', async () => {
    await keyring.set(ITEM, KEY);
    daemon.kill('SIGSTOP');
    try {
      const [get, set] = await Promise.all([
        timed(() => keyring.get(ITEM)),
        timed(() => keyring.set(ITEM, 'other')),
      ]);
      for (const { answer, took, ticks } of [get, set]) {
        expect(answer).toEqual({ state: 'unreachable' });
        expect(took).toBeLessThan(DEADLINE + PATIENCE);
        expect(ticks).toBeGreaterThan(100);
      }
    } finally {
      daemon.kill('SIGCONT');
    }
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });

  test('One that freezes between the look and the question is ended with its process.', async () => {
    await keyring.set(ITEM, KEY);
    const start = nodeKeyringProcess(PROCESS);
    const system = {
      platform: 'linux',
      variables: session.variables,
      userId: process.getuid?.() ?? 0,
    } as const;
    const freezing = keyringOfSystem({
      environment: system,
      keychain: null,
      folder: null,
      start: (request, variables) => {
        daemon.kill('SIGSTOP');
        return start(request, variables);
      },
    });
    const asked = await timed(() => freezing.get(ITEM));
    daemon.kill('SIGCONT');
    expect(asked.answer).toEqual({ state: 'unreachable' });
    expect(asked.took).toBeLessThan(DEADLINE + PATIENCE);
    expect(asked.ticks).toBeGreaterThan(50);
  });

  test('A killed one is started again by the bus, locked; what was stored is not absent.', async () => {
    await keyring.set(ITEM, KEY);
    daemon.kill('SIGKILL');
    await new Promise((resolve) => daemon.once('close', resolve));
    expect(await keyring.get(ITEM)).toEqual({ state: 'locked' });
    expect(session.prompts()).toBe(0);
  });

  test('Two items of one name are ambiguous, and neither is read, changed or removed.', async () => {
    await keyring.set(ITEM, KEY);
    await addTwin(session);
    expect(await keyring.get(ITEM)).toEqual({ state: 'ambiguous' });
    expect(await keyring.set(ITEM, 'other')).toEqual({ state: 'ambiguous' });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'ambiguous' });
  });

  test('What another program has put under the name is damaged, and can be replaced.', async () => {
    await addTwin(session);
    expect(await keyring.get(ITEM)).toEqual({ state: 'damaged' });
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'stored' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });

  test('Where new items would be forgotten by a logout, nothing is stored.', async () => {
    await alias(session, '/org/freedesktop/secrets/collection/session');
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'unreachable' });
    await alias(session, LOGIN_COLLECTION);
    expect(await keyring.get(ITEM)).toEqual({ state: 'absent' });
  });

  test('What was kept in clear moves here, and is gone from the file after that only.', async () => {
    const insecure = insecureFileKeyring(path.join(session.home, 'insecure'));
    const without = preferKeyring(keyringIn({ HOME: session.home }), insecure);
    expect(await without.set(ITEM, KEY)).toEqual({ state: 'stored' });
    await session.lock();
    expect(await moveToKeyring(insecure, keyring)).toEqual({ moved: [], left: [ITEM] });
    expect(await without.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    await session.startKeyring();
    expect(await moveToKeyring(insecure, keyring)).toEqual({ moved: [ITEM], left: [] });
    expect(insecure.items()).toEqual([]);
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });
});
