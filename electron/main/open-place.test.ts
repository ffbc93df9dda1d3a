import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { layTree } from '../../e2e/support/lay-tree.ts';
import { onPosix } from '../../e2e/support/on-system.ts';
import { openPlace } from './open-place.ts';

const shell = vi.hoisted(() => ({ done: [] as string[], trouble: '' }));
vi.mock('electron', () => ({
  shell: {
    openPath: (file: string) => {
      shell.done.push(`opens ${file}`);
      return Promise.resolve(shell.trouble);
    },
    showItemInFolder: (file: string) => shell.done.push(`shows ${file}`),
  },
}));

const root = layTree({
  'settings.json': '{}',
  'run.sh': { kind: 'file', content: '', mode: 0o755 },
  'a.desktop': '',
  'A.EXE': '',
  folder: { kind: 'folder' },
  'harmless.json': { kind: 'link', to: 'a.desktop' },
  'link.json': { kind: 'link', to: 'settings.json' },
});

beforeEach(() => {
  shell.done.length = 0;
  shell.trouble = '';
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const open = (name: string): ReturnType<typeof openPlace> =>
  openPlace({ path: path.join(root, name), line: 1 });

describe.runIf(onPosix)('A place', () => {
  test.each([
    ['settings.json', 'opens'],
    ['link.json', 'opens'],
    ['run.sh', 'shows'],
    ['a.desktop', 'shows'],
    ['A.EXE', 'shows'],
    ['folder', 'shows'],
    ['harmless.json', 'shows'],
  ])('is opened, but nothing that might run: %s.', async (name, does) => {
    expect(await open(name)).toEqual({ ok: true, value: null });
    expect(shell.done).toEqual([`${does} ${path.join(root, name)}`]);
  });

  test('that is gone is not known any more.', async () => {
    expect(await open('gone.json')).toMatchObject({ ok: false, failure: 'not-known' });
    expect(await open('settings.json/below')).toMatchObject({ ok: false, failure: 'not-known' });
    expect(shell.done).toEqual([]);
  });

  test('that no program opens is told, without what the system said.', async () => {
    shell.trouble = `Failed to open ${root}`;
    const reply = await open('settings.json');
    expect(reply).toMatchObject({ ok: false, failure: 'not-possible' });
    expect(JSON.stringify(reply)).not.toContain(root);
  });
});
