import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { findChromium } from './chromium/find-chromium.mjs';
import type { Host } from './pick-host.ts';

/** What the report of a run ends with, so that nobody takes the stand-in for Electron. */
export function hostInWords(host: Host): string {
  if (host.name === 'electron') return `end-to-end suite ran on Electron ${electronVersion()}`;
  const [node = ''] = process.versions.node.split('.');
  return `end-to-end suite ran on the stand-in (Node ${node} + ${chromium()}); not run on Electron`;
}

function electronVersion(): string {
  const file = createRequire(import.meta.url).resolve('electron/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

function chromium(): string {
  const program = findChromium(process.env);
  if (program === undefined) return 'no Chromium';
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const [, version = 'of unknown version'] = /(\d+)\.\d+\.\d+/.exec(stdout) ?? [];
  return `Chromium ${version}`;
}
