/** The broken homes that the terminal is tried with, shown in the window while the app runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { SECRET_MARK } from '../specs/status-answer.ts';
import { TELLING_WORLDS, type TellingFile } from '../specs/telling-files.ts';
import { TROUBLES, type Trouble } from '../specs/troubles.ts';
import { test } from './support/app-test.ts';

/** Start-up files are left out: each of their troubles would start a shell. */
const FILES = (TELLING_WORLDS.find(({ name }) => name === 'an ordinary home')?.files ?? []).filter(
  ({ path: file }) => /^home\/(?:\.claude|app\/)/.test(file),
);

function lay(home: string, trouble: Trouble | null): void {
  for (const name of ['.claude', '.claude.json', 'app'])
    rmSync(path.join(home, name), { recursive: true, force: true });
  const placeOf = ({ path: file }: TellingFile): string => path.join(home, file.replace(/^home\//, ''));
  for (const file of FILES) {
    mkdirSync(path.dirname(placeOf(file)), { recursive: true });
    writeFileSync(placeOf(file), file.content, { mode: 0o600 });
  }
  for (const file of FILES) if (trouble?.for?.(file) ?? true) trouble?.make(placeOf(file), file);
}

test('Every kind of trouble with its files leaves a window that says something true, and no secret', async ({
  home,
  launch,
}) => {
  test.setTimeout(240_000);
  lay(home.path, null);
  expect(FILES.length).toBeGreaterThan(5);
  const credence = await launch({ folder: path.join(home.path, 'app/sub') });
  const page = await credence.openWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  for (const trouble of TROUBLES) {
    await test.step(trouble.name, async () => {
      lay(home.path, trouble);
      const reply = await page.evaluate(() =>
        (globalThis as unknown as { credence: Bridge }).credence.look(),
      );
      expect(reply).toMatchObject({ ok: true });
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\w.*\.$/);
      await expect(page.getByText('could not finish looking')).toHaveCount(0);
      expect(await page.locator('body').innerText()).not.toContain(SECRET_MARK);
    });
  }
  lay(home.path, null);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('send');
  expect(complaints).toEqual([]);
});
