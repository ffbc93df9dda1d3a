import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Found in nothing but the key, so that every copy of it can be found again. */
export const MARK = 'made-up-4Tq9-secret';
export const KEY = `sk-ant-api03-${MARK}-0123456789`;
export const NAME = 'ANTHROPIC_API_KEY';

/** A file of a made-up home. */
interface LaidFile {
  readonly mode: number;
  readonly bytes: string;
  /** What leads to it, as dotfile managers have it. */
  readonly link?: string;
}

/** Which files a plan changes: links, modes, line ends, a missing final newline, and the file that Claude Code itself writes. */
export const PLANNED: Readonly<Record<string, LaidFile>> = {
  '.zshenv': { mode: 0o600, bytes: `export ${NAME}=${KEY}\nexport EDITOR=vi\n` },
  'dots/zshrc': { mode: 0o640, bytes: `# mine\r\nexport ${NAME}="${KEY}"`, link: '.zshrc' },
  '.claude.json': { mode: 0o600, bytes: `{"numStartups": 3, "env": {"${NAME}": "${KEY}"}}` },
  '.claude/settings.json': {
    mode: 0o644,
    bytes: `{\n  "big": 12345678901234567890,\n  "env": {"${NAME}": "${KEY}", "A": "1"},\n  "model": "opus"\n}\n`,
  },
};
/** And some that it does not. */
const OTHERS: Readonly<Record<string, LaidFile>> = {
  '.bashrc': { mode: 0o644, bytes: 'export EDITOR=vi\n' },
  'notes/keys.txt': { mode: 0o600, bytes: `${KEY}\n` },
};

/** Where Credence keeps its own, below a home on Linux. */
export const OWN = '.config/credence';

/** A home folder and a project in it, made anew below a folder that is there. */
export function layHome(root: string, files: Readonly<Record<string, LaidFile>> = PLANNED): string {
  const home = path.join(root, 'home');
  mkdirSync(path.join(home, 'project'), { recursive: true });
  for (const [name, { bytes, mode, link }] of Object.entries({ ...OTHERS, ...files })) {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes, 'latin1');
    chmodSync(file, mode);
    if (link !== undefined) symlinkSync(name, path.join(home, link));
  }
  return home;
}

/** The same home below another folder; what Credence remembers names it by its path. */
export function copyHome(from: string, root: string): string {
  const home = path.join(root, 'home');
  execFileSync('cp', ['-a', from, home]);
  const kept = path.join(home, OWN, 'changes');
  for (const name of readdirSync(kept).filter((one) => one.endsWith('.json'))) {
    const record = readFileSync(path.join(kept, name), 'latin1');
    writeFileSync(path.join(kept, name), record.replaceAll(`${from}/`, `${home}/`), 'latin1');
  }
  return home;
}

/** What the command gets, and nothing else: no keychain, no session, and a login shell that reads none of these files. */
export function variablesOf(home: string): Readonly<Record<string, string>> {
  return { HOME: home, SHELL: '/bin/sh' };
}
