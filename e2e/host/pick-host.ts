import path from 'node:path';
import process from 'node:process';
import type { ElectronApplication } from '@playwright/test';
import { STAND_IN, electronProgram } from '../../build/electron-binary.mjs';

/** What the end-to-end suite runs on. */
export interface Host {
  readonly name: 'electron' | 'stand-in';
  /** The program that starts an app. */
  readonly program: string;
}

/**
 * Electron where its binary is there, else the stand-in. Never tries to download anything.
 *
 * @param environment E2E_HOST=electron or E2E_HOST=stand-in decides
 * @throws {Error} when E2E_HOST asks for an Electron that is not there
 */
export function pickHost(environment: Readonly<Record<string, string | undefined>> = process.env): Host {
  const wanted = environment['E2E_HOST'];
  if (wanted !== undefined && wanted !== 'electron' && wanted !== 'stand-in') {
    throw new Error(`E2E_HOST is ${wanted}; it can be electron or stand-in`);
  }
  const standIn: Host = { name: 'stand-in', program: path.join(STAND_IN, 'electron') };
  if (wanted === 'stand-in') return standIn;
  const program = electronProgram(environment);
  if (program !== undefined) return { name: 'electron', program };
  if (wanted === 'electron') throw new Error('E2E_HOST=electron, but there is no binary of Electron here');
  return standIn;
}

/**
 * Makes Playwright's `_electron.launch()` start that host. To be called before Playwright first looks for Electron,
 * so in its configuration; giving `executablePath` instead would let windows open before Playwright listens.
 */
export function useHost(host: Host): void {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = path.dirname(host.program);
}

/**
 * Makes sure that what runs is what was chosen.
 *
 * @returns the versions of what runs, for the report
 * @throws {Error} when it is the other host
 */
export async function assertHost(
  app: ElectronApplication,
  host: Host,
): Promise<Readonly<Record<string, string>>> {
  const versions = await app.evaluate(() => {
    const { standin, electron, chrome, node } = process.versions;
    return { standin, electron, chrome, node };
  });
  const runs = versions.standin === undefined ? 'electron' : 'stand-in';
  if (runs !== host.name) throw new Error(`The suite was to run on ${host.name}, but this is ${runs}.`);
  return Object.fromEntries(
    Object.entries(versions).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
