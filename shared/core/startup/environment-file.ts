import type { StartupText, WantedNames } from './assignment.ts';
import { readDotenv } from './dotenv.ts';
import { readPamEnvironment, readPamEnvironmentConf } from './pam-environment.ts';
import { readSystemdEnvironment } from './systemd-environment.ts';

/**
 * - `pam`: `/etc/environment`
 * - `pam-env-conf`: `/etc/security/pam_env.conf` and `~/.pam_environment`
 * - `systemd`: `environment.d/*.conf`
 * - `dotenv`: `.env` files
 */
export type EnvironmentFileDialect = 'pam' | 'pam-env-conf' | 'systemd' | 'dotenv';

/** Reads a file of `NAME=value` lines; everything in it is exported. */
export function readEnvironmentFile(
  text: string,
  wanted: WantedNames,
  dialect: EnvironmentFileDialect,
): StartupText {
  const unixText = (text.startsWith('\uFEFF') ? text.slice(1) : text).replaceAll('\r\n', '\n');
  const assignments = READERS[dialect](unixText, wanted);
  return { assignments, sources: [], exports: [] };
}

const READERS = {
  pam: readPamEnvironment,
  'pam-env-conf': readPamEnvironmentConf,
  systemd: readSystemdEnvironment,
  dotenv: readDotenv,
} as const;
