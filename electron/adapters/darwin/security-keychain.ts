import { keychainChangedAt } from '../../../shared/core/platform/keychain-attributes.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { KeychainItem, KeychainItems } from '../../../shared/ports/keychain-items.ts';
import type { Ports } from '../../../shared/ports/ports.ts';

const SECURITY = '/usr/bin/security';
/** Short: this is part of every status, and a keychain that takes longer is waiting for somebody. */
const DEADLINE = 1_500;
const MAX_BYTES = 256 * 1024;

/**
 * Looks an item up in the keychains on the search list, by service and account, and reads its attributes only: without `-g` and
 * `-w` no secret is asked for, so no dialog should appear. Not run on macOS yet: written from security(1), its public sources and
 * recordings of its output.
 *
 * `security` ends with the low byte of the system's status: 44 item not found (-25300), 36 interaction not allowed (-25308, a
 * locked keychain where nobody can be asked), 51 authentication failed (-25293), 128 cancelled by the user (-128).
 */
export function securityKeychain({
  environment,
  processes,
}: Pick<Ports, 'environment' | 'processes'>): KeychainItems {
  return {
    async find(service, account): Promise<KeychainItem> {
      const result = await processes.run({
        file: SECURITY,
        args: ['find-generic-password', '-s', service, '-a', account],
        folder: '/',
        variables: pickVariables(environment.variables, ['HOME', 'USER', 'LOGNAME', 'SECURITYSESSIONID']),
        deadline: DEADLINE,
        maxBytes: MAX_BYTES,
      });
      if (result.state !== 'ended') return { state: 'unreachable' };
      switch (result.exitCode) {
        case 0:
          return { state: 'found', changedAt: keychainChangedAt(result.output) };
        case 44:
          return { state: 'absent' };
        case 36:
          return { state: 'locked' };
        case 51:
        case 128:
          return { state: 'denied' };
        case null:
        default:
          return { state: 'unreachable' };
      }
    },
  };
}
