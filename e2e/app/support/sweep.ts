/** Looks for secrets in every place that a test can think of, all at once. */
import { Buffer } from 'node:buffer';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { AppUnderTest } from './launch-app.ts';
import { secretFinder, type Secret } from './secret-forms.ts';
import { TRACE, tracedCalls, traceProcess } from './system-calls.ts';

export interface Find {
  readonly secret: string;
  readonly form: string;
  readonly place: string;
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Looks from its making on at what runs, and at everything that lies somewhere each time it is asked to. */
export interface Sweep {
  /** From now on this is looked for, also in what was recorded before. */
  readonly add: (...secrets: readonly Secret[]) => void;
  readonly follow: (app: AppUnderTest, page: Page) => Promise<void>;
  /** A command, with all that it says, starts and writes. */
  readonly run: (
    name: string,
    program: readonly string[],
    env: Readonly<Record<string, string>>,
    more?: { readonly folder?: string; readonly input?: string | Buffer },
  ) => Promise<Ran>;
  /** All that there is at this moment; without the app where it has been quit, and with its browser’s memory where that is worth it. */
  readonly look: (further?: 'without app' | 'with memory') => Promise<void>;
  readonly see: (place: string, bytes: Buffer | string) => void;
  /** Ends the watching; may come twice. */
  readonly stop: () => Promise<void>;
  /** The same, and gives what was found anywhere at any time. */
  readonly end: () => Promise<readonly Find[]>;
  /** How many places of each kind were looked at. */
  readonly counts: () => Readonly<Record<string, number>>;
}

declare global {
  // What `evaluate` leaves in the page.
  var __published: string[];
}

const POLLER = path.join(import.meta.dirname, 'process-poller.ts');

/**
 * @param homes   whose programs are watched
 * @param folders that are looked through, by name
 * @param notes   an empty folder outside of them, for what is recorded
 */
export async function startSweep(
  homes: readonly string[],
  folders: Readonly<Record<string, string>>,
  notes: string,
): Promise<Sweep> {
  mkdirSync(notes, { recursive: true });
  const secrets: Secret[] = [];
  let find = secretFinder(secrets);
  const found = new Map<string, Find>();
  const counted = new Map<string, number>();
  /** What may hold secrets that become known only later. */
  const later: (readonly [string, Buffer])[] = [];
  const traces: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  let followed: { readonly app: AppUnderTest; readonly page: Page; readonly pid: number } | null = null;

  const judge = (place: string, bytes: Buffer): void => {
    for (const hit of find(bytes)) found.set(`${place} ${hit.secret} ${hit.form}`, { ...hit, place });
  };
  const see: Sweep['see'] = (place, given) => {
    const kind = place.split(':')[0] ?? '';
    counted.set(kind, (counted.get(kind) ?? 0) + 1);
    judge(place, Buffer.from(given));
  };
  const keep = (place: string, text: string): void => {
    see(place, text);
    later.push([place, Buffer.from(text)]);
  };

  const sights = path.join(notes, 'processes');
  const poller: ChildProcess = spawn(process.execPath, [POLLER, sights, ...homes], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(poller.stdout ?? poller, 'data');

  const trace = (): string => {
    const file = path.join(notes, `trace-${String(traces.length)}`);
    traces.push(file);
    return file;
  };

  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0)) await end();
    if (poller.exitCode !== null) return;
    poller.stdin?.end();
    await once(poller, 'close');
  };

  return {
    add: (...more) => {
      secrets.push(...more);
      find = secretFinder(secrets);
    },
    see,
    counts: () => Object.fromEntries(counted),
    follow: async (app, page) => {
      const own = app.app.process();
      const pid = own.pid ?? 0;
      for (const stream of [own.stdout, own.stderr])
        stream?.on('data', (chunk: Buffer) => {
          keep('said:app', chunk.toString());
        });
      const tracing = await traceProcess(pid, trace());
      ends.push(tracing.end);
      await page.evaluate(async () => {
        globalThis.__published = [];
        const bridge = Reflect.get(globalThis, 'credence') as {
          readonly onSnapshot: (listener: (snapshot: unknown) => void) => void;
          readonly getSnapshot: () => Promise<unknown>;
        };
        bridge.onSnapshot((snapshot) => globalThis.__published.push(JSON.stringify(snapshot)));
        globalThis.__published.push(JSON.stringify(await bridge.getSnapshot()));
      });
      followed = { app, page, pid };
    },
    run: async (name, program, env, { folder = homes[0], input } = {}) => {
      const child = spawn('strace', [...TRACE, '-o', trace(), '--', ...program], {
        env,
        cwd: folder,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString('latin1')));
      child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString('latin1')));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      const [exitCode] = (await once(child, 'close')) as [number | null];
      keep(`said:${name}`, said.stdout);
      keep(`complained:${name}`, said.stderr);
      return { ...said, exitCode };
    },
    look: async (further) => {
      for (const [name, folder] of Object.entries(folders)) lookThrough(name, folder, see);
      if (followed === null || further === 'without app') return;
      const { app, page, pid } = followed;
      for (const text of await page.evaluate(() => globalThis.__published)) keep('snapshot:', text);
      keep('page:html', await page.content());
      keep('page:text', await page.evaluate(() => document.body.innerText));
      for (const text of await fieldsOf(page)) keep('page:field', text);
      keep('page:stores', await storesOf(page));
      keep('tray:', JSON.stringify(await app.tray()));
      keep('notification:', JSON.stringify(await app.notifications()));
      keep('clipboard:', await app.app.evaluate(({ clipboard }) => clipboard.readText()));
      see('heap:', await heapOf(page));
      if (further === 'with memory') for (const chromium of chromiumOf(pid)) lookIntoMemory(chromium, see);
    },
    stop,
    end: async () => {
      await stop();
      for (const [place, bytes] of later) judge(place, bytes);
      for (const line of readFileSync(sights, 'latin1').split('\n')) {
        const [, name = '', given = '', variables = ''] = line.split(' ');
        if (name === '') continue;
        see(`argument:${name}`, Buffer.from(given, 'base64'));
        see(`variable:${name}`, Buffer.from(variables, 'base64'));
      }
      for (const file of traces.filter((one) => existsSync(one)))
        for await (const { call, to, bytes } of tracedCalls(file)) {
          const kind = call === 'execve' ? 'start' : 'write';
          // How the stand-in hands something to its window.
          const isForWindow =
            kind === 'write' && bytes.includes('"method":"') && bytes.includes('"sessionId"');
          see(isForWindow ? 'window:' : `${kind}:${to}`, bytes);
          // Texts in texts in JSON: each puts one more before what it escapes.
          if (isForWindow) see('window:', bytes.toString('latin1').replaceAll(/\\{2,}/g, '\\'));
        }
      return [...found.values()];
    },
  };
}

