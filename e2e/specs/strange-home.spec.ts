import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { askCommand } from '../conformance/ask-command.ts';
import { installedCommand } from '../support/installed-command.ts';
import { onLinux } from '../support/on-system.ts';
import { SECRET_MARK, hasNote, readingsAt, rung, soundAnswer, type StatusAnswer } from './status-answer.ts';

const installed = installedCommand('home');

const KEY = `sk-ant-api03-${SECRET_MARK}-0123456789`;
const QUESTION = ['status', '--json', '--mode', 'print'];
/** No account has this number: nobody can say what its home folder is. */
const NO_ACCOUNT = ['setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', '--'];
const asRoot = process.geteuid?.() === 0;

function newFolder(): string {
  const folder = installed.place('world');
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  return folder;
}

type Variables = Readonly<Record<string, string>>;

/** JSON that is sound, and text that is there. */
async function answerOf(folder: string, variables: Variables): Promise<StatusAnswer> {
  const text = await installed.credence.ask(['status', '--mode', 'print'], { folder, variables });
  expect([text.stderr, text.inTime, text.stdout === '']).toEqual(['', true, false]);
  expect(text.stdout).not.toMatch(/NaN|Infinity|undefined|Invalid|\[object/);
  return soundAnswer(await installed.credence.ask(QUESTION, { folder, variables }), 'status');
}

describe.runIf(onLinux)('Where is home?', () => {
  test.runIf(asRoot)('Without HOME and without an account there is none, and that is said.', async () => {
    const folder = newFolder();
    const command = [...NO_ACCOUNT, 'node', installed.credence.file, ...QUESTION];
    const run = await askCommand(command, folder, {
      PATH: installed.credence.searchPath,
      ANTHROPIC_API_KEY: KEY,
    });
    const answer = soundAnswer(run, 'no home');
    expect(hasNote(answer, 'no-home')).toBe(true);
    expect(rung(answer, 'api-key').state).toBe('wins');
    expect([answer.fingerprints, readdirSync(folder)]).toEqual(['this-run', []]);
  });

  test('An empty HOME is none.', async () => {
    const folder = newFolder();
    const answer = await answerOf(folder, { HOME: '', ANTHROPIC_API_KEY: KEY });
    expect(hasNote(answer, 'no-home')).toBe(true);
    expect([answer.fingerprints, readdirSync(folder)]).toEqual(['this-run', []]);
  });

  test('A relative HOME is looked into, and nothing is written there.', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'h/.claude'), { recursive: true });
    const settings = path.join(folder, 'h/.claude/settings.json');
    writeFileSync(settings, JSON.stringify({ env: { ANTHROPIC_API_KEY: KEY } }));
    const answer = await answerOf(folder, { HOME: 'h' });
    expect(rung(answer, 'api-key').state).toBe('wins');
    expect([answer.fingerprints, readdirSync(path.join(folder, 'h'))]).toEqual(['this-run', ['.claude']]);
  });

  test.each(['file', 'gone/below', '\u001b[31m\n', 'x'.repeat(5000)])(
    'A HOME that is no folder is not made to be one: %#.',
    async (name) => {
      const folder = newFolder();
      writeFileSync(path.join(folder, 'file'), 'x');
      const answer = await answerOf(folder, { HOME: path.join(folder, name), ANTHROPIC_API_KEY: KEY });
      expect(rung(answer, 'api-key').state).toBe('wins');
      expect(answer.fingerprints).toBe('this-run');
      expect(readdirSync(folder)).toEqual(['file']);
    },
  );

  test.each([
    ['relative', 'config', 'installation'],
    ['empty', '', 'installation'],
    ['a file', '$FOLDER/file', 'this-run'],
    ['a device', '/dev/null', 'this-run'],
    ['not there yet', '$FOLDER/new/config', 'installation'],
    ['too long', `/${'x'.repeat(5000)}`, 'this-run'],
  ])('XDG_CONFIG_HOME may be %s.', async (_, value, key) => {
    const folder = newFolder();
    const home = newFolder();
    writeFileSync(path.join(folder, 'file'), 'x');
    const variables = {
      HOME: home,
      XDG_CONFIG_HOME: value.replace('$FOLDER', folder),
      ANTHROPIC_API_KEY: KEY,
    };
    const answer = await answerOf(folder, variables);
    expect(answer.fingerprints).toBe(key);
    expect(readdirSync(folder)).toEqual(value.includes('new') ? ['file', 'new'] : ['file']);
  });

  test('In a home that is read only the key of the fingerprints is not kept, which is said.', async () => {
    const home = newFolder();
    writeFileSync(path.join(home, '.bashrc'), `export ANTHROPIC_API_KEY=${KEY}\n`, { mode: 0o644 });
    chmodSync(home, 0o555);
    const variables = { HOME: home, SHELL: '/bin/bash', CLAUDE_CODE_OAUTH_TOKEN: KEY };
    const asked = { folder: home, variables, asNobody: true };
    const answer = soundAnswer(await installed.credence.ask(QUESTION, asked), 'read only');
    expect([answer.fingerprints, hasNote(answer, 'fingerprints-this-run')]).toEqual(['this-run', true]);
    expect(readingsAt(answer, path.join(home, '.bashrc'))).toHaveLength(1);
  });

  test('The key is made for its owner alone, and is the same ever after.', async () => {
    const home = newFolder();
    const variables = { HOME: home, ANTHROPIC_API_KEY: KEY };
    const prints = [await answerOf(home, variables), await answerOf(home, variables)].map(
      (answer) => rung(answer, 'api-key').readings[0]?.fingerprint,
    );
    expect(prints[0]).toMatch(/^[0-9a-f]{12}$/);
    expect(prints[1]).toBe(prints[0]);
    expect(readdirSync(path.join(home, '.config/credence'))).toEqual(['fingerprint.key']);
  });
});

