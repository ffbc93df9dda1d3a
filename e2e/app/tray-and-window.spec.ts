import { writeDemoHome } from '../../build/demo-home.mjs';
import { test } from './support/app-test.ts';

test('scratch', async ({ home, launch }) => {
  writeDemoHome(home.path, Date.now());
  const app = await launch({ folder: `${home.path}/notes` });
  const page = await app.mainWindow();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log((await app.trayLines()).join('\n'), await app.isShown());
  console.log(await page.locator('body').ariaSnapshot());
  await app.screenshot('scratch');
});
