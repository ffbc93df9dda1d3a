import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { layClearHome, type ClearHome, type HomeFiles } from '../support/clear-home.ts';
import { homeTree, treeChanges } from '../support/home-tree.ts';
import { onLinux } from '../support/on-system.ts';
import { KEY, LOGIN, OTHER_KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;
/** In no list of accounts. */
const NO_ACCOUNT = '54321';

let base = '';
let credence: BuiltCommand;
let homes = 0;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-refused-')));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});

afterAll(() => {
  spawnSync('chmod', ['-R', 'u+rwx', base]);
  rmSync(base, { recursive: true, force: true });
});

const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;
const lay = (files: HomeFiles): ClearHome =>
  layClearHome(credence, path.join(base, `home-${String(++homes)}`), { ...LOGIN, ...files });

type Said = Readonly<Record<string, unknown>>;

function said({ stdout, stderr, exitCode }: CommandAnswer, schema: string, exit: number): Said {
  expect(`${stdout}${stderr}`).not.toContain(SECRET_MARK);
  expect(stderr).toBe('');
  const answer = JSON.parse(stdout) as Said;
  expect(published(schema, answer)).toEqual([]);
  expect(closed(schema, answer)).toEqual([]);
  expect(exitCode, stdout).toBe(exit);
  return answer;
}

// ── Command lines that are wrong ────────────────────────────────────────────────────────────────────────────────────────

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
  const home = lay({ '~/.zshrc': EXPORT, '$PROJ/.env': 'A=b\n' });
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

// ── Nothing to do ───────────────────────────────────────────────────────────────────────────────────────────────────────

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
    const home = lay(files);
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
  const home = layClearHome(credence, path.join(base, `home-${String(++homes)}`), LOGIN, {
    exports: { ANTHROPIC_API_KEY: KEY },
  });
  expect(said(await home.ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0)).toMatchObject({
    applied: false,
    changeId: null,
    stillSet: [{ name: 'ANTHROPIC_API_KEY', where: 'this-terminal', origin: null, processes: [] }],
  });
});

test.each(['console-key', 'api-key', 'gateway-session'])(
  'A source that cannot win is refused: %s',
  async (source) => {
    const answer = said(await lay({}).ask('clear', '--use', source, '--apply', '--json'), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'cannot-win' } });
  },
);

test('Where no key stands, none can be moved.', async () => {
  const home = lay({ '~/.zshrc': 'export ANTHROPIC_API_KEY=$(cat key)\n' });
  const answer = said(
    await home.ask('clear', 'ANTHROPIC_API_KEY', '--keychain', '--apply', '--json'),
    'error',
    4,
  );
  expect(answer).toMatchObject({ error: { why: 'nothing-literal' } });
});

test('Without a keychain no key is moved, and the file stays.', async () => {
  const home = lay({ '~/.zshrc': EXPORT });
  const tree = home.tree();
  const answer = said(
    await home.ask('clear', 'ANTHROPIC_API_KEY', '--keychain', '--apply', '--json'),
    'clear',
    4,
  );
  expect(answer).toMatchObject({ applied: false, left: [{ place: 'keychain', why: 'no-keychain' }] });
  expect(home.tree()).toEqual(tree);
});

// ── Files that are left ─────────────────────────────────────────────────────────────────────────────────────────────────

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
      const home = lay({
        '~/.zshrc': EXPORT,
        '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${OTHER_KEY}"}}`,
      });
      if (asNobody === true) spawnSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, home.home]);
      mkdirSync(home.at('~/.config/credence'), { recursive: true });
      if (asNobody === true) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home.at('~/.config')]);
      make(home);
      const tree = home.tree();
      const ask = (...words: readonly string[]): Promise<CommandAnswer> =>
        credence.ask(words, { folder: home.folder, variables: home.variables, asNobody: asNobody === true });
      const answer = said(await ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0);
      expect(answer).toMatchObject({
        applied: true,
        steps: [{ path: home.at('$PROJ/.claude/settings.json') }],
        left: [{ path: home.at('~/.zshrc'), why }],
        stillSet: [{ where: 'new-terminals', name: 'ANTHROPIC_API_KEY' }],
      });
      expect(treeChanges(tree, home.tree())).toEqual(['project/.claude/settings.json']);
      said(await ask('clear', '--undo', String(answer['changeId']), '--json'), 'clear', 0);
      expect(home.tree()).toEqual(tree);
    },
  );
});

