import { assertNever } from '../../core/assert-never.ts';
import type { WriteRefusal } from '../../core/remedies/write-refusal.ts';
import type { ChangePorts } from './change-ports.ts';
import type { RecordedStep, StepContent } from './recorded-step.ts';

export type DriverPorts = Pick<ChangePorts, 'writer' | 'variableStores' | 'claudeJsonLock' | 'vault'>;

/** How things stand with one step. */
export type Standing = 'before' | 'after' | 'other' | { readonly refused: StepRefusal };

export type StepRefusal =
  | WriteRefusal
  /** Claude Code is writing its file, or left its lock behind. */
  | 'claude-code-writes'
  /** Its lock is dated in the future, so not even Claude Code will ever remove it. */
  | 'lock-from-the-future'
  /** The keychain or the session’s store did not do it. */
  | 'store-failed'
  /** The value could only be put back on a command line, where others could read it. */
  | 'not-undoable';

export type StepResult = { readonly ok: true } | { readonly ok: false; readonly why: StepRefusal };

/** Does one step, there and back. Each is done twice without harm. */
export interface StepDriver {
  standing(): Promise<Standing>;
  forward(): Promise<StepResult>;
  back(): Promise<StepResult>;
}

const DONE: StepResult = { ok: true };
const failed = (why: StepRefusal): StepResult => ({ ok: false, why });
/** Claude Code holds its lock while it writes one file: milliseconds. */
const LOCK_PATIENCE = 5_000;

export function driverOf(ports: DriverPorts, step: RecordedStep, content: StepContent): StepDriver {
  switch (step.kind) {
    case 'file':
      return fileDriver(ports, step, content);
    case 'mode':
      return modeDriver(ports, step);
    case 'variable':
      return variableDriver(ports, step, content);
    case 'key':
      return keyDriver(ports, step, content);
    default:
      return assertNever(step);
  }
}

type Of<Kind extends RecordedStep['kind']> = Extract<RecordedStep, { readonly kind: Kind }>;

function fileDriver(ports: DriverPorts, step: Of<'file'>, content: StepContent): StepDriver {
  const { writer } = ports;
  const { path, before, after } = step;
  const alone = (run: () => Promise<StepResult>): Promise<StepResult> =>
    step.locked ? underLock(ports, path, run) : run();
  const settled = (answer: Awaited<ReturnType<typeof writer.replace>>): StepResult =>
    answer.ok ? DONE : failed(answer.why);
  return {
    standing: async () => {
      const look = await writer.look(path);
      if (look.state === 'refused') return { refused: look.why };
      const digest = look.state === 'absent' ? null : look.digest;
      return digest === before ? 'before' : digest === after ? 'after' : 'other';
    },
    forward: () =>
      alone(async () =>
        content.after === null
          ? failed('changed')
          : settled(await writer.replace(path, before, content.after)),
      ),
    back: () =>
      alone(async () => {
        if (before === null) return settled(await writer.remove(path, after));
        return content.before === null
          ? failed('changed')
          : settled(await writer.replace(path, after, content.before));
      }),
  };
}

async function underLock(
  { claudeJsonLock }: DriverPorts,
  path: string,
  run: () => Promise<StepResult>,
): Promise<StepResult> {
  // One that could not be removed by an earlier run, which is over: steps are done by one run at a time.
  await claudeJsonLock.sweep(path);
  const held = await claudeJsonLock.hold(path, LOCK_PATIENCE, async (lock) =>
    // After a long sleep of the machine Claude Code may have taken it over.
    lock.isOurs() ? run() : failed('claude-code-writes'),
  );
  switch (held.state) {
    case 'held':
      return held.value;
    case 'busy':
      return failed(held.dated === 'future' ? 'lock-from-the-future' : 'claude-code-writes');
    case 'refused':
      return failed(held.why === 'denied' ? 'denied' : 'failed');
  }
}

function modeDriver({ writer }: DriverPorts, { path, digest, before, after }: Of<'mode'>): StepDriver {
  const change = async (mode: number): Promise<StepResult> => {
    const answer = await writer.changeMode(path, digest, mode);
    return answer.ok ? DONE : failed(answer.why);
  };
  return {
    standing: async () => {
      const look = await writer.look(path);
      if (look.state === 'refused') return { refused: look.why };
      if (look.state === 'absent' || look.digest !== digest) return 'other';
      return look.mode === before ? 'before' : look.mode === after ? 'after' : 'other';
    },
    forward: () => change(after),
    back: () => change(before),
  };
}

function variableDriver(
  { variableStores }: DriverPorts,
  { store: id, name, type }: Of<'variable'>,
  { before }: StepContent,
): StepDriver {
  const store = variableStores.find((known) => known.id === id);
  return {
    standing: async () => {
      const found = await store?.read(name);
      if (found?.state === 'absent') return 'after';
      if (found?.state !== 'set') return { refused: 'store-failed' };
      return found.value === before ? 'before' : 'other';
    },
    forward: async () => ((await store?.unset(name)) === 'done' ? DONE : failed('store-failed')),
    back: async () => {
      if (before === null) return failed('store-failed');
      const answer = await store?.restore(name, { state: 'set', value: before, type });
      if (answer === 'not-possible') return failed('not-undoable');
      return answer === 'done' ? DONE : failed('store-failed');
    },
  };
}

function keyDriver(
  { vault }: DriverPorts,
  { name, inClear }: Of<'key'>,
  { before, after }: StepContent,
): StepDriver {
  const put = async (secret: string | null): Promise<StepResult> => {
    const done = secret === null ? await vault.remove(name) : await vault.write(name, secret, inClear);
    return done ? DONE : failed('store-failed');
  };
  return {
    standing: async () => {
      const found = await vault.read(name);
      if (found.state === 'unreadable') return { refused: 'store-failed' };
      // Without a keychain there is nothing in it; what is kept in clear would have been found.
      if (found.state === 'missing' && !inClear) return { refused: 'store-failed' };
      const secret = found.state === 'found' ? found.secret : null;
      return secret === after ? 'after' : secret === before ? 'before' : 'other';
    },
    forward: () => put(after),
    back: () => put(before),
  };
}
