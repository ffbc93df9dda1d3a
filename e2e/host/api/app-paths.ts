import { existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { notImplemented } from '../loud.ts';

/** Electron's special folders on Linux. */
export class AppPaths {
  readonly #changed = new Map<string, string>();
  readonly #name: () => string;

  /** @param name of the app, after which its folder is called */
  constructor(name: () => string) {
    this.#name = name;
  }

  get(name: string): string {
    return this.#changed.get(name) ?? this.#usual(name);
  }

  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    if (!existsSync(folder)) throw new Error(`Failed to set path: ${folder} does not exist`);
    this.#usual(name);
    this.#changed.set(name, folder);
  }

  #usual(name: string): string {
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
      case 'userData':
        return path.join(this.get('appData'), this.#name());
      case 'sessionData':
        return this.get('userData');
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'logs': {
        const folder = path.join(this.get('userData'), 'logs');
        mkdirSync(folder, { recursive: true });
        return folder;
      }
      default:
        throw notImplemented(`app.getPath('${name}')`);
    }
  }
}
