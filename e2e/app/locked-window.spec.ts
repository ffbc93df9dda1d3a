/** The window is given little, can do less, and gets no secret. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { DEMO_SECRETS, writeDemoHome } from '../../build/demo-home.mjs';
import type { Reply } from '../../shared/ipc/contract.ts';
import { COMMAND_NAMES } from '../../shared/ipc/names.ts';
import { test } from './support/app-test.ts';

const NOW = Date.now();

/** Asks the main process for something by the window's bridge, whatever the types say about it. */
function ask(page: Page, name: string, ...args: readonly unknown[]): Promise<Reply<unknown>> {
  return page.evaluate(
    ([command, given]) => {
      const bridge = Reflect.get(globalThis, 'credence') as Record<
        string,
        (...all: readonly unknown[]) => Promise<Reply<unknown>>
      >;
      const run = bridge[command];
      if (run === undefined) throw new Error(`there is no ${command}`);
      return run(...given);
    },
    [name, args] as const,
  );
}

test('The window has the commands and nothing else of the app, of Node or of Electron', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const page = await (await launch({ folder: notes })).openWindow();
  const names = await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'credence') as object));
  expect(names.toSorted()).toEqual([...COMMAND_NAMES, 'onSnapshot', 'onScreen'].toSorted());
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) =>
      Reflect.has(globalThis, name),
    ),
  );
  expect(found).toEqual([]);
});

test('The page runs no script from outside, reaches no server and goes nowhere', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const seen = await page.evaluate(async (outside) => {
      const add = (name: string, attributes: Readonly<Record<string, string>>, text = ''): void => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.textContent = text;
        document.body.append(element);
      };
      add('script', {}, 'globalThis.ran = "inline"');
      add('script', { src: `${outside}/script.js` });
      add('img', { src: `${outside}/image.png` });
      add('iframe', { src: `${outside}/frame` });
      add('link', { rel: 'stylesheet', href: `${outside}/style.css` });
      add('button', { onclick: 'globalThis.ran = "attribute"', id: 'inline' });
      document.querySelector<HTMLElement>('#inline')?.click();
      const fetched = await fetch(`${outside}/fetch`).then(
        () => 'fetched',
        () => 'refused',
      );
      const opened = window.open(`${outside}/window`);
      location.href = `${outside}/elsewhere`;
      return { fetched, opened, ran: Reflect.get(globalThis, 'ran') as unknown };
    }, address);
    expect(seen).toEqual({ fetched: 'refused', opened: null, ran: undefined });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading ?? '');
    expect(asked).toEqual([]);
    expect(home.opened()).toEqual([]);
    expect(credence.app.windows()).toHaveLength(1);
  } finally {
    server.close();
  }
});

test('No secret comes over the bridge, into the page or into the tray', async ({ home, launch }) => {
  const { acme } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: acme });
  const page = await credence.openWindow();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('settings.local.json:4');
  await ask(page, 'openMatrix');
  const told = [
    JSON.stringify(await ask(page, 'getSnapshot')),
    await page.content(),
    JSON.stringify(await credence.tray()),
    JSON.stringify(await credence.notifications()),
  ].join('\n');
  for (const secret of DEMO_SECRETS) {
    expect(told).not.toContain(secret);
    // Claude Code knows a key again by its end.
    expect(told).not.toContain(secret.slice(-12));
  }
});

test('Commands that no window would give are refused, and change nothing', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  const before = await credence.trayLines();
  for (const [name, ...args] of [
    ['setMode', 'interactive; rm -rf'],
    ['setMode'],
    ['setMode', 'print', 'print'],
    ['setFolder', '../../etc'],
    ['setFolder', 'f'.repeat(100_000)],
    ['openPlace', '/etc/passwd'],
    ['openPlace', 'place-999999'],
    ['openPlace', { toString: 'x' }],
    ['setLaunchAtLogin', 'yes'],
    ['setNotice', '__proto__', true],
    ['dismissNotice', '<b>'],
    ['menuAction', 'no-such-item'],
    ['getSnapshot', 'more'],
  ] as const) {
    expect(await ask(page, name, ...args), `${name} ${JSON.stringify(args).slice(0, 40)}`).toMatchObject({
      ok: false,
    });
  }
  expect(await credence.trayLines()).toEqual(before);
  expect(home.opened()).toEqual([]);
});
