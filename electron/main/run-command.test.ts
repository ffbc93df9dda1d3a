import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { COMMAND_FAILURES, COMMANDS } from '../../shared/ipc/contract.ts';
import { COMMAND_NAMES, type CommandName } from '../../shared/ipc/names.ts';
import { LONGEST_PASTE } from '../../shared/ipc/sign-in-snapshot.ts';
import { DONE, failed, runCommand } from './run-command.ts';

const REFUSED = failed('refused');

/** Runs a command, and tells what its handler was given; `null`: it was not called. */
async function ran(name: CommandName, given: readonly unknown[]): Promise<readonly unknown[] | null> {
  const calls: (readonly unknown[])[] = [];
  const reply = await runCommand(
    name,
    (...args) => {
      calls.push(args);
      return Promise.resolve(DONE);
    },
    given,
  );
  expect(reply).toEqual(calls.length === 0 ? REFUSED : DONE);
  expect(calls.length).toBeLessThanOrEqual(1);
  return calls[0] ?? null;
}

const RIGHT: Readonly<Record<CommandName, readonly unknown[]>> = {
  getSnapshot: [],
  look: [],
  setMode: ['print'],
  setSurface: ['vscode'],
  setFolder: ['folder-1'],
  chooseFolder: [],
  openPlace: ['place-12'],
  openMatrix: [],
  closeMatrix: [],
  copyMatrix: [],
  setLaunchAtLogin: [true],
  setNotice: ['metered', false],
  removeOwnData: [],
  dismissNotice: ['window-1'],
  menuAction: ['folder-folder-1'],
  startChange: ['change-1'],
  askWhich: [],
  chooseOption: ['claude-login'],
  showPlan: [],
  setRemoval: [true],
  includePlace: ['place-3'],
  applyPlan: ['0123456789ab'],
  leaveChange: [],
  openChanges: [],
  closeChanges: [],
  undoChange: ['7f3a12cd'],
  checkKey: [],
  startLogin: ['console'],
  startSignIn: ['organisation-1'],
  startLogOut: [],
  startSignOut: ['organisation-2'],
  confirmSignIn: ['sign-in-3-anyway'],
  sendCode: ['made-up-CODE#made-up-state'],
  openPageAgain: [],
  copyAddress: [],
  copyDeviceCode: [],
  copyCommand: [],
  signInWithDevice: [],
  chooseClaude: [],
  retrySignIn: [],
  cancelSignIn: [],
  leaveSignIn: [],
  openProviders: [],
  checkProvider: ['organisation-1'],
};

const oddities = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    'Print',
    'print ',
    'place-1\n',
    '../a',
    '/etc/passwd',
  ),
  fc.constantFrom(NaN, Infinity, 0, 1, null, undefined, 'true', 'x'.repeat(41), 'x'.repeat(1_000_000)),
  fc.constant(JSON.parse('{"__proto__": "print", "length": 1, "0": "print"}')),
  fc.string({ unit: 'binary' }),
);

describe.each(COMMAND_NAMES)('The command %s', (name) => {
  test('takes what the contract says, and hands over nothing else.', async () => {
    expect(await ran(name, RIGHT[name])).toEqual(RIGHT[name]);
  });

  test('refuses one argument too many, and one too few.', async () => {
    expect(await ran(name, [...RIGHT[name], 'a'])).toBe(null);
    expect(await ran(name, [...RIGHT[name], undefined])).toBe(null);
    if (RIGHT[name].length > 0) expect(await ran(name, RIGHT[name].slice(1))).toBe(null);
  });

  test('refuses arguments of any other shape.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddities, { maxLength: 4 }), async (given) => {
        const got = await ran(name, given);
        expect(got !== null).toBe(v.is(COMMANDS[name], given));
        for (const argument of got ?? []) {
          if (name === TAKES_TEXT) continue;
          expect(typeof argument === 'boolean' || /^[a-z0-9-]{1,40}$/.test(String(argument))).toBe(true);
        }
      }),
    );
  });

  test('refuses a hundred thousand arguments.', async () => {
    expect(
      await ran(
        name,
        Array.from({ length: 100_000 }, () => 'a'),
      ),
    ).toBe(null);
  });

  test.each<unknown>([
    new Error('sk-ant-made-up'),
    new TypeError('at /home/p/.claude.json'),
    'sk-ant-made-up',
    { message: 'sk-ant-made-up' },
    null,
    undefined,
  ])('that stumbles over %o says so, without a word of it.', async (thrown) => {
    for (const handler of [
      async () => {
        throw thrown as Error;
      },
      () => {
        throw thrown as Error;
      },
    ]) {
      const reply = await runCommand(name, handler, RIGHT[name]);
      expect(reply).toMatchObject({ ok: false, failure: 'internal' });
      expect(JSON.stringify(reply)).not.toMatch(/sk-ant|\/home/);
    }
  });
});

test('What a person pastes is taken up to its limit, and is in no reply, whatever becomes of it.', async () => {
  const longest = 'x'.repeat(LONGEST_PASTE);
  expect(await ran('sendCode', [longest])).toEqual([longest]);
  for (const given of ['', `${longest}x`, null, 1, [longest], { length: 1 }]) {
    expect(await ran('sendCode', [given])).toBe(null);
  }
  const marked = 'sk-ant-marked-CODE#state';
  const handlers = [
    () => Promise.reject(new Error(`bad code ${marked}`)),
    () => Promise.resolve(DONE),
    () => Promise.resolve(failed('not-known')),
  ];
  for (const handler of handlers) {
    expect(JSON.stringify(await runCommand('sendCode', handler, [marked]))).not.toContain('marked');
  }
  const tooMany = await runCommand('sendCode', () => Promise.resolve(DONE), [marked, marked]);
  expect(JSON.stringify(tooMany)).not.toContain('marked');
});

/** What a schema lets through, by its own description. */
type Described = v.GenericSchema & {
  readonly type: string;
  readonly items?: readonly Described[];
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
};

/** Only a person can bring over what a browser shows: so this one takes a text, bounded, and hands it on at once. */
const TAKES_TEXT: CommandName = 'sendCode';

test('No command but one takes anything but one of a list, a yes or no, or a short id.', () => {
  expect(Object.keys(COMMANDS).sort()).toEqual([...COMMAND_NAMES].sort());
  for (const [name, schema] of Object.entries<Described>(COMMANDS)) {
    expect(schema.type).toBe('strict_tuple');
    if (name === TAKES_TEXT) {
      expect(schema.items).toHaveLength(1);
      const limits = schema.items?.[0]?.pipe?.filter(({ type }) => /_length$/.test(type));
      expect(limits?.map(({ type, requirement }) => [type, requirement])).toEqual([
        ['min_length', 1],
        ['max_length', LONGEST_PASTE],
      ]);
      continue;
    }
    for (const item of schema.items ?? []) {
      const takes = item.pipe?.some(({ type }) => type === 'regex') === true ? 'id' : item.type;
      expect(['picklist', 'boolean', 'id']).toContain(takes);
      if (takes === 'id') {
        for (const text of ['', '/', '.', 'a b', 'A', 'é', 'a\n', '\na', 'x'.repeat(41)])
          expect(v.is(item, text)).toBe(false);
      }
      for (const option of item.options ?? []) expect(option).toMatch(/^[a-z-]{1,40}$/);
    }
  }
});

test('Every failure has a sentence.', () => {
  for (const failure of COMMAND_FAILURES) expect(failed(failure).message).toMatch(/^[A-Z].*\.$/);
  expect(failed('not-known', 'Other words.')).toEqual({
    ok: false,
    failure: 'not-known',
    message: 'Other words.',
  });
});
