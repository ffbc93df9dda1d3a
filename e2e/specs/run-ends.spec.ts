import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { onLinux } from '../support/on-system.ts';
import { runLab } from './run-lab.ts';

const lab = runLab('run-ends');

function ends(
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
  folder = lab.base,
  input = '',
) {
  const [file = '', ...args] = lab.command(['run', '--', ...words]);
  return spawnSync(file, args, {
    cwd: folder,
    env: { PATH: lab.credence.searchPath, HOME: lab.base, ...more },
    encoding: 'utf8',
    input,
  });
}

describe.runIf(onLinux)('The end', () => {
  test.each([0, 1, 2, 3, 4, 126, 127, 128, 130, 255])('An exit code is the program’s: %i', (code) => {
    expect(ends(['sh', '-c', `exit ${code}`])).toMatchObject({ status: code, stdout: '', stderr: '' });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const)(
    'What ends by a signal ends this by the same: %s',
    (signal) => {
      expect(ends(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({ status: null, signal });
    },
  );

  test.each(['SIGQUIT', 'SIGABRT', 'SIGSEGV', 'SIGPIPE'] as const)(
    'Where that would leave a picture of the memory, or cannot be, it is told as shells do: %s',
    (signal) => {
      expect(ends(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({
        status: 128 + constants.signals[signal],
        signal: null,
      });
    },
  );

  test('What is not there, and what cannot be run, is told as shells do.', () => {
    const folder = mkdtempSync(path.join(lab.base, 'folder-'));
    writeFileSync(path.join(folder, 'text'), 'x');
    writeFileSync(path.join(folder, 'no-interpreter'), '#!/no/such/program\n');
    chmodSync(path.join(folder, 'no-interpreter'), 0o755);
    const searched = { PATH: `${folder}:${lab.credence.searchPath}` };
    for (const [word, status] of [
      ['no-such-program', 127],
      ['./no-such-program', 127],
      ['', 127],
      ['text', 126],
      ['./text', 126],
      [folder, 126],
      ['./no-interpreter', 126],
    ] as const) {
      const end = ends([word], searched, folder);
      expect([word, end.status, end.stdout]).toEqual([word, status, '']);
      expect(end.stderr).toMatch(/^credence: .+\n$/);
    }
  });

  test('A program is looked for on the search path, and never in the folder one stands in.', () => {
    const folder = mkdtempSync(path.join(lab.base, 'folder-'));
    writeFileSync(path.join(folder, 'made-up'), '#!/bin/sh\necho "here $0"\n');
    chmodSync(path.join(folder, 'made-up'), 0o755);
    for (const searchPath of [
      `:${lab.credence.searchPath}`,
      `${lab.credence.searchPath}:`,
      '/usr/bin::/bin',
      '',
    ])
      expect(ends(['made-up'], { PATH: searchPath }, folder).status, searchPath).toBe(127);
    expect(ends(['./made-up'], {}, folder).stdout).toBe('here ./made-up\n');
    expect(ends(['made-up'], { PATH: `/bin:${folder}` }, folder).stdout).toBe(`here ${folder}/made-up\n`);
    // What somebody has put there on purpose holds.
    expect(ends(['made-up'], { PATH: `/bin:.` }, folder).status).toBe(0);
  });

  test('A script without a first line runs, the folder and the streams are the same.', () => {
    const folder = realpathSync(mkdtempSync(path.join(lab.base, 'folder-')));
    writeFileSync(path.join(folder, 'plain'), 'pwd; cat; echo x >&2\n');
    chmodSync(path.join(folder, 'plain'), 0o755);
    const end = ends(['./plain'], {}, folder, 'given\0\n');
    expect(end).toMatchObject({ status: 0, stdout: `${folder}\ngiven\0\n`, stderr: 'x\n' });
  });
});
