import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A throw-away home, by its real path, with a desktop that only writes down what it is asked to open. */
export interface MadeUpHome {
  readonly path: string;
  /** Names are relative to the home; folders are made. */
  readonly write: (name: string, text: string, mode?: number) => void;
  readonly json: (name: string, value: unknown, mode?: number) => void;
  /** What was handed to `xdg-open`. */
  readonly opened: () => readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export function makeHome(): MadeUpHome {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-app-')));
  const at = (name: string): string => path.join(home, name);
  const opened = at('.desktop/opened.txt');
  const bin = at('.desktop/bin');

  const write: MadeUpHome['write'] = (name, text, mode = 0o644) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text, { mode });
  };
  write('.desktop/bin/xdg-open', `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`);
  chmodSync(path.join(bin, 'xdg-open'), 0o755);

  return {
    path: home,
    write,
    json: (name, value, mode) => {
      write(name, `${JSON.stringify(value, undefined, 2)}\n`, mode);
    },
    opened: () => (existsSync(opened) ? readFileSync(opened, 'utf8').trimEnd().split('\n') : []),
    environment: {
      HOME: home,
      PATH: `${bin}:/usr/bin:/bin`,
      SHELL: '/bin/zsh',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      XDG_CONFIG_HOME: at('.config'),
      XDG_CACHE_HOME: at('.cache'),
      XDG_DATA_HOME: at('.local/share'),
      XDG_STATE_HOME: at('.local/state'),
    },
    // What is still ending may be writing.
    remove: () => {
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
