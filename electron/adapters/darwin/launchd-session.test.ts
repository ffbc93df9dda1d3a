import { describe, expect, test } from 'vitest';
import type { SessionVariable } from '../../../shared/ports/session-variables.ts';
import type { FileTree } from '../../../shared/testing/file-tree.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { memoryFileStore } from '../../../shared/testing/memory-file-store.ts';
import { scriptedProcessRunner, type Script } from '../../../shared/testing/scripted-process-runner.ts';
import { sessionVariablesContract, type SessionWish } from '../../../shared/testing/session-contract.ts';
import { launchdSession } from './launchd-session.ts';

const USER = '/Users/p/Library/LaunchAgents';
const environment = madeUpEnvironment({
  platform: 'darwin',
  home: '/Users/p',
  variables: { HOME: '/Users/p', EXAMPLE_SECRET: 'not to be handed on' },
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const agent = (name: string, text: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>Label</key><string>setenv.${name}</string>
  <key>ProgramArguments</key>
  <array><string>/bin/launchctl</string><string>setenv</string><string>${name}</string><string>${escaped(text)}</string></array>
  <key>RunAtLoad</key><true/>
</dict></plist>
`;

const answering =
  (held: Readonly<Record<string, string>>): Script =>
  ({ file, args }) =>
    file === '/bin/launchctl' && args[0] === 'getenv' ? { prints: held[args[1] ?? ''] ?? '' } : null;

function session(files: FileTree, script: Script = answering({})) {
  const processes = scriptedProcessRunner(script);
  return { processes, session: launchdSession({ environment, files: memoryFileStore(files), processes }) };
}

const listed = (name: string, text: string, path: string): SessionVariable => ({
  name,
  text,
  kind: 'launchd',
  path,
});

const KNOWN: SessionWish = {
  found: [
    listed('EXAMPLE_TOKEN', 'a & b <c> "d" \'e\' $HOME', `${USER}/token.plist`),
    listed('EXAMPLE_URL', 'https://example.test', '/Library/LaunchAgents/url.plist'),
    listed('EXAMPLE_ID', 'ü', '/Library/LaunchDaemons/id.plist'),
  ],
  onlyWhenAsked: [listed('EXAMPLE_KEY', 'two\nlines', 'launchctl getenv EXAMPLE_KEY')],
};

describe('launchd keeps the contract', () => {
  const cases = sessionVariablesContract(({ found, onlyWhenAsked }) => {
    const files = Object.fromEntries(found.map(({ name, text, path }) => [path, agent(name, text)]));
    const held = [...found, ...onlyWhenAsked].map(({ name, text }) => [name, `${text}\n`]);
    return session(files, answering(Object.fromEntries(held) as Readonly<Record<string, string>>)).session;
  }, KNOWN);
  test.each(cases)('$title', ({ run }) => run());
});

describe('Of several values for a name the one that holds comes last', () => {
  const files = {
    [`${USER}/a.plist`]: agent('NAME', 'of the user'),
    '/Library/LaunchAgents/b.plist': agent('NAME', 'of all'),
  };
  test.each<[string, string | undefined, readonly SessionVariable[]]>([
    [
      'when launchd says nothing',
      undefined,
      [
        listed('NAME', 'of all', '/Library/LaunchAgents/b.plist'),
        listed('NAME', 'of the user', `${USER}/a.plist`),
      ],
    ],
    [
      'when a list explains the answer',
      'of all\n',
      [
        listed('NAME', 'of the user', `${USER}/a.plist`),
        listed('NAME', 'of all', '/Library/LaunchAgents/b.plist'),
      ],
    ],
    [
      'when none does',
      'by hand\n',
      [
        listed('NAME', 'of all', '/Library/LaunchAgents/b.plist'),
        listed('NAME', 'of the user', `${USER}/a.plist`),
        listed('NAME', 'by hand', 'launchctl getenv NAME'),
      ],
    ],
  ])('%s', async (_, answer, expected) => {
    const { session: asked } = session(files, answering(answer === undefined ? {} : { NAME: answer }));
    expect(await asked.read(['NAME'], true)).toEqual(expected);
  });
});

describe('A list in the binary form', () => {
  const path = `${USER}/a.plist`;
  const binary = 'bplist00\u0001 launchctl setenv NAME value';
  const converting: Script = ({ file }) =>
    file === '/usr/bin/plutil' ? { prints: agent('NAME', 'value') } : { prints: '' };

  test('is converted when another program may be asked.', async () => {
    const { processes, session: asked } = session({ [path]: binary }, converting);
    expect(await asked.read(['NAME'], true)).toEqual([listed('NAME', 'value', path)]);
    expect(processes.requests[0]).toMatchObject({
      args: ['-convert', 'xml1', '-o', '-', path],
      variables: { HOME: '/Users/p' },
    });
  });

  test('is passed over otherwise.', async () => {
    const { processes, session: asked } = session({ [path]: binary }, converting);
    expect(await asked.read(['NAME'], false)).toEqual([]);
    expect(processes.requests).toEqual([]);
  });

  test.each([
    ['that sets nothing', 'bplist00 /usr/local/bin/backup', 0],
    ['with a text in UTF-16', 'bplist00 s\0e\0t\0e\0n\0v', 1],
  ])('%s', async (_, text, conversions) => {
    const { processes, session: asked } = session({ [path]: text }, converting);
    await asked.read(['NAME'], true);
    expect(processes.requests.filter(({ file }) => file === '/usr/bin/plutil')).toHaveLength(conversions);
  });

  test('that cannot be converted hides nothing else.', async () => {
    const files = { [path]: binary, [`${USER}/b.plist`]: agent('NAME', 'value') };
    const { session: asked } = session(files, ({ file }) =>
      file === '/usr/bin/plutil' ? { exitCode: 1 } : null,
    );
    expect(await asked.read(['NAME'], true)).toEqual([listed('NAME', 'value', `${USER}/b.plist`)]);
  });
});

test('Files that cannot be read, or are no lists, are passed over.', async () => {
  const { session: asked } = session({
    [`${USER}/a.plist`]: { kind: 'file', content: agent('NAME', 'x'), denied: true },
    [`${USER}/b.plist`]: { kind: 'fifo' },
    [`${USER}/c.plist`]: '<plist',
    [`${USER}/d.txt`]: agent('NAME', 'y'),
    [`${USER}/e.plist`]: { kind: 'link', to: 'e.plist' },
    [`${USER}/f.plist`]: agent('NAME', 'value'),
  });
  expect(await asked.read(['NAME'], false)).toEqual([listed('NAME', 'value', `${USER}/f.plist`)]);
});

test('Without a home the folders of the machine are read.', async () => {
  const path = '/Library/LaunchAgents/a.plist';
  const { read } = launchdSession({
    environment: madeUpEnvironment({ home: null }),
    files: memoryFileStore({ [path]: agent('NAME', 'value') }),
    processes: scriptedProcessRunner(() => null),
  });
  expect(await read(['NAME'], false)).toEqual([listed('NAME', 'value', path)]);
});

describe('launchctl', () => {
  const names = Array.from({ length: 60 }, (_, index) => `NAME_${String(index)}`);

  test('is asked once for each name, and told no variable that it does not need.', async () => {
    const { processes, session: asked } = session({}, answering({}));
    await asked.read([...names, ...names], true);
    expect(processes.requests.map(({ args }) => args)).toEqual(names.map((name) => ['getenv', name]));
    expect(new Set(processes.requests.map(({ variables }) => JSON.stringify(variables)))).toEqual(
      new Set(['{"HOME":"/Users/p"}']),
    );
  });

  test.each<[string, Script]>([
    ['hangs', () => ({ hangs: true })],
    ['is not there', () => null],
  ])('is not asked further when it %s.', async (_, script) => {
    const { processes, session: asked } = session({}, script);
    expect(await asked.read(names, true)).toEqual([]);
    expect(processes.requests.length).toBeLessThan(10);
  });

  test('that fails for a name has no value for it.', async () => {
    const { session: asked } = session({}, ({ args }) =>
      args[1] === 'A' ? { prints: 'x\n', exitCode: 1 } : { prints: 'y\n' },
    );
    expect(await asked.read(['A', 'B'], true)).toEqual([listed('B', 'y', 'launchctl getenv B')]);
  });
});
