import type { LikelyOrigin, Origin } from '../origin.ts';
import type { Fingerprint, FingerprintOf } from '../secret.ts';
import type { WatchedVariable } from '../sources/index.ts';
import { parseAddress, type Address } from './address.ts';
import { isSendable } from './header-value.ts';
import { isOn } from './switch.ts';
import { parseCustomHeaders, type CustomHeaders } from './custom-headers.ts';
import { publicUrl } from './public-url.ts';
import { jwtExpiry } from '../jwt-expiry.ts';
import { bedrockKeyExpiry } from '../bedrock-key-expiry.ts';

/** What a person answered when Claude Code asked about an API key. */
export type Approval = 'approved' | 'rejected' | 'unanswered';

/** The last 20 characters of each API key that was asked about, from `.claude.json`. */
export interface ApprovalTails {
  readonly approved: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
}

/** One variable at one place, without its secret. */
export interface Entry {
  readonly name: string;
  readonly origin: Origin;
  /** `blank` is white space only; Claude Code takes both `empty` and `blank` for not set. */
  readonly state: 'value' | 'blank' | 'empty';
  /** Of the trimmed value; `null` when there is none, or when the value is no secret. */
  readonly fingerprint: Fingerprint | null;
  /** For switches. */
  readonly on: boolean;
  /** The value where it is no secret (`path`, `url`, `text`), else `null`. */
  readonly text: string | null;
  /** For the API key. */
  readonly approval: Approval | null;
  /** For custom headers. */
  readonly headers: CustomHeaders | null;
  /** For addresses. */
  readonly address?: Address;
  /** Whether the value holds a character that no header can carry: Claude Code then fails the request (measured). */
  readonly unsendable?: true;
  /** When the value itself says so (a JWT, a Bedrock short-term key): milliseconds since 1970. */
  readonly endsAt: number | null;
  /** For values of the process: the lines of start-up files that probably set it. */
  readonly likelyFrom?: readonly LikelyOrigin[];
}

/** The number of characters of a key that Claude Code remembers (measured). */
const TAIL = 20;

/**
 * Turns a raw value into what may be kept of it. The raw text goes to `fingerprintOf` and nowhere else.
 *
 * @param text the value as the process would see it, not trimmed
 */
export function makeEntry(
  variable: WatchedVariable,
  text: string,
  origin: Origin,
  fingerprintOf: FingerprintOf,
  tails: ApprovalTails,
): Entry {
  const trimmed = text.trim();
  const state = text === '' ? 'empty' : trimmed === '' ? 'blank' : 'value';
  const secret = variable.kind === 'secret' && state === 'value';
  return {
    name: variable.name,
    origin,
    state,
    fingerprint: secret ? fingerprintOf(trimmed) : null,
    on: variable.kind === 'switch' && isOn(text),
    text: publicText(variable, text),
    approval: secret && variable.source === 'api-key' ? approvalOf(trimmed, tails) : null,
    headers: variable.kind === 'headers' ? parseCustomHeaders(text, fingerprintOf) : null,
    ...(variable.kind === 'url' && state === 'value' ? { address: parseAddress(text, fingerprintOf) } : {}),
    ...(secret && !isSendable(trimmed) ? { unsendable: true } : {}),
    endsAt: secret ? (bedrockKeyExpiry(trimmed) ?? jwtExpiry(trimmed)) : null,
  };
}

function publicText(variable: WatchedVariable, text: string): string | null {
  switch (variable.kind) {
    case 'url':
      return publicUrl(text.trim());
    case 'path':
    case 'text':
    case 'descriptor':
      return text;
    case 'secret':
    case 'switch':
    case 'headers':
      return null;
  }
}

/** What the remembered answers say of this key. */
export function approvalOf(key: string, tails: ApprovalTails): Approval {
  const tail = key.slice(-TAIL);
  if (tails.approved.has(tail)) return 'approved';
  return tails.rejected.has(tail) ? 'rejected' : 'unanswered';
}
