import type { ChangeStore } from '../../ports/change-store.ts';
import type { ClaudeJsonLock } from '../../ports/claude-json-lock.ts';
import type { FileWriter } from '../../ports/file-writer.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RunningPrograms } from '../../ports/running-programs.ts';
import type { SealKeys } from './seal-key.ts';
import type { Vault } from './vault.ts';
import type { Seal } from '../../ports/seal.ts';
import type { VariableStore } from '../../ports/variable-store.ts';

/** What changing things needs beside what looking needs. */
export interface ChangePorts extends Ports {
  readonly writer: FileWriter;
  readonly changes: ChangeStore;
  readonly seal: Seal;
  readonly sealKeys: SealKeys;
  readonly vault: Vault;
  /** Those of this system. */
  readonly variableStores: readonly VariableStore[];
  readonly programs: RunningPrograms;
  readonly claudeJsonLock: ClaudeJsonLock;
}
