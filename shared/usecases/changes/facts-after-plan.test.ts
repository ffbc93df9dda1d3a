import { expect, test } from 'vitest';
import { changeWorld, type ChangeWorldOptions } from '../../testing/change-world.ts';
import { madeUpLoginShell } from '../../testing/made-up-login-shell.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { memorySessionVariables } from '../../testing/memory-session.ts';
import { memoryVariableStore } from '../../testing/memory-variable-store.ts';
import { scriptedProcessRunner } from '../../testing/scripted-process-runner.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import { PLACE_EDITORS } from './all-editors.ts';
import { factsAfterPlan } from './facts-after-plan.ts';
import { planChange } from './plan-change.ts';
import type { Wish } from './plan-request.ts';

const KEY = 'made-up-key-0123456789-0123456789';
const CLEAR: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly wish?: Wish;
  readonly options?: ChangeWorldOptions;
  readonly request?: Partial<GatherRequest>;
}

/** The API key that the next terminal is promised to have, and what it has now. */
async function promised({ files = {}, wish = CLEAR, options = {}, request = {} }: Given) {
  const disk = memoryDisk({ '/home/p/.claude': { kind: 'folder' }, ...files }, 1000);
  const processes = scriptedProcessRunner(
    madeUpLoginShell({ shell: 'zsh', home: '/home/p', files: disk.files }),
  );
  const world = changeWorld({ disk, ...options, ports: { processes, ...options.ports } });
  const { ports } = world;
  const asked = { ...world.request, askShell: true, ...request };
  const now = await gatherFacts(ports, asked);
  const planned = await planChange(ports, PLACE_EDITORS, now, {
    wish,
    how: 'remove',
    chosen: [],
    claudeCode: { version: '2.1.328', from: 'installed' },
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ['credence'],
  });
  if (!planned.ok) throw new Error(planned.why);
  const runs = processes.requests.length;
  const then = await factsAfterPlan(ports, asked, now, planned.prepared);
  expect(processes.requests).toHaveLength(runs);
  const find = (facts: typeof now) =>
    facts.layers.find(({ id }) => id === 'base')?.entries['ANTHROPIC_API_KEY'];
  return { now: find(now), then: find(then), facts: then };
}

const ZSHRC = '/home/p/.zshrc';

test('What the shell alone knows stays, for no file says where it comes from.', async () => {
  const { then } = await promised({
    files: { [ZSHRC]: `eval "$(opaque ANTHROPIC_API_KEY ${KEY})"\n` },
  });
  expect(then).toMatchObject({ state: 'value', origin: { kind: 'login-shell' } });
});

test('What is looked up is known by the key that moves.', async () => {
  const { now, then } = await promised({
    files: { [ZSHRC]: `export ANTHROPIC_API_KEY=${KEY}\n` },
    wish: { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'command' },
  });
  expect(then?.fingerprint).toBe(now?.fingerprint);
  expect(now?.fingerprint).not.toBeNull();
});

test('An answer that is forgotten is forgotten for the key that the shell exports.', async () => {
  const { now, then } = await promised({
    files: {
      [ZSHRC]: `export ANTHROPIC_API_KEY=${KEY}\n`,
      '/home/p/.claude.json': JSON.stringify({
        customApiKeyResponses: { approved: [KEY.slice(-20)], rejected: [] },
      }),
    },
    wish: { kind: 'forget-answer', names: ['ANTHROPIC_API_KEY'] },
  });
  expect([now?.approval, then?.approval]).toEqual(['approved', 'unanswered']);
});

test.each([
  ['stays set for the shell, whatever user settings say', `export ANTHROPIC_API_KEY=${KEY}\n`, 'value'],
  ['is not set where the shell does not set it', 'export EDITOR=vi\n', undefined],
])('What is cancelled %s.', async (_, text, state) => {
  const { then, facts } = await promised({
    files: { [ZSHRC]: text },
    wish: { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] },
  });
  expect(then?.state).toBe(state);
  const user = facts.layers.find(({ id }) => id === 'user')?.entries['ANTHROPIC_API_KEY'];
  expect(user?.state).toBe('empty');
});

test.each([
  ['goes where it can be unset', true, undefined],
  ['stays where what keeps it cannot be reached', false, 'value'],
])('What a session keeps %s.', async (_, reachable, state) => {
  const store = memoryVariableStore(
    { ANTHROPIC_API_KEY: { state: 'set', value: KEY, type: '' } },
    { reachable },
  );
  const session = memorySessionVariables([
    { name: 'ANTHROPIC_API_KEY', text: KEY, kind: 'systemd', path: '/run/made-up' },
  ]);
  const { now, then } = await promised({
    options: { ports: { variableStores: [store], session } },
    request: { surface: 'desktop', askSession: true },
  });
  expect(now?.state).toBe('value');
  expect(then?.state).toBe(state);
});
