import { timingSafeEqual } from 'node:crypto';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type {
  KeyringAnswer,
  KeyringItem,
  KeyringTrouble,
  KeyringWrite,
  ReplacingKeyring,
} from '../../../shared/ports/keyring.ts';
import { askKeyringProcess } from './ask-keyring-process.ts';
import { frame, unframe, type Framed } from './framed-secret.ts';
import type { KeyringReply, KeyringRequest } from './keyring-message.ts';
import type { KeyringProbe, ProbeAnswer } from './keyring-probe.ts';
import type { SealedFiles } from './sealed-files.ts';
import type { StartKeyringProcess } from './start-keyring-process.ts';

export interface SystemKeyringOptions {
  readonly start: StartKeyringProcess;
  /** The whole environment of each process that is started. */
  readonly variables: Readonly<Record<string, string>>;
  /** `null` where the keychain itself can be asked without a prompt, and says for certain when it has no such item. */
  readonly probe: KeyringProbe | null;
  /** Bytes that one item can hold, as they are stored; `null`: as many as there are. */
  readonly mostBytes: number | null;
  /** For what is larger; `null`: it is refused. */
  readonly sealed: SealedFiles | null;
  /** Milliseconds for one call, whatever it needs. */
  readonly deadline?: number;
}

const DEADLINE = 5_000;
/** Everything this program keeps is under this service. Items of others are not even read here: see `ForeignKeyring`. */
const OWN_SERVICE = 'Credence';
const DENIED: KeyringTrouble = { state: 'denied' };
const CHANGED = { state: 'changed' } as const;

type Ask = (
  operation: KeyringRequest['operation'],
  item: KeyringItem,
  more?: Pick<KeyringRequest, 'stored' | 'there'>,
) => Promise<KeyringReply>;

/** Within one deadline. */
interface Call {
  readonly ask: Ask;
  readonly look: (item: KeyringItem) => Promise<ProbeAnswer>;
}

/** The operating system’s keychain, without ever making it ask the user for a password: what is locked is told as locked. */
export function systemKeyring(options: SystemKeyringOptions): ReplacingKeyring {
  const { probe, mostBytes } = options;
  return {
    get: (item) =>
      isOwn(item) ? within(options, (call) => get(call, item, options)) : Promise.resolve(DENIED),
    set: async (item, secret) => {
      if (!isOwn(item)) return DENIED;
      return within(options, async (call): Promise<KeyringWrite> => {
        const written = await write(call, item, secret, await call.look(item), options);
        // Nothing had to be there.
        return written.state === 'changed' ? { state: 'unreachable' } : written;
      });
    },
    replace: async (item, there, secret) => {
      if (!isOwn(item)) return DENIED;
      const before = there === null ? null : frame(item, { kind: 'whole', payload: there });
      // It lies in a file, under a key that nobody has remembered.
      if (before !== null && mostBytes !== null && before.length > mostBytes) return CHANGED;
      return within(options, async (call) => {
        const looked = await call.look(item);
        if (looked.state === 'absent' && before !== null) return CHANGED;
        if (looked.state === 'there' && before === null && probe !== null) return CHANGED;
        return write(call, item, secret, looked, options, before);
      });
    },
    remove: async (item) => {
      if (!isOwn(item)) return DENIED;
      return within(options, async (call) => {
        const { state } = await call.look(item);
        if (state !== 'there' && state !== 'absent') return { state };
        if (state === 'there') {
          const reply = await call.ask('remove', item);
          if (reply.state !== 'done') return troubleOf(reply);
          const after = options.probe === null ? 'absent' : (await call.look(item)).state;
          if (after !== 'absent') return { state: after === 'there' ? 'damaged' : after };
        }
        options.sealed?.prune(item, null);
        return { state: 'removed' };
      });
    },
  };
}

function isOwn({ service }: KeyringItem): boolean {
  return service === OWN_SERVICE;
}

async function get(
  { ask, look }: Call,
  item: KeyringItem,
  { probe, sealed }: SystemKeyringOptions,
): Promise<KeyringAnswer> {
  const { state } = await look(item);
  if (state !== 'there') return { state };
  const reply = await ask('get', item);
  if (reply.state === 'none') {
    // It may have been removed since it was looked for. If not, nobody knows.
    const gone = probe === null || (await look(item)).state === 'absent';
    return { state: gone ? 'absent' : 'unreachable' };
  }
  if (reply.state !== 'found') return troubleOf(reply);
  const framed = unframe(item, reply.stored);
  if (framed === null) return { state: 'damaged' };
  const secret = framed.kind === 'whole' ? framed.payload : (sealed?.open(item, framed.payload) ?? null);
  return secret === null ? { state: 'damaged' } : { state: 'found', secret };
}

/** `null`: it does not fit. */
function toFrame(
  item: KeyringItem,
  secret: Bytes,
  mostBytes: number | null,
  sealed: SealedFiles | null,
): Framed | null {
  const whole: Framed = { kind: 'whole', payload: secret };
  if (mostBytes === null || frame(item, whole).length <= mostBytes) return whole;
  const payload = sealed?.put(item, secret) ?? null;
  return payload === null ? null : { kind: 'envelope', payload };
}

async function write(
  call: Call,
  item: KeyringItem,
  secret: Bytes,
  { state, closed }: ProbeAnswer,
  { mostBytes, sealed }: SystemKeyringOptions,
  there?: string | null,
): Promise<KeyringWrite | typeof CHANGED> {
  if (state !== 'there' && state !== 'absent') return { state };
  if (closed !== null) return { state: closed };
  const framed = toFrame(item, secret, mostBytes, sealed);
  if (framed === null) return { state: 'too-large' };
  const written = await writeFrame(call, item, framed, there);
  if (written.state === 'stored') sealed?.prune(item, framed.kind === 'envelope' ? framed.payload : null);
  return written;
}

/** Another process reads it back: the one that wrote it might have it from its own memory. */
async function writeFrame(
  { ask }: Call,
  item: KeyringItem,
  framed: Framed,
  there: string | null | undefined,
): Promise<KeyringWrite | typeof CHANGED> {
  const stored = frame(item, framed);
  const written = await ask('set', item, { stored, ...(there === undefined ? {} : { there }) });
  if (written.state === 'changed') return CHANGED;
  if (written.state !== 'done') return troubleOf(written);
  const back = await ask('get', item);
  if (back.state === 'none') return { state: 'damaged' };
  if (back.state !== 'found') return troubleOf(back);
  return areEqual(back.stored, stored) ? { state: 'stored' } : { state: 'damaged' };
}

function areEqual(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1')];
  return first.length === second.length && timingSafeEqual(first, second);
}

function troubleOf({ state }: KeyringReply): KeyringTrouble {
  return state === 'found' || state === 'none' || state === 'done' || state === 'changed'
    ? { state: 'unreachable' }
    : { state };
}

async function within<Answer>(
  { start, variables, probe, deadline = DEADLINE }: SystemKeyringOptions,
  run: (call: Call) => Promise<Answer>,
): Promise<Answer> {
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort();
  }, deadline);
  try {
    return await run({
      ask: (operation, item, more = {}) =>
        askKeyringProcess(start, { operation, ...item, ...more }, variables, timeout.signal),
      look: (item) => probe?.look(item, timeout.signal) ?? Promise.resolve({ state: 'there', closed: null }),
    });
  } finally {
    clearTimeout(timer);
  }
}
