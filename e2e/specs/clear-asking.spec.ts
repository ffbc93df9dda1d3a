import { describe, expect, test } from 'vitest';
import { askInTerminal, type TerminalTalk } from '../support/ask-in-terminal.ts';
import type { ClearHome } from '../support/clear-home.ts';
import { treeChanges } from '../support/home-tree.ts';
import { onLinux } from '../support/on-system.ts';
import { clearLab } from './clear-lab.ts';
import { KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const lab = clearLab('asking');

const TEXT = `export A=b\nexport ANTHROPIC_API_KEY=${KEY}\n`;

const lay = (): ClearHome => lab.lay({ '~/.zshrc': TEXT });

function talk({ folder, variables }: ClearHome, words: string, answer: string): Promise<TerminalTalk> {
  return askInTerminal(`stty cols 80; credence ${words}`, {
    folder,
    variables: {
      ...variables,
      PATH: lab.credence.searchPath,
      SHELL: '/bin/sh',
      TERM: 'xterm',
      NO_COLOR: '1',
    },
    question: '[y/N] ',
    answer,
  });
}

describe.runIf(onLinux)('In a terminal', () => {
  test.each([['y\r'], ['Y\r'], ['yes\r'], [' y \r']])('it is done after a yes: %j', async (answer) => {
    const home = lay();
    const tree = home.tree();
    const { shown, exitCode } = await talk(home, 'clear ANTHROPIC_API_KEY', answer);
    expect(shown).toContain('Clear the API key from ~/.zshrc.\n');
    expect(shown).toContain('Nothing is written until you say so.');
    expect(shown).toContain('Clear from ~/.zshrc? [y/N] ');
    expect(shown).toContain('\nDone. ');
    expect(shown).not.toContain(SECRET_MARK);
    expect(exitCode).toBe(0);
    expect(treeChanges(tree, home.tree())).toEqual(['.zshrc']);
    const id = /credence clear --undo ([0-9a-f]{8})/.exec(shown)?.[1] ?? '';
    expect(home.text('~/.zshrc')).toBe(`export A=b\n# credence ${id}: export ANTHROPIC_API_KEY=${KEY}\n`);
  });

  test.each([
    ['n', 'n\r'],
    ['nothing', '\r'],
    ['something else', 'yeah, perhaps\r'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C', '\u0003'],
  ])('nothing is done after %s.', async (_, answer) => {
    const home = lay();
    const tree = home.tree();
    const { shown, exitCode } = await talk(home, 'clear ANTHROPIC_API_KEY', answer);
    expect(shown).toMatch(/\nNothing was changed\.\n$/);
    expect(shown).not.toContain('Done');
    expect(exitCode).toBe(4);
    expect(treeChanges(tree, home.tree())).toEqual([]);
    expect((await home.ask('changes')).stdout).toBe('Credence has changed nothing.\n');
  });

  test('nobody is asked with --apply.', async () => {
    const home = lay();
    const { shown, exitCode } = await talk(home, 'clear ANTHROPIC_API_KEY --apply', '');
    expect(shown).not.toContain('[y/N]');
    expect(shown).not.toContain('until you say so');
    expect(shown).toContain('\nDone. ');
    expect(exitCode).toBe(0);
  });
});

test.runIf(onLinux)('Without a terminal the plan is shown, and nothing is done.', async () => {
  const home = lay();
  const tree = home.tree();
  const { stdout, stderr, exitCode } = await home.ask('clear', 'ANTHROPIC_API_KEY');
  expect(stdout).toMatch(/^Clear the API key from ~\/\.zshrc\.\n/);
  expect(stdout).toMatch(/\n\nNothing was changed\. Add --apply to do it\.\n$/);
  expect(stdout).toContain('  2 - export ANTHROPIC_API_KEY=••••••••\n');
  expect(stdout).not.toContain('[y/N]');
  expect([stderr, exitCode]).toEqual(['', 4]);
  expect(treeChanges(tree, home.tree())).toEqual([]);
});

test.runIf(onLinux)('What is done can be read and undone by what it says.', async () => {
  const home = lay();
  const tree = home.tree();
  const done = await home.ask('clear', 'ANTHROPIC_API_KEY', '--apply');
  expect([done.stderr, done.exitCode]).toEqual(['', 0]);
  const id = /^To go back: credence clear --undo ([0-9a-f]{8})$/m.exec(done.stdout)?.[1] ?? '';
  const list = await home.ask('changes');
  expect(list.stdout).toMatch(
    new RegExp(`^  ${id}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  done  cleared the API key in ~/.zshrc\n`),
  );
  expect(list.stdout).toContain('To go back: credence clear --undo ID');
  const undone = await home.ask('clear', '--undo', id.toUpperCase());
  expect(undone).toMatchObject({
    stdout: `Undone. Every place is as it was before ${id}.\n`,
    stderr: '',
    exitCode: 0,
  });
  expect(home.tree()).toEqual(tree);
  expect((await home.ask('changes')).stdout).not.toContain('To go back');
  for (const { stdout } of [done, list, undone]) expect(stdout).not.toContain(SECRET_MARK);
});
