import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { browserContract } from '../../../shared/testing/browser-contract.ts';
import { systemBrowser } from './system-browser.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-test-browser-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const URL = 'https://a.example/';
/** More than any of these programs takes; a program that goes on is waited for as long as this. */
const PATIENCE = 3_000;
const BASE = { PATH: '/usr/bin:/bin' };

let count = 0;
/** A made-up program; `NOTE` in it is a file of its own, and by itself it writes each argument into that. */
function program(text = 'printf "%s\\n" "$@" >> "NOTE"', name = `browser-${count++}`) {
  const file = path.join(folder, name);
  const note = `${file}.note`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text.replaceAll('NOTE', note)}\n`);
  chmodSync(file, 0o755);
  return {
    file,
    note,
    noted: (): readonly string[] =>
      existsSync(note) ? readFileSync(note, 'utf8').split('\n').slice(0, -1) : [],
  };
}

const open = (variables: Readonly<Record<string, string>>, patience = PATIENCE) =>
  systemBrowser({ platform: 'linux', variables: { ...BASE, ...variables } }, patience).open(URL);

describe.runIf(onPosix)('As every browser', () => {
  const cases = browserContract((works) => {
    const { file, noted } = program();
    const variables = { ...BASE, BROWSER: works ? file : `${file}-that-is-not-there` };
    const browser = systemBrowser({ platform: 'linux', variables }, PATIENCE);
    return Promise.resolve({ browser, given: () => Promise.resolve(noted()) });
  });
  test.each(cases)('$title', ({ run }) => run());
});

describe.runIf(onPosix)('Of several browsers', () => {
  test('the first that works is the one.', async () => {
    const [bad, good, never] = [program('exit 3'), program(), program()];
    const missing = path.join(folder, 'missing');
    expect(await open({ BROWSER: [missing, bad.file, good.file, never.file].join(':') })).toBe('opened');
    expect([good.noted(), never.noted()]).toEqual([[URL], []]);
  });

  test.each([
    ['none is there', () => path.join(folder, 'missing')],
    ['all end badly', () => [program('exit 1').file, program('exit 4').file].join(':')],
    ['one is killed', () => program('kill -9 $$').file],
    ['one is no program', () => folder],
    ['one is a program that the system cannot run', () => {
      const { file } = program();
      writeFileSync(file, '\x7fELF and nothing more');
      return file;
    }], // prettier-ignore
  ])('%s: that is told.', async (_, named) => {
    expect(await open({ BROWSER: named() })).toBe('failed');
  });

  test('BROWSER may hold a name, which is looked for in absolute folders only.', async () => {
    const mine = program(undefined, 'in-path/my-browser');
    expect(await open({ PATH: path.dirname(mine.file), BROWSER: 'my-browser' })).toBe('opened');
    expect(mine.noted()).toEqual([URL]);
    const relative = path.relative(process.cwd(), path.dirname(mine.file));
    expect(await open({ PATH: relative, BROWSER: 'my-browser' })).toBe('failed');
    expect(await open({ PATH: '', BROWSER: path.join(relative, 'my-browser') })).toBe('failed');
  });
});

describe.runIf(onPosix)('The desktop’s own opener', () => {
  test('is asked where there is a display.', async () => {
    const opener = program(undefined, 'desktop/xdg-open');
    const PATH = `${path.dirname(opener.file)}:${BASE.PATH}`;
    expect(await open({ PATH, DISPLAY: ':0' })).toBe('opened');
    expect(opener.noted()).toEqual([URL]);
  });

  test('is not asked where there is none, or where nobody sits in front of it.', async () => {
    const opener = program(undefined, 'no-desktop/xdg-open');
    const PATH = `${path.dirname(opener.file)}:${BASE.PATH}`;
    expect(await open({ PATH })).toBe('failed');
    expect(await open({ PATH, DISPLAY: ':0', SSH_TTY: '/dev/pts/1' })).toBe('failed');
    expect(opener.noted()).toEqual([]);
  });
});

describe.runIf(onPosix)('A browser', () => {
  test('that goes on is one that shows the page, and goes on.', async () => {
    const goingOn = program('while [ ! -e "NOTE.end" ]; do sleep 0.05; done; echo done > "NOTE"');
    expect(await open({ BROWSER: goingOn.file }, 200)).toBe('opened');
    expect(goingOn.noted()).toEqual([]);
    writeFileSync(`${goingOn.note}.end`, '');
    await expect.poll(goingOn.noted, { timeout: 30_000 }).toEqual(['done']);
  });

  test('leads a group of its own, so that an interrupt of ours is none for it.', async () => {
    const leader = program('echo $$ $(ps -o pgid= -p $$) > "NOTE"');
    await open({ BROWSER: leader.file });
    const [pid, group] = (leader.noted()[0] ?? '').split(' ');
    expect(Number(pid)).toBeGreaterThan(1);
    expect(group).toBe(pid);
  });

  test('has the user’s variables, reads nothing and is heard by nobody.', async () => {
    const loud = program('head -c 100000 /dev/zero; echo "$MADE_UP" > "NOTE"; cat >> "NOTE"; echo loud >&2');
    expect(await open({ BROWSER: loud.file, MADE_UP: 'made up' })).toBe('opened');
    expect(loud.noted()).toEqual(['made up']);
  });
});
