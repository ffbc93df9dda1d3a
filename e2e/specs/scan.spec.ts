import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
} from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FileTree } from '../../shared/testing/file-tree.ts';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { layTree } from '../support/lay-tree.ts';
import { onLinux, onPosix } from '../support/on-system.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const COMMAND = path.join(ROOT, 'out/cli/credence.cjs');
const SECRET = 'sk-ant-made-up-0123456789';
const KEY = JSON.stringify({ env: { ANTHROPIC_API_KEY: SECRET } }, undefined, 2);

const trees: string[] = [];
afterEach(() => {
  // Not Node's own: it goes by whole paths, and some here are too long for that.
  if (trees.length > 0) execFileSync('rm', ['-rf', ...trees.splice(0)]);
});

function lay(tree: FileTree): string {
  const root = layTree({ home: { kind: 'folder' }, ...tree });
  trees.push(root);
  return root;
}

const variables = (root: string): Readonly<Record<string, string>> => ({
  HOME: path.join(root, 'home'),
  PATH: process.env['PATH'] ?? '',
});

const ask = (root: string, args: readonly string[], folder = root): Promise<CommandAnswer> =>
  askCommand([process.execPath, COMMAND, 'scan', ...args], folder, variables(root));

interface Scan {
  readonly folders: readonly {
    readonly folder: string;
    readonly outcome: string;
    readonly names: readonly string[];
    readonly conflicts: readonly { readonly code: string }[];
    readonly sends: { readonly xApiKey: { readonly source: string } | null } | null;
  }[];
  readonly skipped: readonly {
    readonly folder: string;
    readonly path: string | null;
    readonly reason: string;
  }[];
}

async function scan(root: string, ...args: readonly string[]): Promise<Scan> {
  const answer = await ask(root, ['--json', ...args]);
  expect(answer).toMatchObject({ exitCode: 0, stderr: '', inTime: true });
  expect(answer.stdout).not.toContain(SECRET);
  const parsed = JSON.parse(answer.stdout) as Scan;
  expect(problemsOf(parsed)).toEqual([]);
  return parsed;
}

let problemsOf: (value: unknown) => readonly unknown[];
beforeAll(() => {
  const folder = path.join(ROOT, 'docs/schema');
  const ajv = new Ajv2020({ strict: false });
  for (const name of readdirSync(folder)) {
    ajv.addSchema(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object);
  }
  problemsOf = (value) => (ajv.validate('scan.schema.json', value) ? [] : (ajv.errors ?? []));
});

