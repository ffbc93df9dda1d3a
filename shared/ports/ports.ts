import type { Clock } from './clock.ts';
import type { Digests } from './digests.ts';
import type { Environment } from './environment.ts';
import type { FileStore } from './file-store.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { FolderTree } from './folder-tree.ts';
import type { KeychainItems } from './keychain-items.ts';
import type { ReplacingKeyring } from './keyring.ts';
import type { ProcessRunner } from './process-runner.ts';
import type { Web } from './web.ts';
import type { ManagedPreferences, SessionVariables } from './session-variables.ts';

/** Everything outside that the use cases may need; each names its own share with `Pick`. */
export interface Ports {
  readonly environment: Environment;
  readonly files: FileStore;
  readonly folders: FolderTree;
  readonly clock: Clock;
  readonly fingerprints: Fingerprints;
  readonly digests: Digests;
  readonly processes: ProcessRunner;
  readonly session: SessionVariables;
  readonly managed: ManagedPreferences;
  /** `null` where the login is kept in a file. */
  readonly keychain: KeychainItems | null;
  /** Credence’s own items. Nothing is loaded or started before it is called. */
  readonly keyring: ReplacingKeyring;
  /** Nothing goes out unless the user asks for exactly that. */
  readonly web: Web;
}
