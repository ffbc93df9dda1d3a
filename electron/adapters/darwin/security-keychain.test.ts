import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../../shared/ports/process-runner.ts';
import { keychainItemsContract } from '../../../shared/testing/keychain-items-contract.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import type { MadeUpKeychainItem } from '../../../shared/testing/memory-keychain-items.ts';
import {
  scriptedProcessRunner,
  type ProgramBehaviour,
  type Script,
} from '../../../shared/testing/scripted-process-runner.ts';
import { securityKeychain } from './security-keychain.ts';

const environment = madeUpEnvironment({
  platform: 'darwin',
  variables: { HOME: '/Users/p', USER: 'p', EXAMPLE_SECRET: 'not to be handed on' },
});

function keychain(script: Script) {
  const processes = scriptedProcessRunner(script);
  return { processes, keychain: securityKeychain({ environment, processes }) };
}

/** The attributes that `security` prints of an item. */
function printed({ service, account, item }: MadeUpKeychainItem): string {
  const changedAt = item.state === 'found' ? item.changedAt : null;
  const time = changedAt === null ? '' : `${new Date(changedAt).toISOString().replace(/[-:T]|\..*/g, '')}Z`;
  const hexadecimal = Buffer.from(time).toString('hex').toUpperCase();
  return [
    'keychain: "/Users/p/Library/Keychains/login.keychain-db"',
    'version: 512',
    'class: "genp"',
    'attributes:',
    `    0x00000007 <blob>="${service}"`,
    `    "acct"<blob>="${account}"`,
    `    "mdat"<timedate>=${time === '' ? '<NULL>' : `0x${hexadecimal}00  "${time}\\000"`}`,
    `    "svce"<blob>="${service}"`,
    '',
  ].join('\n');
}

function lookUp(items: readonly MadeUpKeychainItem[], { args }: RunRequest): ProgramBehaviour {
  const [command, service, account] = [args[0], args[args.indexOf('-s') + 1], args[args.indexOf('-a') + 1]];
  const found = items.find((item) => item.service === service && item.account === account);
  if (command !== 'find-generic-password') return { exitCode: 2 };
  return found === undefined ? { exitCode: 44 } : { prints: printed(found) };
}

const EXIT_CODES = { locked: 36, denied: 51, unreachable: 1 };

describe('The keychain keeps the contract', () => {
  const cases = keychainItemsContract(
    (items, trouble) =>
      keychain((request) =>
        trouble === undefined ? lookUp(items, request) : { exitCode: EXIT_CODES[trouble] },
      ).keychain,
  );
  test.each(cases)('$title', ({ run }) => run());
});

test('An item is looked up by its attributes; no secret is asked for, and none handed on.', async () => {
  const { processes, keychain: asked } = keychain(() => ({ exitCode: 44 }));
  await asked.find('Claude Code-credentials', '-w');
  expect(processes.requests).toEqual([
    {
      file: '/usr/bin/security',
      args: ['find-generic-password', '-s', 'Claude Code-credentials', '-a', '-w'],
      folder: '/',
      variables: { HOME: '/Users/p', USER: 'p' },
      deadline: 1_500,
      maxBytes: 262_144,
    },
  ]);
});

test.each<[string, ProgramBehaviour | null, string]>([
  ['cannot be started', null, 'unreachable'],
  ['waits for somebody', { hangs: true }, 'unreachable'],
  ['was ended', { endsBySignal: true }, 'unreachable'],
  ['finds no keychain at all', { exitCode: 50 }, 'unreachable'],
  ['was told no in a dialog', { exitCode: 128 }, 'denied'],
])('A keychain whose program %s is told so.', async (_, behaviour, state) => {
  expect(await keychain(() => behaviour).keychain.find('s', 'a')).toEqual({ state });
});

test('An item without a time of change is found all the same.', async () => {
  const item: MadeUpKeychainItem = { service: 's', account: 'a', item: { state: 'found', changedAt: null } };
  const { keychain: asked } = keychain((request) => lookUp([item], request));
  expect(await asked.find('s', 'a')).toEqual({ state: 'found', changedAt: null });
});
