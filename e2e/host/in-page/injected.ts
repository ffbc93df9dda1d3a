import { compileFunction } from 'node:vm';
import { makeCarrier } from './carrier.ts';
import { mainWorld } from './main-world.ts';
import { makeMembrane } from './membrane.ts';
import type { PreloadSettings } from './messages.ts';
import { preloadWorld } from './preload-world.ts';

/** What a preload script finds as if they were globals, in the order in which preloadWorld gives them. */
const PARAMETERS = [
  'require',
  'process',
  'exports',
  'module',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
];

/** The script for the page's own world. */
export function mainWorldScript({ toMain, toPreload }: PreloadSettings): string {
  return inTopFrame(`(${text(mainWorld)})(${text(makeMembrane)}, ${quote(toPreload)}, ${quote(toMain)});`);
}

/**
 * The script for the preload script's world.
 *
 * @param code the preload script
 * @throws {SyntaxError} when it is not one: as a part of the text it would void all of it without a word
 */
export function preloadWorldScript(settings: PreloadSettings, code: string): string {
  compileFunction(code, PARAMETERS, { filename: settings.preload });
  const preload = `function (${PARAMETERS.join(', ')}) {\n${code}\n}`;
  const parts = [JSON.stringify(settings), text(makeMembrane), text(makeCarrier), preload];
  return inTopFrame(`(${text(preloadWorld)})(${parts.join(', ')});`);
}

/** As in Electron, frames inside the page get none of it. */
function inTopFrame(script: string): string {
  return `if (window === window.top) { ${script}\n}`;
}

/** A function as it runs, which is without its types. */
function text(code: (...args: never[]) => unknown): string {
  return code.toString();
}

function quote(value: string): string {
  return JSON.stringify(value);
}
