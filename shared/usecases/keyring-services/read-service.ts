import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeyringAnswer, KeyringItem, KeyringTrouble } from '../../ports/keyring.ts';
import type { Scheduler } from '../../ports/scheduler.ts';

/** One kind of credential in a keychain: where it is, and what it must look like. A file of its own; there is no list of them. */
export interface ServiceDefinition<Value> {
  readonly item: KeyringItem;
  /** `null`: it is not of this service’s form. Looks only: what is kept stays the bytes that were read. */
  readonly parse: (raw: Bytes) => Value | null;
  /** @param now milliseconds since 1970 */
  readonly validate: (value: Value, now: number) => Validity;
}

export type Validity =
  | { readonly state: 'valid' }
  | { readonly state: 'invalid' }
  /** `refreshable`: whoever owns it can get a new one without the user. */
  | { readonly state: 'expired'; readonly refreshable: boolean };

export type ServiceResult<Value> =
  | { readonly ok: true; readonly value: Value; readonly raw: Bytes }
  | { readonly ok: false; readonly error: ServiceError<Value> };

export type ServiceError<Value> =
  | { readonly code: 'NotFound' }
  | { readonly code: 'EmptyCredential' }
  | { readonly code: 'InvalidSchema' }
  | {
      readonly code: 'TokenExpired';
      readonly refreshable: boolean;
      readonly value: Value;
      readonly raw: Bytes;
    }
  | { readonly code: 'Timeout' }
  | { readonly code: 'Unavailable'; readonly why: KeyringTrouble['state'] };

export interface ReadPorts {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

/** Milliseconds: a little more than the keychain’s own deadline, so that its answer is the one that is told. */
const DEADLINE = 6_000;

/**
 * Reads one credential. Never throws.
 *
 * @param get of a keyring, or of a foreign one with the consent in hand
 * @param deadline milliseconds
 */
export async function readService<Value>(
  definition: ServiceDefinition<Value>,
  get: (item: KeyringItem) => Promise<KeyringAnswer>,
  { clock, scheduler }: ReadPorts,
  deadline: number = DEADLINE,
): Promise<ServiceResult<Value>> {
  const answer = await orTimeout(get(definition.item), scheduler, deadline);
  if (answer === 'timeout') return failed({ code: 'Timeout' });
  if (answer.state === 'absent') return failed({ code: 'NotFound' });
  if (answer.state !== 'found') return failed({ code: 'Unavailable', why: answer.state });
  const raw = answer.secret;
  if (raw.trim() === '') return failed({ code: 'EmptyCredential' });
  const value = definition.parse(raw);
  if (value === null) return failed({ code: 'InvalidSchema' });
  const validity = definition.validate(value, clock.now());
  switch (validity.state) {
    case 'valid':
      return { ok: true, value, raw };
    case 'invalid':
      return failed({ code: 'InvalidSchema' });
    case 'expired':
      return failed({ code: 'TokenExpired', refreshable: validity.refreshable, value, raw });
  }
}

function failed<Value>(error: ServiceError<Value>): ServiceResult<Value> {
  return { ok: false, error };
}

function orTimeout<Answer>(
  answer: Promise<Answer>,
  scheduler: Scheduler,
  deadline: number,
): Promise<Answer | 'timeout'> {
  return new Promise((resolve, reject) => {
    const stop = scheduler.after(deadline, () => {
      resolve('timeout');
    });
    answer.then(resolve, reject).finally(stop);
  });
}
