import { expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { changeWorld } from '../../testing/change-world.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { changeablePlaces, fishVariablesFiles, type ChangeablePlace } from './changeable-places.ts';

const EXPORT = 'export ANTHROPIC_API_KEY=made-up\n';

async function placesOf(
  files: FileTree,
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly ChangeablePlace[]> {
  const { ports, request } = changeWorld({ files, variables });
  return changeablePlaces(ports, await gatherFacts(ports, { ...request, folder: '/home/p/app' }));
}

test('Every file that may set a credential is among them, with the way that it is edited.', async () => {
  const places = await placesOf({
    '~/app': { kind: 'folder' },
    '~/.zshrc': `. ~/.secrets\n${EXPORT}`,
    '~/.secrets': EXPORT,
    '~/.bashrc': EXPORT,
    '~/.config/fish/config.fish': 'set -gx ANTHROPIC_API_KEY made-up\n',
    '~/.config/environment.d/10-keys.conf': 'ANTHROPIC_API_KEY=made-up\n',
  });
  const kindOf = (path: string): string | undefined => places.find((one) => one.path === path)?.kind;
  expect([
    kindOf('/home/p/.zshrc'),
    kindOf('/home/p/.secrets'),
    kindOf('/home/p/.bashrc'),
    kindOf('/home/p/.config/fish/config.fish'),
    kindOf('/home/p/.config/environment.d/10-keys.conf'),
    kindOf('/etc/environment'),
    kindOf('/home/p/.pam_environment'),
    kindOf('/home/p/.claude.json'),
    kindOf('/home/p/.claude/settings.json'),
    kindOf('/home/p/app/.claude/settings.json'),
    kindOf('/home/p/app/.claude/settings.local.json'),
    kindOf('/home/p/app/.envrc'),
    kindOf('/home/p/app/.env'),
    kindOf('/home/p/.config/Code/User/settings.json'),
  ]).toEqual([
    'zsh',
    'zsh',
    'bash',
    'fish',
    'environment-d',
    'etc-environment',
    'pam-environment',
    'claude-json',
    'settings',
    'settings',
    'settings',
    'direnv',
    'dotenv',
    'vscode',
  ]);
});

test('Only what neither Claude Code nor a shell reads by itself waits for being chosen.', async () => {
  const places = await placesOf({
    '~/app': { kind: 'folder' },
    '~/.zshrc': '. ~/app/.env\n',
    '~/app/.env': EXPORT,
  });
  const waits = places.filter(({ onlyIfChosen }) => onlyIfChosen);
  expect(new Set(waits.map(({ kind }) => kind))).toEqual(new Set(['dotenv', 'direnv', 'mise']));
  // A start-up file that sources it has chosen it.
  expect(places.find(({ path }) => path === '/home/p/app/.env')).toMatchObject({
    kind: 'zsh',
    onlyIfChosen: false,
  });
});

test('No path is named twice, and settings stand in the order in which they overwrite each other.', async () => {
  const places = await placesOf({
    '~/app': { kind: 'folder' },
    '~/.profile': EXPORT,
    '~/.bash_profile': EXPORT,
  });
  expect(new Set(places.map(({ path }) => path)).size).toBe(places.length);
  const scopes = places.flatMap(({ scope }) => scope ?? []);
  expect(scopes.filter((scope) => scope !== 'managed')).toEqual(['user', 'project', 'local']);
});

test('fish’s universal variables are told apart: only fish may write them.', async () => {
  const variables = '/home/p/.config/fish/fish_variables';
  const files = { [variables]: 'SETUVAR --export ANTHROPIC_API_KEY:made\\x2dup\n' };
  expect((await placesOf(files)).map(({ path }) => path)).not.toContain(variables);
  expect(fishVariablesFiles(changeWorld({ files }).ports)).toEqual([variables]);
  const moved = changeWorld({ files, variables: { XDG_CONFIG_HOME: '/home/p/conf' } });
  expect(fishVariablesFiles(moved.ports)).toEqual([]);
});

test('A shell whose files stand elsewhere is followed there.', async () => {
  const paths = (
    await placesOf({ '~/.zshenv': 'ZDOTDIR=$HOME/.config/zsh\n', '~/.config/zsh/.zshrc': EXPORT })
  ).map(({ path }) => path);
  expect(paths).toContain('/home/p/.config/zsh/.zshrc');
});