describe.runIf(onPosix)('credence scan', () => {
  test('Every folder below that brings credential settings is told with its answer, the folder itself as well.', async () => {
    const root = lay({
      '.claude/settings.json': KEY,
      'a/b/.claude/settings.local.json': '{ "apiKeyHelper": "exit 1" }',
      'c/.claude/settings.json': '{ "env": { "EDITOR": "vi" } }',
      'd/node_modules/x/.claude/settings.json': KEY,
      'd/.git/.claude/settings.json': KEY,
      'e/.claude/settings.json': `{ // dropped\n "env": { "ANTHROPIC_API_KEY": "${SECRET}" } }`,
    });
    const { folders, skipped } = await scan(root, root);
    expect(folders.map(({ folder, names }) => [path.relative(root, folder), names])).toEqual([
      ['', ['ANTHROPIC_API_KEY']],
      ['a/b', ['apiKeyHelper']],
      ['e', ['ANTHROPIC_API_KEY']],
    ]);
    expect(folders.map(({ sends }) => sends?.xApiKey?.source)).toEqual([
      'api-key',
      'api-key-helper',
      undefined,
    ]);
    expect(folders[2]?.conflicts.map(({ code }) => code)).toContain('settings-file-dropped');
    expect(skipped).toEqual([]);
  });

  test('Without a folder it looks from where it is started; several are told apart.', async () => {
    const root = lay({ 'a/.claude/settings.json': KEY, 'b/.claude/settings.json': KEY });
    const here = await ask(root, ['--json'], path.join(root, 'a'));
    expect((JSON.parse(here.stdout) as Scan).folders.map(({ folder }) => folder)).toEqual([
      path.join(root, 'a'),
    ]);
    expect(
      (await scan(root, 'b', 'a/../a', root)).folders.map(({ folder }) => path.basename(folder)),
    ).toEqual(['b', 'a']);
  });

  test('Links that lead round and round, to nowhere and to themselves hold nothing up.', async () => {
    const root = lay({
      'a/.claude/settings.json': KEY,
      'a/up': { kind: 'link', to: '..' },
      'a/b/up': { kind: 'link', to: '../..' },
      'a/.claude/up': { kind: 'link', to: '../..' },
      'b/.claude': { kind: 'link', to: '.claude' },
      'c/.claude/settings.json': { kind: 'link', to: 'settings.json' },
      self: { kind: 'link', to: 'self' },
      away: { kind: 'link', to: '/' },
    });
    const { folders, skipped } = await scan(root, root);
    expect(folders.map(({ folder }) => path.relative(root, folder))).toEqual(['a']);
    expect(skipped.map(({ path: file, reason }) => [path.relative(root, file ?? ''), reason])).toEqual([
      ['b/.claude/settings.json', 'link-loop'],
      ['b/.claude/settings.local.json', 'link-loop'],
      ['c/.claude/settings.json', 'link-loop'],
    ]);
  });

  test('A FIFO in place of a settings file is told, not waited for.', async () => {
    const root = lay({
      'a/.claude/settings.json': { kind: 'fifo' },
      'b/.claude/settings.json': { kind: 'fifo' },
      'b/.claude/settings.local.json': KEY,
    });
    const { folders, skipped } = await scan(root, root);
    expect(folders.map(({ folder }) => path.relative(root, folder))).toEqual(['b']);
    expect(skipped.map(({ reason }) => reason)).toEqual(['not-a-file', 'not-a-file']);
  });

  test('Names of any characters are told as they are in JSON, and do nothing to a terminal.', async () => {
    const names = [
      '\u001b[2J\u001b]0;x\u0007',
      'a\u202eb',
      'line\nbreak',
      'tab\t',
      '"quoted"',
      'ü\u0301',
      'n'.repeat(255),
    ];
    const deep = 'd/'.repeat(300);
    const root = lay({
      ...Object.fromEntries(names.map((name) => [`${name}/.claude/settings.json`, KEY])),
      [`${deep}.claude/settings.json`]: KEY,
    });
    const { folders } = await scan(root, root);
    const found = folders.map(({ folder }) => path.relative(root, folder));
    expect(new Set(found)).toEqual(new Set([...names, deep.slice(0, -1)]));
    const { stdout, exitCode } = await ask(root, [root]);
    expect(exitCode).toBe(0);
    // eslint-disable-next-line no-control-regex -- none of these may be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain(SECRET);
  });

  test.runIf(onLinux)(
    'A name that is no text, and a path that is too long, are told under what was skipped.',
    async () => {
      const root = lay({ 'z/.claude/settings.json': KEY });
      mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]));
      layDeeperThanPaths(path.join(root, 'deep'));
      const { folders, skipped } = await scan(root, root);
      expect(folders.map(({ folder }) => path.basename(folder))).toEqual(['z']);
      expect(skipped.map(({ reason }) => reason).sort()).toEqual(['name-not-text', 'path-too-long']);
    },
  );

  test('Settings in other encodings, empty, huge or of the wrong type are never a crash.', async () => {
    const utf16 = [...Buffer.from(`\ufeff${KEY}`, 'utf16le')];
    const root = lay({
      'bom/.claude/settings.json': `\ufeff${KEY}`,
      'empty/.claude/settings.json': '',
      'huge/.claude/settings.json': `${KEY}${' '.repeat(2 * 1024 * 1024)}`,
      'list/.claude/settings.json': '["ANTHROPIC_API_KEY"]',
      'number/.claude/settings.json': '7',
      'utf16/.claude/settings.json': { kind: 'file', content: utf16, mode: 0o644 },
      'wrong/.claude/settings.json': '{ "env": 7, "apiKeyHelper": "x" }',
    });
    const { folders, skipped } = await scan(root, root);
    expect(folders.map(({ folder }) => path.basename(folder))).toEqual(['bom', 'list', 'utf16', 'wrong']);
    expect(skipped.map(({ folder, reason }) => [path.basename(folder), reason])).toEqual([
      ['huge', 'too-large'],
    ]);
  });

  test.each([
    ['is not there', 'none', 3],
    ['is a file', 'file', 3],
  ])('A folder that %s is said, with an exit code of its own.', async (_, name, expected) => {
    const root = lay({ file: '', 'a/.claude/settings.json': KEY });
    const text = await ask(root, ['a', name]);
    expect([text.exitCode, text.stdout]).toEqual([expected, '']);
    expect(text.stderr).toContain(name);
    const json = await ask(root, ['--json', 'a', name]);
    expect(json.exitCode).toBe(expected);
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, error: { code: 'unreadable' } });
  });

  test.each([['--no-such-option'], ['--mode=none'], ['--folder=x'], ['--run-helper']])(
    '%s is not understood here.',
    async (option) => {
      expect((await ask(lay({}), [option])).exitCode).toBe(2);
    },
  );

  test.runIf(process.getuid?.() === 0)(
    'What another user may not read is told, and the rest is found.',
    () => {
      const root = lay({
        'a/.claude/settings.json': KEY,
        'b/.claude/settings.json': { kind: 'file', content: KEY, denied: true },
        'c/.claude': { kind: 'folder', denied: true },
        'd/below/.claude/settings.json': KEY,
        d: { kind: 'folder', denied: true },
        'e/.claude/settings.json': KEY,
        e: { kind: 'folder', mode: 0o711 },
        'e/.claude': { kind: 'folder', mode: 0o711 },
      });
      const answer = asNobody(root);
      const { folders, skipped } = JSON.parse(answer.stdout) as Scan;
      expect(folders.map(({ folder }) => path.basename(folder))).toEqual(['a', 'e']);
      expect(skipped.map((entry) => [path.relative(root, entry.path ?? entry.folder), entry.reason])).toEqual(
        [
          ['b/.claude/settings.json', 'denied'],
          ['c/.claude', 'denied'],
          ['d', 'denied'],
          ['e', 'denied'],
        ],
      );
    },
  );
});

/** With a copy of the command, since that user may not be able to come to this one. */
function asNobody(root: string): { readonly stdout: string } {
  const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-command-')));
  trees.push(place);
  const [node, command] = [path.join(place, 'node'), path.join(place, 'credence.cjs')];
  copyFileSync(process.execPath, node);
  cpSync(path.dirname(COMMAND), place, { recursive: true });
  const script =
    'chmod 755 "$1" "$2" "$3"; cd /; exec setpriv --reuid 65534 --regid 65534 --clear-groups "$2" "$3" scan --json "$4"';
  return spawnSync('sh', ['-c', script, 'sh', place, node, command, root], {
    env: { HOME: '/nonexistent', PATH: process.env['PATH'] ?? '' },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

/** Folders in folders, made from each to the next, until no path leads to the last one any more. */
function layDeeperThanPaths(start: string): void {
  mkdirSync(start);
  const script = `for (let at = 0; at < 25; at++) {
    require('fs').mkdirSync('x'.repeat(200));
    process.chdir('x'.repeat(200));
  }`;
  expect(spawnSync(process.execPath, ['-e', script], { cwd: start }).status).toBe(0);
}
