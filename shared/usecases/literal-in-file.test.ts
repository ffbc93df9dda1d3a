import { expect, test } from 'vitest';
import type { Origin } from '../core/origin.ts';
import { changeWorld } from '../testing/change-world.ts';
import type { FileTree } from '../testing/file-tree.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import { literalInFile } from './literal-in-file.ts';

const NAME = 'ANTHROPIC_API_KEY';
const KEY = 'made-up-key-0123456789';

async function literal(files: FileTree, origin: Omit<Origin, 'kind'>): Promise<string | null> {
  const { ports, request } = changeWorld({ files });
  return literalInFile(ports, await gatherFacts(ports, request), { kind: 'login-shell', ...origin });
}

test.each<[string, string, number, string | null]>([
  ['as it is', `export ${NAME}=${KEY}\n`, 1, KEY],
  ['in quotes', `# mine\nexport ${NAME}="${KEY}"\n`, 2, KEY],
  ['in several pieces', `export ${NAME}='made-up'"-key"-0123456789\n`, 1, KEY],
  ['in bytes of UTF-8', `export ${NAME}=schlüssel\n`, 1, 'schlüssel'],
  ['beside other variables', `export OTHER=1 ${NAME}=${KEY}\n`, 1, null],
  ['on another line of the same name', `export ${NAME}=first\nexport ${NAME}=${KEY}\n`, 2, KEY],
  ['on the line that is asked about and no other', `export ${NAME}=first\nexport ${NAME}=${KEY}\n`, 3, null],
  ['worked out by a command', `export ${NAME}=$(cat ~/.key)\n`, 1, null],
  ['worked out of another', `export ${NAME}="$OTHER"\n`, 1, null],
  ['declared alone', `export ${NAME}\n`, 1, null],
  ['in a comment', `# export ${NAME}=${KEY}\n`, 1, null],
  ['under a condition', `if true; then\n  export ${NAME}=${KEY}\nfi\n`, 2, null],
])('A constant is read %s, or not at all.', async (_, text, line, value) => {
  expect(await literal({ '~/.zshrc': text }, { path: '/home/p/.zshrc', line, name: NAME })).toBe(value);
});

test.each<[string, string, FileTree]>([
  [
    'a file that a start-up file sources',
    '/home/p/.secrets',
    { '~/.zshrc': '. ~/.secrets\n', '~/.secrets': `export ${NAME}=${KEY}\n` },
  ],
  ['a shell that is not the login shell', '/home/p/.bashrc', { '~/.bashrc': `export ${NAME}=${KEY}\n` }],
  ['fish', '/home/p/.config/fish/config.fish', { '~/.config/fish/config.fish': `set -gx ${NAME} ${KEY}\n` }],
  [
    'the session',
    '/home/p/.config/environment.d/1.conf',
    { '~/.config/environment.d/1.conf': `${NAME}=${KEY}\n` },
  ],
])('It is read in a file of %s.', async (_, path, files) => {
  const line = path.endsWith('.zshrc') ? 2 : 1;
  expect(await literal(files, { path, line, name: NAME })).toBe(KEY);
});

test.each<[string, Omit<Origin, 'kind'>]>([
  ['without a path', { line: 1, name: NAME }],
  ['without a name', { path: '/home/p/.zshrc', line: 1 }],
  ['without a line', { path: '/home/p/.zshrc', name: NAME }],
  ['for another name', { path: '/home/p/.zshrc', line: 1, name: 'ANTHROPIC_AUTH_TOKEN' }],
  ['in a file that is not there', { path: '/home/p/.zprofile', line: 1, name: NAME }],
  // Whatever a reading says: nothing but places that set variables is read like this.
  ['in a file that sets nothing', { path: '/home/p/notes.txt', line: 1, name: NAME }],
])('Nothing is read %s.', async (_, origin) => {
  const text = `export ${NAME}=${KEY}\n`;
  expect(await literal({ '~/.zshrc': text, '~/notes.txt': text }, origin)).toBeNull();
});
