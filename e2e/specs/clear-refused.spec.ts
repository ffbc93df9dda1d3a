import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import type { ClearHome } from '../support/clear-home.ts';
import { treeChanges } from '../support/home-tree.ts';
import { onLinux } from '../support/on-system.ts';
import { clearLab, EXPORT, said, stillSetAt } from './clear-lab.ts';
import { KEY, OTHER_KEY } from './clear-worlds.ts';

const lab = clearLab('refused');
const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;
/** In no list of accounts. */
const NO_ACCOUNT = '54321';

interface Trouble {
  readonly name: string;
  readonly make: (home: ClearHome) => void;
  readonly why: string;
  readonly asNobody?: true;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'of two names (a hard link)',
    why: 'several-names',
    make: ({ at }) => {
      linkSync(at('~/.zshrc'), at('~/.other'));
    },
  },
  {
    name: 'behind a link that leads out of the home',
    why: 'link-out-of-home',
    make: ({ home, at }) => {
      writeFileSync(`${home}.outside`, EXPORT);
      rmSync(at('~/.zshrc'));
      symlinkSync(`${home}.outside`, at('~/.zshrc'));
    },
  },
  {
    name: 'read-only, in a folder that is too',
    why: 'denied',
    asNobody: true,
    make: ({ home, at }) => {
      chmodSync(at('~/.zshrc'), 0o444);
      chmodSync(home, 0o555);
    },
  },
  {
    name: 'of another user',
    why: 'foreign-owner',
    asNobody: true,
    make: ({ at }) => {
      chownSync(at('~/.zshrc'), 0, 0);
    },
  },
];

describe.runIf(onLinux)('A file that cannot be changed is left, and the rest is done', () => {
  test.each(TROUBLES.filter(({ asNobody }) => asNobody !== true || isRoot))(
    '$name',
    async ({ make, why, asNobody }) => {
      const home = lab.lay({
        '~/.zshrc': EXPORT,
        '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${OTHER_KEY}"}}`,
      });
      if (asNobody === true) spawnSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, home.home]);
      mkdirSync(home.at('~/.config/credence'), { recursive: true });
      if (asNobody === true) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home.at('~/.config')]);
      make(home);
      const tree = home.tree();
      const ask = (...words: readonly string[]): Promise<CommandAnswer> =>
        lab.credence.ask(words, {
          folder: home.folder,
          variables: home.variables,
          asNobody: asNobody === true,
        });
      const answer = said(await ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0);
      expect(answer).toMatchObject({
        applied: true,
        steps: [{ path: home.at('$PROJ/.claude/settings.json') }],
        left: [{ path: home.at('~/.zshrc'), why }],
      });
      expect(stillSetAt(answer, home)).toMatchObject([{ where: 'new-terminals', name: 'ANTHROPIC_API_KEY' }]);
      expect(treeChanges(tree, home.tree())).toEqual(['project/.claude/settings.json']);
      said(await ask('clear', '--undo', String(answer['changeId']), '--json'), 'clear', 0);
      expect(home.tree()).toEqual(tree);
    },
  );
});

const NO_PLACE: readonly {
  readonly name: string;
  readonly make: (home: ClearHome) => Readonly<Record<string, string>>;
  readonly why: string;
}[] = [
  {
    name: 'the home does not exist',
    why: 'unavailable',
    make: ({ home }) => ({ HOME: `${home}-nowhere` }),
  },
  {
    name: 'a file stands where Credence’s own folder should be',
    why: 'unavailable',
    make: ({ at, variables }) => {
      rmSync(at('~/.config/credence'), { recursive: true, force: true });
      writeFileSync(at('~/.config/credence'), 'x');
      return variables;
    },
  },
  {
    name: 'Credence’s own folder leads elsewhere',
    why: 'unavailable',
    make: ({ home, at, variables }) => {
      mkdirSync(`${home}-elsewhere`);
      mkdirSync(at('~/.config/credence'), { recursive: true });
      symlinkSync(`${home}-elsewhere`, at('~/.config/credence/changes'));
      return variables;
    },
  },
];

describe.runIf(onLinux)('What could not be undone is not done', () => {
  test.each(NO_PLACE)('$name', async ({ make, why }) => {
    const home = lab.lay({ '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
    const variables = make(home);
    const tree = home.tree();
    const answer = said(
      await lab.credence.ask(['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'], {
        folder: home.folder,
        variables,
      }),
      'error',
      4,
    );
    expect(answer).toMatchObject({ error: { code: 'refused', why, stuck: [] } });
    expect(home.tree()).toEqual(tree);
  });

  test.runIf(isRoot)('Credence’s own folder is another user’s', async () => {
    const home = lab.lay({ '~/.zshrc': EXPORT });
    spawnSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, home.home]);
    mkdirSync(home.at('~/.config/credence'), { recursive: true, mode: 0o755 });
    const tree = home.tree();
    const answer = said(
      await lab.credence.ask(['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'], {
        folder: home.folder,
        variables: home.variables,
        asNobody: true,
      }),
      'error',
      4,
    );
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'unavailable' } });
    expect(home.tree()).toEqual(tree);
  });

  // Without HOME the system’s list of accounts is asked, which would name a real home: so only as a user who is in no list.
  test.runIf(isRoot)('HOME is not set, and the user has no account', async () => {
    const home = lab.lay({ '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
    spawnSync('chown', ['-hR', `${NO_ACCOUNT}:${NO_ACCOUNT}`, home.home]);
    const asNoAccount = (...command: readonly string[]): Promise<CommandAnswer> =>
      askCommand(
        ['setpriv', `--reuid=${NO_ACCOUNT}`, `--regid=${NO_ACCOUNT}`, '--clear-groups', '--', ...command],
        home.folder,
        { PATH: lab.credence.searchPath },
      );
    const homeFolder = 'try { require("os").homedir(); process.exit(1); } catch { process.exit(0); }';
    const { exitCode } = await asNoAccount('node', '-e', homeFolder);
    if (exitCode !== 0) throw new Error('this user has a home, so nothing is tried here');
    const tree = home.tree();
    const words = ['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'];
    const answer = said(await asNoAccount('node', lab.credence.file, ...words), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'unavailable', stuck: [] } });
    expect(home.tree()).toEqual(tree);
  });
});
