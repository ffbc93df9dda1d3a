/**
 * What dist/electron runs: `node boot.ts <dist/electron> ARG…`. Does what Electron's default app does with its command
 * line, then starts Chromium and tells the app that it is ready.
 */
import { existsSync, readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import { givenSwitches } from './api/command-line.ts';
import { closeRegistration } from './api/custom-schemes.ts';
import { startEngine, stopEngine, stopEngineNow } from './api/engine.ts';
import { openSession } from './api/session.ts';
import { log } from './log.ts';
import './node-program.ts';
import { readStartOptions } from './start-options.ts';

const HERE = import.meta.dirname;
const SURFACE = pathToFileURL(path.join(HERE, 'electron.ts')).href;

const [program = '', ...args] = process.argv.slice(2);
const options = readStartOptions(args);

takeIdentity();
resolveElectron();
process.once('exit', () => {
  app.releaseSingleInstanceLock();
  stopEngineNow();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    app.quit();
  });
}
process.on('unhandledRejection', (reason) => {
  log('unhandled', reason);
  if (app.isQuitting) return;
  // Electron warns and goes on. What the stand-in lacks is not to be overlooked, though.
  console.error('UnhandledPromiseRejectionWarning:', reason);
  if (reason instanceof Error && reason.message.startsWith('stand-in:')) process.exit(1);
});
if (options.inspect !== undefined) inspector.open(options.inspect);
// Playwright asks for a port; without one, nobody on this machine can reach into the windows.
for (const [name, value] of options.switches) app.commandLine.appendSwitch(name, value);
const requireFromHere = createRequire(path.join(process.cwd(), 'here'));
for (const file of options.modules) requireFromHere(file);

await run();

async function run(): Promise<void> {
  if (options.app === undefined) fail('stand-in: say which app to start: electron [options] FOLDER');
  const { entry, ...about } = readApp(path.resolve(options.app));
  app.describe({ ...about, leave });
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  await import(pathToFileURL(entry).href);
  // A second instance quits here, and needs no Chromium for it.
  if (app.isQuitting) return;
  try {
    await startEngine(givenSwitches(), (how) => {
      fail(`stand-in: Chromium is gone: ${how}`);
    });
  } catch (error) {
    fail(String(error instanceof Error ? error.message : error));
  }
  closeRegistration();
  openSession();
  app.becomeReady();
}

/** For what a person can mend, to whom a stack trace says nothing. */
function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** @param folder or the entry file itself */
function readApp(folder: string): { entry: string; name: string; version: string; appPath: string } {
  if (!existsSync(folder)) fail(`Unable to find Electron app at ${folder}`);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) {
    return {
      entry: requireFromHere.resolve(folder),
      name: 'Electron',
      version: '',
      appPath: path.dirname(folder),
    };
  }
  const { name, productName, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Readonly<
    Record<string, string>
  >;
  return {
    entry: requireFromHere.resolve(folder),
    name: productName ?? name ?? 'Electron',
    version: version ?? '',
    appPath: folder,
  };
}

function leave(code: number): void {
  stopEngine()
    .catch((error: unknown) => {
      log('end', error);
    })
    .finally(() => {
      process.exit(code);
    });
}

/** Libraries look at these to see whether they are in Electron; tests look at `standin` to see that they are not. */
function takeIdentity(): void {
  process.argv = [program, ...args];
  process.execPath = program;
  const { version } = JSON.parse(
    readFileSync(path.join(HERE, '../../node_modules/electron/package.json'), 'utf8'),
  ) as { readonly version: string };
  Object.defineProperties(process.versions, {
    electron: { value: version, enumerable: true },
    standin: { value: '1', enumerable: true },
  });
  Object.defineProperties(process, {
    type: { value: 'browser', enumerable: true },
    resourcesPath: { value: path.join(path.dirname(program), 'resources'), enumerable: true },
  });
}

function resolveElectron(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (/^electron(\/(main|common))?$/.test(specifier)) return { url: SURFACE, shortCircuit: true };
      // Libraries that find themselves in Electron want the file system without its archives.
      if (/^(node:)?original-fs$/.test(specifier)) return next('node:fs', context);
      return next(specifier, context);
    },
  });
}
