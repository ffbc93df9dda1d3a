import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { onLinux } from '../support/on-system.ts';
import { cleared, clearLab, EXPORT, said, type Said } from './clear-lab.ts';
import { KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const lab = clearLab('clear-large');
const closed = schemaValidator({ undocumented: false });

const HOSTILE = 'a\u001b[2Jb\u202ec\nd';

describe.runIf(onLinux)('Hostile and large', () => {
  test('A folder with a hostile name acts on no terminal.', async () => {
    const home = lab.lay({
      [`$PROJ/${HOSTILE}/.claude/settings.json`]: `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}`,
    });
    const folder = path.join(home.folder, HOSTILE);
    const tree = home.tree();
    const ask = (...words: readonly string[]): Promise<CommandAnswer> =>
      lab.credence.ask(words, { folder, variables: home.variables });
    const texts = [
      await ask('clear', 'ANTHROPIC_API_KEY'),
      await ask('clear', 'ANTHROPIC_API_KEY', '--apply'),
      await ask('changes'),
    ];
    const id = /--undo ([0-9a-f]{8})/.exec(texts[1]?.stdout ?? '')?.[1] ?? '';
    said(await ask('changes', '--json'), 'changes', 0);
    texts.push(await ask('clear', '--undo', id));
    for (const { stdout, stderr } of texts) {
      for (const mark of ['\u001b', '\u202e']) expect(`${stdout}${stderr}`).not.toContain(mark);
      expect(`${stdout}${stderr}`).not.toContain(SECRET_MARK);
    }
    expect(home.tree()).toEqual(tree);
  });

  test('10,000 lines with the name are all cleared, shown shortly, and put back.', async () => {
    const home = lab.lay({ '~/.zshrc': EXPORT.repeat(10_000) });
    const tree = home.tree();
    const { stdout } = await home.ask('clear', 'ANTHROPIC_API_KEY');
    expect(stdout).toContain('10000 lines in one file change.');
    expect(stdout.split('\n').length).toBeLessThan(250);
    const id = await cleared(home);
    expect(home.text('~/.zshrc')).toBe(`# credence ${id}: ${EXPORT}`.repeat(10_000));
    said(await home.ask('clear', '--undo', id, '--json'), 'clear', 0);
    expect(home.tree()).toEqual(tree);
  });

  test('5,000 lines that are left are told in a few.', async () => {
    const home = lab.lay({ '~/.zshrc': `if true; then\n${EXPORT}fi\n`.repeat(5_000) });
    const { stdout, exitCode } = await home.ask('clear', 'ANTHROPIC_API_KEY');
    expect(stdout).toContain('and 4995 more');
    expect(stdout.split('\n').length).toBeLessThan(30);
    expect(exitCode).toBe(4);
  });

  test('A file that comes and goes while it is changed ends as it was or cleared, and nothing else is left.', async () => {
    const home = lab.lay({ '~/.zshrc': EXPORT });
    const tree = home.tree();
    const line = 'while :; do mv .zshrc .gone; mv .gone .zshrc; done';
    const other = spawn('sh', ['-c', line], { cwd: home.home, stdio: 'ignore', detached: true });
    try {
      for (let turn = 0; turn < 10; turn++) {
        const { stdout, stderr, exitCode } = await home.ask(
          'clear',
          'ANTHROPIC_API_KEY',
          '--apply',
          '--json',
        );
        expect(stderr).toBe('');
        expect([0, 4]).toContain(exitCode);
        const answer = JSON.parse(stdout) as Said;
        expect(closed('error' in answer ? 'error' : 'clear', answer)).toEqual([]);
        if (answer['applied'] === true) await home.ask('clear', '--undo', String(answer['changeId']));
      }
    } finally {
      if (other.pid !== undefined) process.kill(-other.pid, 'SIGKILL');
      await new Promise((ended) => other.once('close', ended));
    }
    spawnSync('sh', ['-c', 'test -e .gone && mv .gone .zshrc'], { cwd: home.home });
    for (const { changeId, undoable } of (
      JSON.parse((await home.ask('changes', '--json')).stdout) as { readonly changes: readonly Said[] }
    ).changes) {
      if (undoable === true) said(await home.ask('clear', '--undo', String(changeId), '--json'), 'clear', 0);
    }
    expect(home.tree()).toEqual(tree);
  });
});
