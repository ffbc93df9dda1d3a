import type { KeepTrouble } from '../../core/sign-in/organisation-sign-in.ts';
import type { KeyringAnswer, KeyringItem, KeyringTrouble } from '../../ports/keyring.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import {
  isOfLaterVersion,
  organisationItem,
  organisationToken,
  organisationTokenBytes,
  type OrganisationToken,
} from '../keyring-services/organisation-token.ts';
import { readService } from '../keyring-services/read-service.ts';
import type { TokenPorts } from './token-ports.ts';

export type TokenReading = (
  | { readonly state: 'kept'; readonly token: OrganisationToken }
  | { readonly state: 'none' }
  | { readonly state: 'trouble'; readonly trouble: KeepTrouble }
) & {
  /** What is there, as it is, secret; `null`: nothing. `undefined`: not known. */
  readonly bytes: Bytes | null | undefined;
};

/** The tokens of one provider in the keychain. Never throws, and never waits for long. */
export interface TokenStore {
  read(): Promise<TokenReading>;
  /** Stored, read back and the same: then `null`. @param tries how often it may fail in a way that may pass */
  store(token: OrganisationToken, tries?: number): Promise<KeepTrouble | null>;
  /** The same where nothing came since this was read; else `changed`, and what is there stays. */
  replace(there: Bytes | null, token: OrganisationToken): Promise<KeepTrouble | 'changed' | null>;
  remove(): Promise<KeepTrouble | null>;
}

/** Milliseconds: a little more than the keychain’s own deadline. */
const DEADLINE = 6_000;
/** Milliseconds between two tries. */
const PAUSE = 300;

export function tokenStore(
  provider: string,
  { keyring, clock, scheduler }: Pick<TokenPorts, 'keyring' | 'clock' | 'scheduler'>,
): TokenStore {
  const item = organisationItem(provider);
  const storeOnce = async (token: OrganisationToken): Promise<KeepTrouble | null> => {
    const written = await orSilent(keyring.set(item, organisationTokenBytes(token)), scheduler);
    return written.state === 'stored' ? null : troubleOf(written.state);
  };
  return {
    read: async () => {
      const found: { bytes: Bytes | null | undefined } = { bytes: undefined };
      const get = async (asked: KeyringItem): Promise<KeyringAnswer> => {
        const answer = await keyring.get(asked);
        if (answer.state === 'found') found.bytes = answer.secret;
        if (answer.state === 'absent') found.bytes = null;
        return answer;
      };
      const result = await readService(organisationToken(provider), get, { clock, scheduler });
      const { bytes } = found;
      if (result.ok) return { state: 'kept', token: result.value, bytes };
      const { error } = result;
      const inTrouble = (trouble: KeepTrouble): TokenReading => ({ state: 'trouble', trouble, bytes });
      switch (error.code) {
        case 'NotFound':
          return { state: 'none', bytes };
        case 'Unavailable':
          return inTrouble(troubleOf(error.why));
        case 'Timeout':
          return inTrouble('no-keychain');
        case 'EmptyCredential':
        case 'InvalidSchema':
        case 'TokenExpired':
          return inTrouble(
            typeof bytes === 'string' && isOfLaterVersion(bytes) ? 'later-version' : 'damaged',
          );
      }
    },
    store: async (token, tries = 1) => {
      for (let left = tries; ; left--) {
        const trouble = await storeOnce(token);
        if (left <= 1 || (trouble !== 'no-keychain' && trouble !== 'damaged')) return trouble;
        await new Promise<void>((resolve) => {
          scheduler.after(PAUSE, resolve);
        });
      }
    },
    replace: async (there, token) => {
      const written = await orSilent(keyring.replace(item, there, organisationTokenBytes(token)), scheduler);
      if (written.state === 'stored') return null;
      return written.state === 'changed' ? 'changed' : troubleOf(written.state);
    },
    remove: async () => {
      const removed = await orSilent(keyring.remove(item), scheduler);
      return removed.state === 'removed' ? null : troubleOf(removed.state);
    },
  };
}

function troubleOf(state: KeyringTrouble['state'] | 'too-large'): KeepTrouble {
  switch (state) {
    case 'locked':
    case 'denied':
    case 'damaged':
      return state;
    case 'unreachable':
      return 'no-keychain';
    case 'ambiguous':
    case 'too-large':
      return 'damaged';
  }
}

function orSilent<Answer>(
  answer: Promise<Answer>,
  scheduler: Scheduler,
): Promise<Answer | { readonly state: 'unreachable' }> {
  return new Promise((resolve, reject) => {
    const stop = scheduler.after(DEADLINE, () => {
      resolve({ state: 'unreachable' });
    });
    answer.then(resolve, reject).finally(stop);
  });
}
