import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { ROOT } from '../../build/root.mjs';
import { connectToBus } from '../../electron/adapters/keyring/dbus/session-bus.ts';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import type { ReplacingKeyring } from '../../shared/ports/keyring.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { LOGIN_COLLECTION, type MadeUpSession } from '../support/made-up-keyring.ts';

/** The process that asks the keychain, as it is built. */
export const PROCESS = path.join(ROOT, 'out/cli/keyring-process.cjs');
export const MARK = 'made-up-7Qx2-secret';
export const KEY = `sk-ant-api03-${MARK}`;
export const ITEM = { service: 'Credence', account: 'key:ANTHROPIC_API_KEY' };

/** Milliseconds: the adapter’s. */
export const DEADLINE = 5_000;

export interface KeyringLab {
  readonly base: string;
  readonly credence: BuiltCommand;
}

/** A short folder with the built command and what it needs, for the tests of one file. */
export function keyringLab(): KeyringLab {
  let made: KeyringLab | null = null;
  const there = (): KeyringLab => {
    if (made === null) throw new Error('nothing is there before the first test begins');
    return made;
  };
  beforeAll(() => {
    expect(existsSync(PROCESS), 'build it first with “npm run build”').toBe(true);
    // Sockets have a limit of 108 bytes.
    const base = realpathSync(mkdtempSync('/tmp/credence-k-'));
    made = { base, credence: builtCommand(base) };
    // As a package manager lays it.
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(base, 'lib', 'node_modules'));
  });
  afterAll(() => {
    if (made !== null) rmSync(made.base, { recursive: true, force: true });
  });
  return {
    get base() {
      return there().base;
    },
    get credence() {
      return there().credence;
    },
  };
}

export function keyringIn(variables: Readonly<Record<string, string | undefined>>): ReplacingKeyring {
  return keyringOfSystem({
    environment: { platform: 'linux', variables, userId: process.getuid?.() ?? 0 },
    keychain: null,
    folder: null,
    start: nodeKeyringProcess(PROCESS),
  });
}

export interface Timed<Answer> {
  readonly answer: Answer;
  /** Milliseconds. */
  readonly took: number;
  /** How often a timer of 10 ms went off meanwhile. */
  readonly ticks: number;
}

export async function timed<Answer>(run: () => Promise<Answer>): Promise<Timed<Answer>> {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 10);
  const started = performance.now();
  const answer = await run();
  const took = performance.now() - started;
  clearInterval(timer);
  return { answer, took, ticks };
}

/** Lets new items of that session go to that collection. */
export async function alias(session: MadeUpSession, collection: string): Promise<void> {
  const reply = await session.call({
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'SetAlias',
    signature: 'so',
    values: ['default', collection],
  });
  expect(reply.state).toBe('answered');
}

/** Another item that answers to the same name, as another program could have made it. */
export async function addTwin({ socket }: MadeUpSession): Promise<void> {
  const bus = await connectToBus(socket, process.getuid?.() ?? 0, AbortSignal.timeout(10_000));
  if (bus === null) throw new Error('no bus');
  const destination = 'org.freedesktop.secrets';
  const opened = await bus.call({
    destination,
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    values: ['plain', { type: 's', value: '' }],
  });
  const session = opened.state === 'answered' ? opened.values[1] : undefined;
  if (session === undefined) throw new Error('no session');
  const names = [
    ['service', ITEM.service],
    ['username', ITEM.account],
  ];
  const made = await bus.call({
    destination,
    path: LOGIN_COLLECTION,
    interface: 'org.freedesktop.Secret.Collection',
    member: 'CreateItem',
    signature: 'a{sv}(oayays)b',
    values: [
      [
        ['org.freedesktop.Secret.Item.Label', { type: 's', value: 'twin' }],
        ['org.freedesktop.Secret.Item.Attributes', { type: 'a{ss}', value: names }],
      ],
      [session, [], [...Buffer.from('theirs')], 'text/plain'],
      false,
    ],
  });
  expect(made.state).toBe('answered');
  bus.end();
}
