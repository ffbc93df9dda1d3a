import type { KeyringTrouble } from '../../../shared/ports/keyring.ts';

/** What the process that talks to the keychain is asked, once in its life. */
export interface KeyringRequest {
  readonly operation: 'get' | 'set' | 'remove';
  readonly service: string;
  readonly account: string;
  /** For `set`: bytes, one character for each. */
  readonly stored?: string;
  /** For `set`: what has to be there for it; `null`: nothing. Absent: whatever is there. */
  readonly there?: string | null;
}

export type KeyringReply =
  | { readonly state: 'found'; readonly stored: string }
  /** Not seen; that it is not there needs more than that. */
  | { readonly state: 'none' }
  | { readonly state: 'done' }
  /** Something else is there than had to be; nothing was written. */
  | { readonly state: 'changed' }
  | { readonly state: KeyringTrouble['state'] };

const LENGTH_BYTES = 4;
/** No secret is this large; what says so is no message. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A length of four bytes, then JSON: what is cut off by a process that ends is not taken for whole. */
export function encodeMessage(message: KeyringRequest | KeyringReply): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** `incomplete`: more is to come. `null`: no message, ever. */
export function decodeMessage(bytes: Buffer): Readonly<Record<string, unknown>> | 'incomplete' | null {
  if (bytes.length < LENGTH_BYTES) return 'incomplete';
  const length = bytes.readUInt32BE();
  if (length > MOST_BYTES) return null;
  if (bytes.length < LENGTH_BYTES + length) return 'incomplete';
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + length));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

export function requestOf(value: Readonly<Record<string, unknown>>): KeyringRequest | null {
  const { operation, service, account, stored, there } = value;
  if (operation !== 'get' && operation !== 'set' && operation !== 'remove') return null;
  if (typeof service !== 'string' || typeof account !== 'string') return null;
  return {
    operation,
    service,
    account,
    ...(typeof stored === 'string' ? { stored } : {}),
    ...(typeof there === 'string' || there === null ? { there } : {}),
  };
}

const TROUBLES: readonly KeyringTrouble['state'][] = [
  'locked',
  'unreachable',
  'denied',
  'ambiguous',
  'damaged',
];

export function replyOf(value: Readonly<Record<string, unknown>>): KeyringReply | null {
  const { state, stored } = value;
  if (state === 'found') return typeof stored === 'string' ? { state, stored } : null;
  if (state === 'none' || state === 'done' || state === 'changed') return { state };
  const trouble = TROUBLES.find((name) => name === state);
  return trouble === undefined ? null : { state: trouble };
}
