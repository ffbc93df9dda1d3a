import type { Oidc } from '../../ports/oidc.ts';
import type { SignInPorts } from './sign-in-ports.ts';

/** What keeping, renewing and giving up the tokens of organisations needs. */
export interface TokenPorts extends Pick<SignInPorts, 'keyring' | 'locks' | 'notes' | 'clock' | 'scheduler'> {
  readonly oidc: Pick<Oidc, 'refresh' | 'revoke'>;
}
