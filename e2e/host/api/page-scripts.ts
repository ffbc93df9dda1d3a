import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, platform, versions } from 'node:process';
import type { PageOptions } from '../chromium/page.ts';
import { mainWorldScript, preloadWorldScript } from '../in-page/injected.ts';
import type { PreloadSettings } from '../in-page/messages.ts';

/** What a page is given before its own scripts run, and why the preload script is not among it. */
export interface PageScripts {
  readonly scripts: Pick<PageOptions, 'settings' | 'mainWorld' | 'preloadWorld'>;
  readonly error?: Error;
}

/** @param preload the file of the preload script */
export function pageScripts(preload = ''): PageScripts {
  const settings = preloadSettings(preload);
  const mainWorld = mainWorldScript(settings);
  try {
    const code = preload === '' ? '' : readFileSync(preload, 'utf8');
    return { scripts: { settings, mainWorld, preloadWorld: preloadWorldScript(settings, code) } };
  } catch (error) {
    const preloadWorld = preloadWorldScript(settings, '');
    return { scripts: { settings, mainWorld, preloadWorld }, error: error as Error };
  }
}

/** With names that nobody in the page can guess. */
function preloadSettings(preload: string): PreloadSettings {
  const secret = randomBytes(12).toString('hex');
  return {
    binding: `standin_${secret}`,
    receiver: `receive_${secret}`,
    toMain: `main_${secret}`,
    toPreload: `preload_${secret}`,
    preload,
    platform,
    arch,
    versions: { ...versions },
  };
}