describe.runIf(onLinux)('A strange process', () => {
  test('Without PATH no program is looked for.', async () => {
    const home = newFolder();
    const command = [path.join(installed.base, 'bin/node'), installed.credence.file, ...QUESTION];
    const answer = soundAnswer(await askCommand(command, home, { HOME: home }), 'no PATH');
    expect(answer.context.claudeCode.from).toBe('assumed');
    const odd = { HOME: home, PATH: `:::.:${'/x'.repeat(2000)}:${installed.base}/bin::` };
    soundAnswer(await askCommand(command, home, odd), 'odd PATH');
  });

  test('In a folder that has been removed there is no answer, unless another one is named.', async () => {
    const home = newFolder();
    const ask = (words: readonly string[]) => {
      const gone = newFolder();
      const script = 'cd "$1" && rmdir "$1" && shift && exec node "$@"';
      const command = ['sh', '-c', script, 'sh', gone, installed.credence.file, ...words];
      return askCommand(command, installed.base, { HOME: home, PATH: installed.credence.searchPath });
    };
    const json = await ask(QUESTION);
    expect([json.exitCode, json.stderr]).toEqual([3, '']);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'unreadable' } });
    const text = await ask(['status']);
    expect([text.exitCode, text.stdout]).toEqual([3, '']);
    expect(text.stderr).toContain('not there any more');
    soundAnswer(await ask([...QUESTION, '--folder', home]), 'another folder');
  });

  test.each(['Nonsense/Nowhere', ':/etc/passwd', 'UTC+99', '\u001b[31m', '', 'x'.repeat(5000), '/dev/zero'])(
    'A time zone may be called anything: %#.',
    async (TZ) => {
      const home = newFolder();
      writeLogin(home, { expiresAt: 1_900_000_000_000, refreshTokenExpiresAt: 1_900_000_000_000 });
      const answer = await answerOf(home, { HOME: home, TZ });
      expect(answer.expiry.map(({ at }) => at)).toEqual(['2030-03-17T17:46:40Z', '2030-03-17T17:46:40Z']);
    },
  );
});

function writeLogin(home: string, more: Readonly<Record<string, unknown>>): void {
  mkdirSync(path.join(home, '.claude'), { recursive: true });
  const claudeAiOauth = { accessToken: KEY, refreshToken: KEY, scopes: ['user:inference'], ...more };
  // Numbers that JSON can hold and JavaScript cannot are written as they are.
  const text = JSON.stringify({ claudeAiOauth }).replaceAll(/"raw:([^"]*)"/g, '$1');
  writeFileSync(path.join(home, '.claude/.credentials.json'), text);
}

const DATES: readonly unknown[] = [
  0,
  -1,
  -8.64e15,
  8.64e15,
  8.64e15 + 1,
  1e300,
  -1e300,
  'raw:1e999',
  'raw:-1e999',
  1.5,
  253_402_300_800_000,
  '2030-01-01T00:00:00Z',
  'soon',
  '',
  null,
  true,
  [],
  {},
];

describe.runIf(onLinux)('Clocks', () => {
  test.each(DATES.map((date) => [JSON.stringify(date), date]))(
    'Whatever date a file gives, an end is a date or not known: %s.',
    async (_, date) => {
      const home = newFolder();
      writeLogin(home, { expiresAt: date, refreshTokenExpiresAt: date });
      const anthropic = path.join(home, '.config/anthropic');
      for (const name of ['configs', 'credentials'])
        mkdirSync(path.join(anthropic, name), { recursive: true });
      writeFileSync(
        path.join(anthropic, 'configs/default.json'),
        JSON.stringify({ authentication: { type: 'user_oauth' } }),
      );
      writeFileSync(
        path.join(anthropic, 'credentials/default.json'),
        JSON.stringify({ access_token: KEY, expires_at: date }).replaceAll(/"raw:([^"]*)"/g, '$1'),
      );
      mkdirSync(path.join(home, '.aws/sso/cache'), { recursive: true });
      writeFileSync(path.join(home, '.aws/sso/cache/a.json'), JSON.stringify({ expiresAt: date }));
      writeFileSync(path.join(home, '.aws/credentials'), '[default]\naws_access_key_id = x\n');
      const AWS = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_CREDENTIAL_EXPIRATION: String(date) };
      for (const variables of [{}, { ANTHROPIC_PROFILE: 'default' }, AWS]) {
        const answer = await answerOf(home, { HOME: home, ...variables });
        for (const { at, earliest } of answer.expiry) {
          for (const time of [at, earliest]) {
            expect(time ?? '2030-01-01T00:00:00Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
          }
        }
        expect(existsSync(home)).toBe(true);
      }
    },
  );
});
