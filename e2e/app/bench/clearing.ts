/**
 * `npm run bench:clear`: how long after the click on Apply the window says what is true now, and how long undo takes, on the host
 * that is there. In it is all that is done meanwhile: the journal with its backups on the disk, the files themselves, a clean
 * login shell and everything gathered again. The shell’s own time is told beside it. No test: a busy machine shows in it.
 */
import { _electron, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pickHost, useHost } from '../../host/pick-host.ts';

const APP = path.resolve(import.meta.dirname, '../../../out/app');
/** Milliseconds. */
const LIMIT = 300;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, shell: { type: 'string', default: '/bin/zsh' } },
});
const rounds = Number(values.rounds);
const host = pickHost();
useHost(host);
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-clearing-')));
const home = path.join(scratch, 'home');
mkdirSync(path.join(home, '.claude'), { recursive: true });
mkdirSync(path.join(home, '.config/credence'), { recursive: true });
const login = {
  claudeAiOauth: {
    accessToken: 'made-up-access',
    refreshToken: 'made-up-refresh',
    expiresAt: Date.now() + 3_600_000,
    refreshTokenExpiresAt: Date.now() + 30 * 24 * 3_600_000,
    scopes: ['user:inference'],
    subscriptionType: 'max',
  },
};
writeFileSync(path.join(home, '.claude/.credentials.json'), JSON.stringify(login), { mode: 0o600 });
writeFileSync(
  path.join(home, '.zshrc'),
  'alias ll="ls -l"\nexport ANTHROPIC_API_KEY=made-up-key-0123456789\n',
);
writeFileSync(
  path.join(home, '.bashrc'),
  'alias ll="ls -l"\nexport ANTHROPIC_API_KEY=made-up-key-0123456789\n',
);
writeFileSync(path.join(home, '.config/credence/preferences.json'), '{"schemaVersion": 1}');
const environment = {
  HOME: home,
  XDG_CONFIG_HOME: path.join(home, '.config'),
  PATH: process.env['PATH'] ?? '',
  SHELL: values.shell,
  LANG: 'C.UTF-8',
};

async function measure(): Promise<void> {
  const app = await _electron.launch({ args: [APP], env: environment });
  try {
    const page = await app.firstWindow();
    // A window that is hidden draws rarely.
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.show();
    });
    const applied: number[] = [];
    const undone: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await page
        .getByRole('button', { name: /^Which do you want to use/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Show the plan' }).click();
      applied.push(await timeOf(page, /^Clear from/, 'Done'));
      undone.push(await timeOf(page, /^Undo$/, 'Undone'));
      await page.getByRole('button', { name: 'Back to the answer' }).click();
    }
    const shell = shellTimes();
    console.log(
      `On ${host.name}, load ${loadavg()[0]?.toFixed(1) ?? '?'}, ${String(rounds)} rounds, shell ${values.shell}.`,
    );
    print('click on Apply → new answer in the DOM', applied, LIMIT);
    print('click on Undo → new answer in the DOM', undone, LIMIT);
    print('of that, the login shell alone', shell, null);
  } finally {
    await app.close();
  }
}

/** From the click to the moment at which the window’s document holds the new heading, by the clock of the page: milliseconds. */
async function timeOf(page: Page, button: RegExp, heading: string): Promise<number> {
  const found = page.getByRole('button', { name: button });
  await found.waitFor();
  return found.evaluate(
    (element: HTMLElement, text: string) =>
      new Promise<number>((resolve) => {
        const look = (): boolean => document.querySelector('.task h1')?.textContent === text;
        const observer = new MutationObserver(() => {
          if (!look()) return;
          observer.disconnect();
          resolve(performance.now() - start);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        const start = performance.now();
        element.click();
      }),
    heading,
  );
}

function shellTimes(): readonly number[] {
  return Array.from({ length: 15 }, () => {
    const start = performance.now();
    spawnSync(values.shell, ['-l', '-i', '-c', '/usr/bin/env -0'], { env: environment, stdio: 'ignore' });
    return performance.now() - start;
  });
}

function print(what: string, times: readonly number[], limit: number | null): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const met = limit === null ? '' : at(0.5) <= limit ? `≤ ${String(limit)} yes` : `≤ ${String(limit)} NO`;
  console.log(
    `${what.padEnd(42)} median ${at(0.5).toFixed(0).padStart(4)} ms   p95 ${at(0.95).toFixed(0).padStart(4)} ms   ${met}`,
  );
}

try {
  await measure();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
