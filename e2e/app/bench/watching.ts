/**
 * `npm run bench:watch`: how long after a write the window reads differently, on the host that is there, and how often the app
 * wakes up while nothing happens. No test: a busy machine shows in it.
 */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pickHost, useHost } from '../../host/pick-host.ts';

const APP = path.resolve(import.meta.dirname, '../../../out/app');
/** A change that is not seen within this was missed: milliseconds. */
const PATIENCE = 5_000;
const LIMITS = { median: 150, p95: 300 };

const { values } = parseArgs({
  options: { changes: { type: 'string', default: '200' }, idle: { type: 'string', default: '20' } },
});
const changes = Number(values.changes);
const idle = Number(values.idle);

const host = pickHost();
useHost(host);
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-watch-')));
const home = path.join(scratch, 'home');
mkdirSync(home);
const settings = path.join(home, '.claude', 'settings.json');
mkdirSync(path.dirname(settings));
writeFileSync(settings, settingsText(0));
mkdirSync(path.join(home, '.config', 'credence'), { recursive: true });
// The first run is over, so that the app looks by itself.
writeFileSync(path.join(home, '.config', 'credence', 'preferences.json'), '{}');

async function measure(): Promise<void> {
  const app = await _electron.launch({
    args: [APP],
    env: {
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      PATH: process.env['PATH'] ?? '',
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
    },
  });
  try {
    const page = await app.firstWindow();
    await page.getByText(address(0)).first().waitFor();
    console.log(`On ${host.name}, load ${loadavg()[0]?.toFixed(1) ?? '?'}, ${changes} changes of each kind.`);
    let number = 0;
    for (const [kind, change] of Object.entries(KINDS)) {
      const times: number[] = [];
      for (let at = 0; at < changes; at++) {
        number += 1;
        times.push(await timeOf(page, number, change));
      }
      print(kind, times);
    }
    await countWakeUps(app);
  } finally {
    await app.close();
  }
}

/** Each leaves the same text in a different way. */
const KINDS: Readonly<Record<string, (text: string, number: number) => void>> = {
  'written in place': (text) => {
    writeFileSync(settings, text);
  },
  'replaced by another file': (text) => {
    writeFileSync(`${settings}.new`, text);
    renameSync(`${settings}.new`, settings);
  },
  'link led elsewhere': (text, number) => {
    const target = path.join(home, `elsewhere-${String(number)}.json`);
    writeFileSync(target, text);
    symlinkSync(target, `${settings}.link`);
    renameSync(`${settings}.link`, settings);
  },
  'folder made anew': (text) => {
    rmSync(path.dirname(settings), { recursive: true, force: true });
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, text);
  },
  'file that comes later': (text) => {
    unlinkSync(settings);
    writeFileSync(settings, text);
  },
};

function address(number: number): string {
  return `https://change-${String(number)}.example`;
}

function settingsText(number: number): string {
  return JSON.stringify({ env: { ANTHROPIC_BASE_URL: address(number), ANTHROPIC_API_KEY: 'made-up-key' } });
}

/** From the return of the write to the moment at which the window’s document holds the new text: milliseconds. */
async function timeOf(
  page: Page,
  number: number,
  change: (text: string, number: number) => void,
): Promise<number> {
  await page.evaluate((text) => {
    const seen = new Promise<number>((resolve) => {
      const look = (): void => {
        if (!document.body.textContent.includes(text)) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    Object.assign(globalThis, { seen });
  }, address(number));
  change(settingsText(number), number);
  const written = performance.timeOrigin + performance.now();
  const seen = await page.evaluate(
    (patience) =>
      Promise.race([
        (globalThis as unknown as { seen: Promise<number> }).seen,
        new Promise<number>((resolve) => setTimeout(resolve, patience, Infinity)),
      ]),
    PATIENCE,
  );
  return seen - written;
}

function print(kind: string, times: readonly number[]): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const [median, p95] = [at(0.5), at(0.95)];
  const met = median <= LIMITS.median && p95 <= LIMITS.p95 ? 'yes' : 'NO';
  console.log(
    `${kind.padEnd(26)} median ${median.toFixed(0).padStart(4)} ms   p95 ${p95.toFixed(0).padStart(4)} ms   worst ${at(1).toFixed(0).padStart(4)} ms   ${met}`,
  );
}

/** The main process’s own wake-ups while nothing happens, as the kernel counts its returns from waiting. */
async function countWakeUps(app: ElectronApplication): Promise<void> {
  const { pid } = app.process();
  if (pid === undefined || spawnSync('strace', ['-V']).status !== 0) {
    console.log('Idle wake-ups: strace is not there, so they were not counted.');
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  // What it prints goes through a pipe: a file would be a change in a folder above the home, which is watched.
  const trace = spawn('strace', ['-e', 'trace=epoll_wait,epoll_pwait', '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  trace.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await new Promise((resolve) => setTimeout(resolve, idle * 1_000));
  trace.kill('SIGINT');
  await new Promise((resolve) => trace.once('close', resolve));
  const own = printed.split('\n').filter((line) => /= \d+$/.test(line));
  console.log(`Idle wake-ups of the main process: ${String(own.length)} in ${String(idle)} s.`);
}

try {
  await measure();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
