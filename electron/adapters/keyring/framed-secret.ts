import { createHash, timingSafeEqual } from 'node:crypto';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { KeyringItem } from '../../../shared/ports/keyring.ts';

/** `whole`: the secret itself; `envelope`: what opens a file that holds it. */
export type FrameKind = 'whole' | 'envelope';

export interface Framed {
  readonly kind: FrameKind;
  readonly payload: Bytes;
}

const MAGIC = 'CRD';
const VERSION = 1;
const KINDS: readonly FrameKind[] = ['whole', 'envelope'];
const HEAD_BYTES = MAGIC.length + 2;
const SUM_BYTES = 16;

/**
 * What is put into the keychain: base64url of a mark, a version, the kind, a checksum and the payload, in one line. Bytes survive
 * every keychain that way (some take text only, and one lost a whole collection over a line break in a secret), and what another
 * program wrote, what was cut off, or what belongs to another item is told apart.
 */
export function frame(item: KeyringItem, { kind, payload }: Framed): string {
  const bytes = Buffer.from(payload, 'latin1');
  const head = Buffer.concat([Buffer.from(MAGIC, 'latin1'), Buffer.from([VERSION, KINDS.indexOf(kind)])]);
  return Buffer.concat([head, checksum(item, head, bytes), bytes]).toString('base64url');
}

/** `null`: not one of ours, of a later version, or not whole. */
export function unframe(item: KeyringItem, stored: string): Framed | null {
  const all = Buffer.from(stored, 'base64url');
  // Node passes over what is no base64url.
  if (all.toString('base64url') !== stored || all.length < HEAD_BYTES + SUM_BYTES) return null;
  const head = all.subarray(0, HEAD_BYTES);
  const kind = KINDS[head[MAGIC.length + 1] ?? KINDS.length];
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC || head[MAGIC.length] !== VERSION) return null;
  if (kind === undefined) return null;
  const sum = all.subarray(HEAD_BYTES, HEAD_BYTES + SUM_BYTES);
  const payload = all.subarray(HEAD_BYTES + SUM_BYTES);
  if (!timingSafeEqual(sum, checksum(item, head, payload))) return null;
  return { kind, payload: payload.toString('latin1') };
}

/** Over the item's name too, so that one item's secret does not pass for another's. */
function checksum({ service, account }: KeyringItem, head: Uint8Array, payload: Uint8Array): Uint8Array {
  const name = JSON.stringify([service, account]);
  return createHash('sha256')
    .update(head)
    .update(name)
    .update('\0')
    .update(payload)
    .digest()
    .subarray(0, SUM_BYTES);
}