// ── No place to remember it ─────────────────────────────────────────────────────────────────────────────────────────────

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
    const home = lay({ '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
    const variables = make(home);
    const tree = home.tree();
    const answer = said(
      await credence.ask(['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'], {
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
    const home = lay({ '~/.zshrc': EXPORT });
    spawnSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, home.home]);
    mkdirSync(home.at('~/.config/credence'), { recursive: true, mode: 0o755 });
    const tree = home.tree();
    const answer = said(
      await credence.ask(['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'], {
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
    const home = lay({ '$PROJ/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
    spawnSync('chown', ['-hR', `${NO_ACCOUNT}:${NO_ACCOUNT}`, home.home]);
    const asNoAccount = (...command: readonly string[]): Promise<CommandAnswer> =>
      askCommand(
        ['setpriv', `--reuid=${NO_ACCOUNT}`, `--regid=${NO_ACCOUNT}`, '--clear-groups', '--', ...command],
        home.folder,
        { PATH: credence.searchPath },
      );
    const homeFolder = 'try { require("os").homedir(); process.exit(1); } catch { process.exit(0); }';
    const { exitCode } = await asNoAccount('node', '-e', homeFolder);
    if (exitCode !== 0) throw new Error('this user has a home, so nothing is tried here');
    const tree = home.tree();
    const words = ['clear', 'ANTHROPIC_API_KEY', '--apply', '--json'];
    const answer = said(await asNoAccount('node', credence.file, ...words), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'unavailable', stuck: [] } });
    expect(home.tree()).toEqual(tree);
  });
});

// ── Undo ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function applied(home: ClearHome): Promise<string> {
  const answer = said(await home.ask('clear', 'ANTHROPIC_API_KEY', '--apply', '--json'), 'clear', 0);
  return String(answer['changeId']);
}

describe.runIf(onLinux)('An undo loses nothing', () => {
  test.each(['12345678', 'zebra', '', '../../x', 'a'.repeat(300)])('of an unknown id: %j', async (id) => {
    const answer = said(await lay({}).ask('clear', '--undo', id, '--json'), 'error', 4);
    expect(answer).toMatchObject({ error: { code: 'refused', why: 'unknown' } });
  });

  test('of a file that somebody changed since: both changes are shown.', async () => {
    const home = lay({ '~/.zshrc': `export A=b\n${EXPORT}`, '~/.zshenv': EXPORT });
    const id = await applied(home);
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
    const home = lay({ '~/.zshrc': EXPORT });
    const id = await applied(home);
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
    const home = lay({ '~/.zshrc': EXPORT, '~/.bashrc': 'export ANTHROPIC_BASE_URL=https://x.example\n' });
    const tree = home.tree();
    const first = await applied(home);
    const other = said(await home.ask('clear', 'ANTHROPIC_BASE_URL', '--apply', '--json'), 'clear', 0);
    said(await home.ask('clear', '--undo', first, '--json'), 'clear', 0);
    said(await home.ask('clear', '--undo', String(other['changeId']), '--json'), 'clear', 0);
    expect(home.tree()).toEqual(tree);
  });
});

// ── Hostile and large ───────────────────────────────────────────────────────────────────────────────────────────────────

const HOSTILE = 'a\u001b[2Jb\u202ec\nd';

describe.runIf(onLinux)('Hostile and large', () => {
  test('A folder with a hostile name acts on no terminal.', async () => {
    const home = lay({
      [`$PROJ/${HOSTILE}/.claude/settings.json`]: `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}`,
    });
    const folder = path.join(home.folder, HOSTILE);
    const tree = home.tree();
    const ask = (...words: readonly string[]): Promise<CommandAnswer> =>
      credence.ask(words, { folder, variables: home.variables });
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
    const home = lay({ '~/.zshrc': EXPORT.repeat(10_000) });
    const tree = home.tree();
    const { stdout } = await home.ask('clear', 'ANTHROPIC_API_KEY');
    expect(stdout).toContain('10000 lines in one file change.');
    expect(stdout.split('\n').length).toBeLessThan(250);
    const id = await applied(home);
    expect(home.text('~/.zshrc')).toBe(`# credence ${id}: ${EXPORT}`.repeat(10_000));
    said(await home.ask('clear', '--undo', id, '--json'), 'clear', 0);
    expect(home.tree()).toEqual(tree);
  });

  test('5,000 lines that are left are told in a few.', async () => {
    const home = lay({ '~/.zshrc': `if true; then\n${EXPORT}fi\n`.repeat(5_000) });
    const { stdout, exitCode } = await home.ask('clear', 'ANTHROPIC_API_KEY');
    expect(stdout).toContain('and 4995 more');
    expect(stdout.split('\n').length).toBeLessThan(30);
    expect(exitCode).toBe(4);
  });

  test('A file that comes and goes while it is changed ends as it was or cleared, and nothing else is left.', async () => {
    const home = lay({ '~/.zshrc': EXPORT });
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

  test.runIf(canTrace)(
    'No secret stands on a command line, and nothing is written but what is named.',
    async () => {
      const home = lay({ '~/.zshrc': EXPORT, '~/.claude.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
      spawnSync('fish', ['-c', `set -Ux ANTHROPIC_API_KEY ${KEY}`], {
        env: { HOME: home.home, PATH: '/usr/bin:/bin' },
      });
      const log = path.join(base, 'calls.log');
      const run = (...words: readonly string[]): string => {
        const traced = spawnSync(
          'strace',
          [
            '-f',
            '-qq',
            '-s',
            '4000',
            '-e',
            'trace=execve,%file',
            '-e',
            'signal=none',
            '-o',
            log,
            'node',
            credence.file,
            ...words,
          ],
          { cwd: home.folder, env: { ...home.variables, PATH: credence.searchPath }, encoding: 'utf8' },
        );
        expect([traced.status, traced.stderr]).toEqual([0, '']);
        const calls = readFileSync(log, 'latin1').split('\n');
        const programs = calls.filter((line) => line.includes('execve('));
        expect(programs.length).toBeGreaterThan(0);
        expect(programs.filter((line) => line.includes(SECRET_MARK))).toEqual([]);
        const changes = calls.filter((line) =>
          /^\d+ +(?:rename|link|unlink|chmod|mkdir|rmdir|truncate|symlink)\w*\(|O_(?:WRONLY|RDWR|CREAT)/.test(
            line,
          ),
        );
        const elsewhere = changes
          .filter((line) => !/= -1 /.test(line) && line.includes(`"${home.home}/`))
          .filter(
            (line) => !/\/(?:\.config\/(?:credence|fish)|\.local\/share\/fish|\.cache\/fish)\b/.test(line),
          )
          .filter(
            (line) =>
              !/\/\.(?:zshrc|claude\.json)"|\/\.\.(?:zshrc|claude\.json)\.credence-|\.claude\.json\.lock/.test(
                line,
              ),
          );
        expect(elsewhere).toEqual([]);
        return traced.stdout;
      };
      const answer = JSON.parse(run('clear', 'ANTHROPIC_API_KEY', '--apply', '--json')) as Said;
      expect(answer['steps']).toHaveLength(3);
      run('clear', '--undo', String(answer['changeId']), '--json');
      expect(home.text('~/.zshrc')).toBe(EXPORT);
    },
  );
});
