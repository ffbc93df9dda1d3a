import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPLY, changeLab, undoing, type ChangeLab } from '../changes/change-lab.ts';
import { layHome, MARK, NAME, PLANNED, variablesOf } from '../changes/change-scene.ts';
import { isNightly } from '../changes/is-nightly.ts';
import { runIn } from '../changes/traced-command.ts';
import { onLinux } from '../support/on-system.ts';

const isRoot = process.geteuid?.() === 0;
const NOBODY = '65534';
const PROGRAM = path.join(import.meta.dirname, '../changes/run-changes.ts');
/** Milliseconds. */
const PATIENCE = 600_000;

let lab: ChangeLab;
beforeAll(async () => {
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
});

/** What somebody else sees who opens all that there is, as fast as possible, while something runs. */
async function watchedWhile(
  home: string,
  run: () => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const as = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];
  const spy = spawn('setpriv', [...as, process.execPath, '--eval', SPY, home, MARK], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  spy.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await once(spy.stdout, 'data');
  const closed = once(spy, 'close');
  await run();
  spy.kill('SIGTERM');
  await closed;
  return JSON.parse(told.split('\n').at(-1) ?? '') as Readonly<Record<string, number>>;
}

describe.runIf(isRoot && onLinux)('Another user', () => {
  test(
    'reads no key at any moment of some hundred changes and undos under umask 000.',
    async () => {
      const { root } = lab.layNothing();
      // Nothing of it is open to others from the beginning.
      const closed = Object.entries(PLANNED).map(([name, file]) => [
        name,
        { ...file, mode: file.mode & 0o740 },
      ]);
      const home = layHome(root, Object.fromEntries(closed) as typeof PLANNED);
      chmodSync(path.join(home, '.claude'), 0o755);
      const times = isNightly ? 1000 : 60;
      let done: unknown = null;
      const seen = await watchedWhile(home, async () => {
        for (let turn = 0; turn < 3; turn++) {
          const before = ['sh', '-c', 'umask 000; exec "$@"', 'sh'];
          const { stdout } = await runIn({ credence: lab.credence, home, args: APPLY, before });
          const { changeId } = JSON.parse(stdout) as { readonly changeId: string };
          const undone = await runIn({ credence: lab.credence, home, args: undoing(changeId), before });
          expect(undone.exitCode).toBe(0);
        }
        done = await manyChanges(home, times);
      });
      console.log(`${String(times)} changes and undos: ${JSON.stringify(seen)}`);
      expect(done).toEqual({ applied: times, undone: times });
      expect(seen['keys']).toBe(0);
      expect(seen['opened']).toBeGreaterThan(100);
      expect(seen['refused']).toBeGreaterThan(500);
      expect(seen['beside']).toBeGreaterThan(20);
      expect(seen['ownClosed']).toBeGreaterThan(100);
      expect(seen['ownOpen']).toBe(0);
    },
    PATIENCE,
  );

  test('would be seen reading a key that is open to others.', async () => {
    const { home } = lab.layOld();
    const seen = await watchedWhile(home, () => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(seen['keys']).toBeGreaterThan(0);
  });
});

async function manyChanges(home: string, times: number): Promise<unknown> {
  const child = spawn(process.execPath, [PROGRAM, NAME, String(times)], {
    cwd: path.join(home, 'project'),
    env: { PATH: '/usr/bin:/bin', ...variablesOf(home) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(told);
}

/** Opens what it finds, as fast as it can, until it is told to stop. */
const SPY = `
const fs = require('node:fs');
const [, home, mark] = process.argv;
const counts = { refused: 0, opened: 0, keys: 0, beside: 0, ownClosed: 0, ownOpen: 0 };
process.on('SIGTERM', () => { process.stdout.write('\\n' + JSON.stringify(counts), () => process.exit()); });
const look = () => {
  for (const folder of ['', '/dots', '/.claude', '/.config', '/.config/credence', '/.config/credence/changes']) {
    let names = [];
    try { names = fs.readdirSync(home + folder); if (folder.includes('credence')) counts.ownOpen += 1; }
    catch (error) { if (error.code === 'EACCES') counts.ownClosed += 1; continue; }
    for (const name of names) {
      if (/\\.credence-/.test(name)) counts.beside += 1;
      try {
        if (fs.readFileSync(home + folder + '/' + name, 'latin1').includes(mark)) counts.keys += 1;
        counts.opened += 1;
      } catch (error) { if (error.code === 'EACCES') counts.refused += 1; }
    }
  }
  setImmediate(look);
};
console.log('watching');
look();`;
