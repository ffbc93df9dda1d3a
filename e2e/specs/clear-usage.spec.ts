import { expect, test } from 'vitest';
import { homeTree, treeChanges } from '../support/home-tree.ts';
import { clearLab, EXPORT, said } from './clear-lab.ts';
import { KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const lab = clearLab('clear-usage');

test.each<[readonly string[], string]>([
  [[], 'Say one thing to clear: names of variables or sources, or --use SOURCE, or --narrow FILE.'],
  [['--apply'], 'Say one thing to clear'],
  [['HOME'], '“HOME” is neither a variable that Claude Code looks at nor a source.'],
  [['ANTHROPIC_API_KEY', 'zebra'], '“zebra” is neither'],
  [[KEY], 'That name is neither'],
  [[`ANTHROPIC_API_KEY=${KEY}`], 'a secret does not belong on a command line.'],
  [['claude-login'], 'Only logging out takes it away: run “claude auth logout”.'],
  [['primaryApiKey'], 'Only logging out takes it away'],
  [['profile'], 'is kept in files of its own, which Credence does not change.'],
  [['ANTHROPIC_API_KEY', '--use', 'claude-login'], 'Say one thing to clear'],
  [['--use', 'claude-login', '--narrow', '.env'], 'Say one thing to clear'],
  [['--use', 'zebra'], '--use takes one of:'],
  [['--use', 'claude-login', '--cancel'], '--cancel takes the name of a variable.'],
  [['ANTHROPIC_API_KEY', '--cancel', '--keychain'], 'Choose one: --cancel or --keychain.'],
  [['ANTHROPIC_API_KEY', '--cancel', '--forget-answer'], 'Choose one: --cancel or --forget-answer.'],
  [['ANTHROPIC_API_KEY', '--exported'], '--exported goes with --keychain.'],
  [['ANTHROPIC_API_KEY', '--cancel', '--exported'], '--exported goes with --keychain.'],
  [['ANTHROPIC_API_KEY', '--cancel', '--remove'], '--remove does not go with --cancel.'],
  [['ANTHROPIC_API_KEY', '--cancel', '--include', '.env'], '--include does not go with --cancel.'],
  [['--narrow', '.env', '--remove'], '--remove does not go with --narrow.'],
  [['--narrow', 'nothing'], '--narrow names nothing that is a file'],
  [['--narrow', '.'], '--narrow names nothing that is a file'],
  [['--narrow', ''], '--narrow names nothing that is a file'],
  [['apiKeyHelper', '--cancel'], 'apiKeyHelper is none. Clear it without --cancel.'],
  [
    ['ANTHROPIC_BASE_URL', '--keychain'],
    '--keychain is for keys and tokens, and ANTHROPIC_BASE_URL is none.',
  ],
  [
    ['ANTHROPIC_API_KEY', 'auth-token', '--keychain'],
    'so --keychain takes one name. Add --exported for several.',
  ],
  [['CLAUDE_CODE_OAUTH_TOKEN', '--keychain'], 'A helper cannot give CLAUDE_CODE_OAUTH_TOKEN.'],
  [['ANTHROPIC_API_KEY', '--keychain', '--exported', '--remove'], '--remove does not go with --exported'],
  [['auth-token', '--forget-answer'], '--forget-answer is for the API key alone'],
  [
    ['ANTHROPIC_API_KEY', '--include', 'nothing'],
    '--include ~/project/nothing: nothing of this is set there',
  ],
  [['--undo', '12345678', 'ANTHROPIC_API_KEY'], '--undo takes the id of a change, and nothing else with it.'],
  [['--undo', '12345678', '--remove'], '--undo takes the id of a change'],
  [['--undo', '12345678', '--include', 'x'], '--undo takes the id of a change'],
  [['--undo'], '--undo takes a value: ID.'],
  [['ANTHROPIC_API_KEY', '--mode', 'print'], 'There is no option --mode here.'],
])('A command line that is wrong changes nothing, and says why: clear %j', async (words, sentence) => {
  const home = lab.lay({ '~/.zshrc': EXPORT, '$PROJ/.env': 'A=b\n' });
  const before = homeTree(home.home);
  const answer = said(await home.ask('clear', ...words, '--json'), 'error', 2);
  expect(answer).toMatchObject({ error: { code: 'usage' } });
  expect((answer['error'] as { readonly message: string }).message).toContain(sentence);
  const { stdout, stderr, exitCode } = await home.ask('clear', ...words, '--apply');
  expect([stdout, exitCode]).toEqual(['', 2]);
  expect(stderr).toMatch(/^credence: /);
  expect(stderr).not.toContain(SECRET_MARK);
  // Credence’s key for fingerprints may have been made.
  expect(treeChanges(before, homeTree(home.home)).filter((one) => !one.startsWith('.config'))).toEqual([]);
});
