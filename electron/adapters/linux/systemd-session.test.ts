import { describe, expect, test } from 'vitest';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { memoryFileStore } from '../../../shared/testing/memory-file-store.ts';
import {
  scriptedProcessRunner,
  type ProgramBehaviour,
} from '../../../shared/testing/scripted-process-runner.ts';
import { sessionVariablesContract, type SessionWish } from '../../../shared/testing/session-contract.ts';
import { systemdSession } from './systemd-session.ts';

const PATH = 'systemctl --user show-environment';
const KNOWN: SessionWish = {
  found: [],
  onlyWhenAsked: [
    { name: 'EXAMPLE_TOKEN', text: 'it\'s "$HOME" \\ two\nlines', kind: 'systemd', path: PATH },
    { name: 'EXAMPLE_URL', text: 'https://example.test/?a=b', kind: 'systemd', path: PATH },
    { name: 'EXAMPLE_EMPTY', text: '', kind: 'systemd', path: PATH },
  ],
};

/** As systemctl 252 prints it. */
function printed({ onlyWhenAsked }: SessionWish): string {
  const quoted = (text: string): string =>
    /[\s"'$\\?]/.test(text) ? `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'` : text;
  return [...onlyWhenAsked.map(({ name, text }) => `${name}=${quoted(text)}`), 'OTHER=x', ''].join('\n');
}

const SYSTEMCTL = { '/usr/bin/systemctl': 'ELF' };

function session(behaviour: ProgramBehaviour | null, files: Readonly<Record<string, string>> = SYSTEMCTL) {
  const processes = scriptedProcessRunner(() => behaviour);
  const environment = madeUpEnvironment({
    variables: { HOME: '/home/p', XDG_RUNTIME_DIR: '/run/user/1000', EXAMPLE_SECRET: 'not to be handed on' },
  });
  return { processes, session: systemdSession({ environment, files: memoryFileStore(files), processes }) };
}

describe('The systemd user manager keeps the contract', () => {
  const cases = sessionVariablesContract((wish) => session({ prints: printed(wish) }).session, KNOWN);
  test.each(cases)('$title', ({ run }) => run());
});

test('It is asked once, by its full path, and told nothing but how to find the manager.', async () => {
  const { processes, session: asked } = session({ prints: printed(KNOWN) });
  await asked.read(['EXAMPLE_TOKEN', 'EXAMPLE_URL'], true);
  expect(processes.requests).toEqual([
    {
      file: '/usr/bin/systemctl',
      args: ['--user', 'show-environment'],
      folder: '/',
      variables: { HOME: '/home/p', XDG_RUNTIME_DIR: '/run/user/1000' },
      deadline: 5_000,
      maxBytes: 1_048_576,
    },
  ]);
});

test('Nothing is run unasked.', async () => {
  const { processes, session: asked } = session({ prints: printed(KNOWN) });
  await asked.read(['EXAMPLE_TOKEN'], false);
  await asked.read([], true);
  expect(processes.requests).toEqual([]);
});

test('It is found in /bin where there is none in /usr/bin.', async () => {
  const { processes, session: asked } = session({ prints: '' }, { '/bin/systemctl': 'ELF' });
  await asked.read(['EXAMPLE_TOKEN'], true);
  expect(processes.requests.map(({ file }) => file)).toEqual(['/bin/systemctl']);
});

test.each<[string, ProgramBehaviour | null, Readonly<Record<string, string>>?]>([
  ['is absent', { prints: 'EXAMPLE_TOKEN=x\n' }, {}],
  ['cannot be started', null],
  ['does not answer in time', { hangs: true }],
  ['is not in charge of this session', { complains: 'Failed to connect to bus', exitCode: 1 }],
  ['was ended', { prints: 'EXAMPLE_TOKEN=x\n', endsBySignal: true }],
  ['says something else', { prints: 'EXAMPLE_TOKEN\n=\n\0' }],
])('Where systemd %s there are no variables.', async (_, behaviour, files) => {
  expect(await session(behaviour, files).session.read(['EXAMPLE_TOKEN'], true)).toEqual([]);
});

test('Of an answer that is too long the cut line is left out.', async () => {
  const prints = `EXAMPLE_URL=whole\nEXAMPLE_TOKEN=${'x'.repeat(1_100_000)}\n`;
  const told = await session({ prints }).session.read(['EXAMPLE_TOKEN', 'EXAMPLE_URL'], true);
  expect(told.map(({ name, text }) => [name, text])).toEqual([['EXAMPLE_URL', 'whole']]);
});