/** Every file and link below a folder, by its path with the folder’s name in front, and the names themselves. */
function lookThrough(name: string, folder: string, see: Sweep['see']): void {
  const walk = (at: string): void => {
    let entries;
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const full = path.join(at, entry.name);
      const place = `file:${path.join(name, path.relative(folder, full))}`;
      see(place, entry.name);
      // What is being removed meanwhile is not there.
      try {
        if (entry.isDirectory()) walk(full);
        else if (entry.isSymbolicLink()) see(place.replace(/^file/, 'link'), readlinkSync(full));
        else if (entry.isFile() && lstatSync(full).size > 0) see(place, readFileSync(full));
      } catch {
        continue;
      }
    }
  };
  walk(folder);
}

const fieldsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].map((field) => String(Reflect.get(field, 'value'))),
  );

const storesOf = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      location.href,
      history.state,
      await indexedDB.databases(),
      await caches.keys(),
      performance.getEntries(),
    ]),
  );

/** The page’s objects, after a collection of what nobody holds any more. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: Buffer[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(Buffer.from(chunk)));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.concat(chunks);
}

/** The processes of the browser that shows the window. */
function chromiumOf(app: number): readonly { readonly pid: number; readonly type: string }[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const stat = textOf(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === app || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).flatMap((pid) => {
    const given = textOf(`/proc/${String(pid)}/cmdline`);
    if (!given.includes('--user-data-dir=') && !given.includes('--type=')) return [];
    return [{ pid, type: /--type=([a-z-]+)/.exec(given)?.[1] ?? 'browser' }];
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

const PART = 16 * 1024 * 1024;
const OVERLAP = 4096;

/** A process’s memory, as far as it was ever used: Chromium reserves gigabytes of it. */
function lookIntoMemory(
  { pid, type }: { readonly pid: number; readonly type: string },
  see: Sweep['see'],
): void {
  let memory;
  try {
    memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  } catch {
    return;
  }
  const part = Buffer.alloc(PART);
  for (const line of textOf(`/proc/${String(pid)}/maps`).split('\n')) {
    const [, from = '', to = '', shared = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw.(.)/.exec(line) ?? [];
    if (from === '') continue;
    const mapped: Range = { start: Number.parseInt(from, 16), end: Number.parseInt(to, 16) };
    // What is shared may have been written by another process, of which this one’s pages say nothing.
    const isShared = shared === 's';
    for (const { start, end } of isShared ? [mapped] : usedOf(pid, mapped))
      for (let at = start; at < end; at += PART - OVERLAP) {
        try {
          const read = readSync(memory, part, 0, Math.min(PART, end - at), at);
          see(`${isShared ? 'shared' : 'memory'}:${type}`, part.subarray(0, read));
        } catch {
          // Reserved and never used, or gone.
          continue;
        }
      }
  }
  closeSync(memory);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const PAGE = 4096;
/** Of an entry of `pagemap` in Linux: the page is in memory, or swapped out. Any other one is all zeros, or its file as it is. */
const IS_USED = 0b1100_0000;

/** The pages of a mapping that were used, with one more on each side, since a form may begin or end with a zero. */
function usedOf(pid: number, mapped: Range): readonly Range[] {
  const pages = (mapped.end - mapped.start) / PAGE;
  const entries = Buffer.alloc(pages * 8);
  let pagemap;
  try {
    pagemap = openSync(`/proc/${String(pid)}/pagemap`, 'r');
    if (readSync(pagemap, entries, 0, entries.length, (mapped.start / PAGE) * 8) < entries.length)
      return [mapped];
  } catch {
    return [mapped];
  } finally {
    if (pagemap !== undefined) closeSync(pagemap);
  }
  const used: Range[] = [];
  for (let page = 0; page < pages; page++) {
    if (((entries[page * 8 + 7] ?? 0) & IS_USED) === 0) continue;
    const start = mapped.start + Math.max(page - 1, 0) * PAGE;
    const end = mapped.start + Math.min(page + 2, pages) * PAGE;
    const last = used.at(-1);
    if (last !== undefined && start <= last.end) used[used.length - 1] = { start: last.start, end };
    else used.push({ start, end });
  }
  return used;
}
