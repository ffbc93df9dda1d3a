import { expect, test } from 'vitest';
import type { HomeFiles } from '../support/clear-home.ts';
import { clearLab, EXPORT, said, stillSetAt } from './clear-lab.ts';
import { KEY } from './clear-worlds.ts';

const lab = clearLab('clear-nothing');

test.each<[string, HomeFiles, readonly string[], string, number]>([
  ['Nothing sets it', {}, ['ANTHROPIC_API_KEY'], 'No file and no session variable sets it.', 0],
  ['Nothing sets any of them', {}, ['auth-token', 'ANTHROPIC_API_KEY'], 'sets any of them.', 0],
  ['Nothing is in the way', {}, ['--use', 'claude-login'], 'Nothing stands in its way.', 0],
  [
    'It is private already',
    { '$PROJ/.env': { text: '', mode: 0o600 } },
    ['--narrow', '.env'],
    'Nobody else may read it as it is.',
    0,
  ],
  [
    'It is cancelled already',
    { '~/.claude/settings.json': '{"env":{"ANTHROPIC_API_KEY":""}}' },
    ['ANTHROPIC_API_KEY', '--cancel'],
    'Your user settings do that already.',
    0,
  ],
  [
    'No answer is remembered',
    { '~/.zshrc': EXPORT, '~/.claude.json': '{}' },
    ['api-key', '--forget-answer'],
    'Claude Code remembers no answer about it.',
    0,
  ],
  [
    'All of it is left',
    { '~/.zshrc': `if true; then\n${EXPORT}fi\n` },
    ['ANTHROPIC_API_KEY'],
    'There is nothing that Credence can change.',
    4,
  ],
])(
  '%s: that is said, and is a failure only where something is left.',
  async (_, files, words, sentence, exit) => {
    const home = lab.lay(files);
    const tree = home.tree();
    for (const apply of [[], ['--apply']]) {
      const text = await home.ask('clear', ...words, ...apply);
      expect(text.stdout).toContain(sentence);
      expect([text.stderr, text.exitCode]).toEqual(['', exit]);
      const json = said(
        await home.ask('clear', ...words, ...apply, '--json'),
        'clear',
        exit === 0 || apply.length > 0 ? exit : 0,
      );
      expect(json).toMatchObject({ applied: false, steps: [] });
    }
    expect(home.tree()).toEqual(tree);
  },
);

test('A value that this terminal alone has is told, and is no failure.', async () => {
  const home = lab.lay({}, { exports: { ANTHROPIC_API_KEY: KEY } });
  const answer = said(await home.ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0);
  expect(answer).toMatchObject({ applied: false, changeId: null });
  expect(stillSetAt(answer, home)).toEqual([
    { name: 'ANTHROPIC_API_KEY', where: 'this-terminal', origin: null, processes: [] },
  ]);
});

test.each(['console-key', 'api-key', 'gateway-session'])(
  'A source that cannot win is refused: %s',
  async (source) => {
    const answer = said(await lab.lay({}).ask('clear', '--use', source, '--apply', '--json'), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'cannot-win' } });
  },
);

test('Where no key stands, none can be moved.', async () => {
  const home = lab.lay({ '~/.zshrc': 'export ANTHROPIC_API_KEY=$(cat key)\n' });
  const answer = said(
    await home.ask('clear', 'ANTHROPIC_API_KEY', '--keychain', '--apply', '--json'),
    'error',
    4,
  );
  expect(answer).toMatchObject({ error: { why: 'nothing-literal' } });
});

test('Without a keychain no key is moved, and the file stays.', async () => {
  const home = lab.lay({ '~/.zshrc': EXPORT });
  const tree = home.tree();
  const answer = said(
    await home.ask('clear', 'ANTHROPIC_API_KEY', '--keychain', '--apply', '--json'),
    'clear',
    4,
  );
  expect(answer).toMatchObject({ applied: false, left: [{ place: 'keychain', why: 'no-keychain' }] });
  expect(home.tree()).toEqual(tree);
});
