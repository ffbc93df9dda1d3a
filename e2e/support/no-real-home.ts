import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/**
 * Runs before every test file: the process gets an empty home of its own and loses every variable that names a
 * credential or a place, so that no test can reach the real ones, not even by mistake.
 */
const home = mkdtempSync(path.join(tmpdir(), 'credence-test-home-'));

const CREDENTIALS_AND_PLACES = /^(ANTHROPIC|CLAUDE|AWS|AZURE|GOOGLE|GCLOUD|CLOUDSDK|VERTEX|XDG|ZDOTDIR)(_|$)/;
for (const name of Object.keys(process.env)) {
  if (CREDENTIALS_AND_PLACES.test(name.toUpperCase())) Reflect.deleteProperty(process.env, name);
}

Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  APPDATA: path.join(home, 'AppData', 'Roaming'),
  LOCALAPPDATA: path.join(home, 'AppData', 'Local'),
  XDG_CACHE_HOME: path.join(home, '.cache'),
  XDG_CONFIG_HOME: path.join(home, '.config'),
  XDG_DATA_HOME: path.join(home, '.local', 'share'),
  XDG_STATE_HOME: path.join(home, '.local', 'state'),
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});
