import path from 'node:path';

declare const __CREDENCE_VERSION__: string | undefined;

/** What Node runs to talk to the keychain: bundled beside the command and the app, or the source itself. */
export const KEYRING_SCRIPT = path.join(
  import.meta.dirname,
  typeof __CREDENCE_VERSION__ === 'string' ? 'keyring-process.cjs' : 'keyring-process.ts',
);
