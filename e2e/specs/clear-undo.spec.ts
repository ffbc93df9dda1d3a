import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { onLinux } from '../support/on-system.ts';
import { cleared, clearLab, EXPORT, said, type Said } from './clear-lab.ts';
import { OTHER_KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const lab = clearLab('clear-undo');

describe.runIf(onLinux)('An undo loses nothing', () => {
  test.each(['12345678', 'zebra', '', '../../x', 'a'.repeat(300)])('of an unknown id: %j', async (id) => {
    const answer = said(await lab.lay({}).ask('clear', '--undo', id, '--json'), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'unknown' } });
  });

  test('of a file that somebody changed since: both changes are shown.', async () => {
    const home = lab.lay({ '~/.zshrc': `export A=b\n${EXPORT}`, '~/.zshenv': EXPORT });
    const id = await cleared(home);
    writeFileSync(home.at('~/.zshrc'), `${home.text('~/.zshrc')}export MINE=${OTHER_KEY}\n`);
    const tree = home.tree();
    const answer = said(await home.ask('clear', '--undo', id, '--json'), 'error', 4);
    expect(answer).toMatchObject({
      error: { why: 'changed-since', views: [{ path: home.at('~/.zshrc') }], stuck: [] },
    });
    const [view] = (answer['error'] as { readonly views: readonly Said[] }).views;
    const lines = (side: string): unknown =>
      (view?.[side] as readonly { readonly lines: readonly Said[] }[])
        .flatMap((hunk) => hunk.lines)
        .filter(({ kind }) => kind !== 'context')
        .map(({ kind, number, text }) => [
          kind,
          number,
          String(text).replace(/^# credence \S+:/, '# credence ID:'),
        ]);
    expect(lines('credence')).toEqual([
      ['removed', 2, 'export ANTHROPIC_API_KEY=••••••••'],
      ['added', 2, '# credence ID: export ANTHROPIC_API_KEY=••••••••'],
    ]);
    expect(lines('since')).toEqual([['added', 3, 'export MINE=••••••••']]);
    const text = await home.ask('clear', '--undo', id);
    expect([text.stdout, text.exitCode]).toEqual(['', 4]);
    expect(text.stderr).toMatch(/^credence: It was changed after Credence changed it,/);
    expect(text.stderr).toContain('\nCredence changed:\n');
    expect(text.stderr).toContain('\nSince then this was changed:\n');
    expect(text.stderr).not.toContain(SECRET_MARK);
    expect(home.tree()).toEqual(tree);
    expect(said(await home.ask('changes', '--json'), 'changes', 0)).toMatchObject({
      changes: [{ state: 'applied', undoable: true }],
    });
  });

  test('of a file that is gone.', async () => {
    const home = lab.lay({ '~/.zshrc': EXPORT });
    const id = await cleared(home);
    rmSync(home.at('~/.zshrc'));
    const tree = home.tree();
    const answer = said(await home.ask('clear', '--undo', id, '--json'), 'error', 4);
    expect(answer).toMatchObject({ error: { why: 'changed-since', views: [{ since: [] }] } });
    expect((await home.ask('clear', '--undo', id)).stderr).toContain(
      'Since then it is gone or cannot be read.',
    );
    expect(home.tree()).toEqual(tree);
  });

  test('of several changes in any order, where they do not touch the same file.', async () => {
    const home = lab.lay({
      '~/.zshrc': EXPORT,
      '~/.bashrc': 'export ANTHROPIC_BASE_URL=https://x.example\n',
    });
    const tree = home.tree();
    const first = await cleared(home);
    const other = said(await home.ask('clear', 'ANTHROPIC_BASE_URL', '--apply', '--json'), 'clear', 0);
    said(await home.ask('clear', '--undo', first, '--json'), 'clear', 0);
    said(await home.ask('clear', '--undo', String(other['changeId']), '--json'), 'clear', 0);
    expect(home.tree()).toEqual(tree);
  });
});
