import type { ChangeStore } from '../ports/change-store.ts';
import type { Wish } from '../usecases/changes/plan-request.ts';
import type { ChangeWorldOptions } from './change-world.ts';
import { SOME_NOON } from './fixed-clock.ts';
import { madeUpChangeDesk, type ChangeSeat } from './made-up-change-desk.ts';
import { memoryChangeStore } from './memory-change-store.ts';

// A made-up desk with a key in two files and a login behind it, and what tests do there.

export const KEY = 'made-up-key-0123456789-0123456789';
export const TOKEN = 'made-up-token-9876543210-9876543210';
export const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;
export const ZSHRC = '/home/p/.zshrc';
export const ENVRC = '/home/p/.envrc';
const LOGIN = JSON.stringify({
  claudeAiOauth: {
    accessToken: 'made-up-login-access',
    refreshToken: 'made-up-login-refresh',
    expiresAt: SOME_NOON + 3_600_000,
    scopes: ['user:inference'],
  },
});
export const FILES = {
  '~/.claude/.credentials.json': LOGIN,
  '~/.zshrc': EXPORT,
  '~/.envrc': EXPORT,
};
export const CLEAR: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };

export const sitAtChanges = (options: ChangeWorldOptions = {}): Promise<ChangeSeat> =>
  madeUpChangeDesk({ files: FILES, ...options });

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
export async function sitAtGate(): Promise<
  ChangeSeat & { readonly planning: Gate; readonly changing: Gate }
> {
  const planning = gate();
  const changing = gate();
  const { world } = await sitAtChanges();
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

/** Clears the key; the id of that change. */
export async function applied(seat: ChangeSeat): Promise<string> {
  await seat.desk.startChange(CLEAR);
  await seat.desk.apply(seat.task('plan').prepared.plan.id);
  return seat.task('done').record.id;
}

/** A bug in what keeps changes: it throws. */
export function brokenStore(): ChangeStore {
  const store = memoryChangeStore();
  return { ...store, alone: () => Promise.reject(new Error('made up')) };
}
