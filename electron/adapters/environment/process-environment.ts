import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import type { Environment } from '../../../shared/ports/environment.ts';

/** The environment of this process, read once. */
export function processEnvironment(platform: Environment['platform']): Environment {
  return {
    platform,
    variables: process.env,
    home: homeFolder(),
    // Fails where the folder has been removed, so it is only asked for by those who need it.
    get workingFolder() {
      return process.cwd();
    },
    get userName() {
      return accountName();
    },
    userId: process.getuid?.() ?? null,
    get insideContainer() {
      return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
    },
  };
}

function homeFolder(): string | null {
  try {
    const home = homedir();
    return home === '' ? null : home;
  } catch {
    return null;
  }
}

function accountName(): string {
  try {
    return process.env['USER'] ?? userInfo().username;
  } catch {
    return '';
  }
}
