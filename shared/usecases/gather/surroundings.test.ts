import { expect, test } from 'vitest';
import { changeWorld } from '../../testing/change-world.ts';
import { madeUpLoginShell } from '../../testing/made-up-login-shell.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { scriptedProcessRunner } from '../../testing/scripted-process-runner.ts';
import { gatherFacts } from './gather-facts.ts';

const KEY = 'made-up-key-0123456789-0123456789';

test.each([
  ['the last of several that set it', [`export ANTHROPIC_API_KEY=${KEY}`, `export ANTHROPIC_API_KEY=${KEY}`]],
  [
    'a constant rather than what is worked out before it',
    ['export ANTHROPIC_API_KEY=$(cat ~/.key)', `export ANTHROPIC_API_KEY=${KEY}`],
  ],
])('The line that a shell’s answer is put down to is %s.', async (_, [zshenv, zshrc]) => {
  const disk = memoryDisk(
    { '/home/p/.zshenv': `${zshenv ?? ''}\n`, '/home/p/.zshrc': `${zshrc ?? ''}\n` },
    1000,
  );
  const processes = scriptedProcessRunner(
    madeUpLoginShell({ shell: 'zsh', home: '/home/p', files: disk.files }),
  );
  const { ports, request } = changeWorld({ disk, ports: { processes } });
  const { layers } = await gatherFacts(ports, { ...request, askShell: true });
  const base = layers.find(({ id }) => id === 'base')?.entries ?? {};
  expect(base['ANTHROPIC_API_KEY']?.origin).toMatchObject({ path: '/home/p/.zshrc', line: 1 });
});

test.each([
  ['has what every login session begins with', 'export EDITOR=vi', '/etc/environment'],
  ['puts its own in the place of that', `export ANTHROPIC_API_KEY=${KEY}-own`, '/home/p/.zshrc'],
  ['may unset it', 'unset ANTHROPIC_API_KEY', undefined],
])('A shell that is asked %s.', async (_, zshrc, path) => {
  const disk = memoryDisk(
    { '/etc/environment': `ANTHROPIC_API_KEY=${KEY}\n`, '/home/p/.zshrc': `${zshrc}\n` },
    1000,
  );
  const processes = scriptedProcessRunner(
    madeUpLoginShell({ shell: 'zsh', home: '/home/p', files: disk.files }),
  );
  const { ports, request } = changeWorld({ disk, ports: { processes } });
  const { layers } = await gatherFacts(ports, { ...request, askShell: true });
  const base = layers.find(({ id }) => id === 'base')?.entries ?? {};
  expect(base['ANTHROPIC_API_KEY']?.origin.path).toBe(path);
  // In no argument: whoever may look at programs sees those.
  for (const { args } of processes.requests) expect(args.join(' ')).not.toContain(KEY);
});
