import { clocksOf } from '../../core/clocks.ts';
import type { Expiry } from '../../core/expiry.ts';
import type { Facts } from '../../core/facts.ts';
import type { Fingerprint } from '../../core/secret.ts';
import { effective } from '../../core/settings/effective.ts';
import { OAUTH_TOKEN } from '../../core/sources/oauth-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import { claudeNoteText, parseClaudeNote } from './claude-note.ts';
import type { SignInPorts } from './sign-in-ports.ts';

/**
 * Which token the day is of. `this`: the one that is set here. `next`: one that is not set here yet, though another is. `any`: none
 * is set here; where one is, it is the one.
 */
export type NotedToken = 'this' | 'next' | 'any';

export type NotedSetupToken =
  | {
      readonly ok: true;
      readonly token: NotedToken;
      /** Of the token that is set here, where it is that one. */
      readonly clock: Expiry | null;
      /** Of the look that told which token is set. */
      readonly facts: Facts;
    }
  /** Credence’s own folder cannot be written. */
  | { readonly ok: false };

/** Which setup token, or other OAuth token, is set here. */
export function setupTokenHere({ layers }: Pick<Facts, 'layers'>): Fingerprint | null {
  const token = effective(layers, OAUTH_TOKEN)?.entry;
  return token?.state === 'value' ? token.fingerprint : null;
}

/**
 * Keeps the day that a person says their setup token was made on; nothing of the token.
 *
 * @param madeAt the beginning of that day in UTC: milliseconds since 1970
 * @param before what was set here before that token was made, so that the day is not taken for its; `null`: nothing, or whatever is
 * set now is the one that is meant
 */
export async function noteSetupToken(
  ports: Ports & Pick<SignInPorts, 'notes'>,
  look: GatherRequest,
  madeAt: number,
  before: Fingerprint | null,
): Promise<NotedSetupToken> {
  const gathered = await gatherFacts(ports, look);
  const here = setupTokenHere(gathered);
  const token: NotedToken = here === null ? 'any' : here === before ? 'next' : 'this';
  const { program } = parseClaudeNote(ports.notes.read('claude'));
  const text = claudeNoteText({
    program,
    setupTokenMadeAt: madeAt,
    ...(here !== null && token === 'this' ? { setupToken: here } : {}),
    ...(here !== null && token === 'next' ? { setupTokenBefore: here } : {}),
  });
  if (!ports.notes.write('claude', text)) return { ok: false };
  const facts = { ...gathered, setupTokenMadeAt: token === 'next' ? null : madeAt };
  const clock = token === 'this' ? clocksOf(facts).find(({ kind }) => kind === 'setup-token') : undefined;
  return { ok: true, token, clock: clock ?? null, facts };
}
