/** What the stand-in claims about Electron's IPC and its preload scripts; runs on Electron too. */
import path from 'node:path';
import { expect } from '@playwright/test';
import { endClaimsApp, FIXTURE_APP, startClaimsApp, test } from './support/claims-app.ts';

test.describe('The bridge', () => {
  test('carries an invocation there and back', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    await expect(page.locator('#answer')).toHaveText('from the page at claims-app://bundle/index.html');
    const back = await page.evaluate(() =>
      globalThis.claims['echo']?.({ when: new Date(5), none: undefined, big: 7n }),
    );
    expect(back).toMatchObject({ value: { when: new Date(5), none: undefined, big: 7n } });
    expect(await page.evaluate(() => globalThis.claims['invoke']?.('is-main-frame'))).toBe(true);
  });

  test('tells what went wrong in Electron’s words', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    const failure = (channel: string, ...args: readonly string[]) =>
      page.evaluate(
        async ([name, ...rest]) => {
          try {
            await globalThis.claims['invoke']?.(name, ...rest);
            return 'nothing thrown';
          } catch (error) {
            return String(error);
          }
        },
        [channel, ...args],
      );
    expect(await failure('fails')).toBe(
      "Error: Error invoking remote method 'fails': TypeError: no such thing",
    );
    expect(await failure('uncloneable')).toContain('An object could not be cloned.');
    expect(await failure('unknown')).toContain("Error: No handler registered for 'unknown'");
  });

  test('carries messages without an answer, both ways', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    await page.evaluate(() => globalThis.claims['tell']?.('hello'));
    await expect(page.locator('#news')).toHaveText('you said hello');
    expect(await claimsApp.app.evaluate(() => globalThis.claims.messages)).toContain('hello');
  });

  test('copies values, stands for functions and cannot be changed by the page', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    const seen = await page.evaluate(() => {
      const bridge = globalThis.claims as unknown as Record<string, (...args: unknown[]) => unknown>;
      const nested = bridge['nested'] as unknown as {
        list: [number, { deep: Date }];
        map: Map<string, number>;
      };
      let thrown: unknown;
      try {
        bridge['fail']?.();
      } catch (error) {
        thrown = error;
      }
      return {
        shouted: bridge['shout']?.('hey'),
        twice: bridge['twice']?.((number: number) => number * 10),
        deep: nested.list[1].deep.getTime(),
        map: nested.map.get('a'),
        thrown: String(thrown),
        frozen: Object.isFrozen(bridge) && Object.isFrozen(nested.list),
        replaceable: Reflect.set(globalThis, 'claims', {}),
      };
    });
    expect(seen).toEqual({
      shouted: 'hey!',
      twice: [10, 20],
      deep: 0,
      map: 1,
      thrown: 'Error: too loud',
      frozen: true,
      replaceable: false,
    });
  });

  test('is all that the page gets of the preload script, which gets nothing of Node', async ({
    claimsApp,
  }) => {
    const page = await claimsApp.page();
    const seen = await page.evaluate(() => {
      const outer = globalThis as unknown as Record<string, unknown>;
      outer['ofPage'] = 'only there';
      const names = ['require', 'process', 'module', 'ipcRenderer', 'contextBridge', 'Buffer', 'ofPreload'];
      return {
        found: names.filter((name) => outer[name] !== undefined),
        back: globalThis.claims['ofPage']?.(),
      };
    });
    expect(seen).toEqual({ found: [], back: undefined });
    expect(await page.evaluate(() => globalThis.claims['refused'])).toBe('module not found: fs');
  });
});

test('A preload script that is none is told, and its window opens without it', async () => {
  const started = await startClaimsApp({ CLAIMS_PRELOAD: path.join(FIXTURE_APP, 'bad-preload.cjs') });
  try {
    const page = await started.app.firstWindow();
    await expect(page.locator('h1')).toHaveText('Host claims');
    await expect
      .poll(() => started.app.evaluate(() => globalThis.claims.preloadErrors.map(({ message }) => message)))
      .toEqual(['Cannot use import statement outside a module']);
  } finally {
    await endClaimsApp(started);
  }
});
