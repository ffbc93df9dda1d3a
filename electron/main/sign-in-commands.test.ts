import { expect, test } from 'vitest';
import type { Reply } from '../../shared/ipc/contract.ts';
import { nameBook } from '../../shared/presentation/window/name-book.ts';
import {
  LOGIN_WAITS,
  MARKED_LINK,
  madeUpSignIn,
  type SignInSeat,
} from '../../shared/testing/played-sign-in-desk.ts';
import { DONE } from './run-command.ts';
import { createSignInCommands, type SignInCommands } from './sign-in-commands.ts';

interface Seat extends SignInCommands {
  readonly seat: SignInSeat;
  readonly copied: readonly (string | null)[];
  readonly shown: () => number;
  readonly id: string;
}

function made(chosen: string | null = null, given: Parameters<typeof madeUpSignIn>[0] = {}): Seat {
  const seat = madeUpSignIn(given);
  const organisations = nameBook('organisation');
  const copied: (string | null)[] = [];
  let shown = 0;
  const commands = createSignInCommands({
    desk: seat.desk,
    organisations,
    showPage: () => {
      shown += 1;
    },
    choose: () => Promise.resolve(chosen),
    copy: (text) => {
      copied.push(text);
      return Promise.resolve(DONE);
    },
  });
  return { ...commands, seat, copied, shown: () => shown, id: organisations.idOf('northwind') };
}

const failureOf = (reply: Reply): string | null => (reply.ok ? null : reply.failure);

test('Whoever asks for a second sign-in is shown the one under way, from the menu as from the window.', async () => {
  const { start, handlers, seat, shown, id } = made();
  expect(await handlers.startLogin('console')).toEqual(DONE);
  expect(await start({ do: 'log-out' })).toEqual(DONE);
  expect(await handlers.startSignIn(id)).toEqual(DONE);
  expect([seat.logins.length, seat.signIns.length, shown()]).toEqual([1, 0, 3]);
});

test('An organisation is named by an id of this run, and by nothing else.', async () => {
  const { handlers, seat, id } = made();
  for (const other of ['northwind', 'organisation-2', 'constructor'])
    for (const ask of [handlers.startSignIn, handlers.startSignOut, handlers.checkProvider])
      expect(failureOf(await ask(other))).toBe('not-known');
  expect(seat.asked).toEqual([]);
  expect(await handlers.startSignIn(id)).toEqual(DONE);
  expect(seat.asked).toEqual(['startSignIn northwind browser']);
});

test('The address goes to the clipboard, and is in no reply.', async () => {
  const { handlers, seat, copied } = made();
  await handlers.startLogin('claude');
  seat.logins[0]?.turn(LOGIN_WAITS);
  const replies = [
    await handlers.copyAddress(),
    await handlers.openPageAgain(),
    await handlers.sendCode('MARKED-CODE#state'),
    await handlers.copyDeviceCode(),
  ];
  expect(copied).toEqual([MARKED_LINK, null]);
  expect(JSON.stringify(replies)).not.toContain('MARKED');
  expect(seat.logins[0]?.pasted).toEqual(['MARKED-CODE#state']);
});

test('What is typed in a terminal goes to the clipboard while it is shown, and is in no reply.', async () => {
  const { start, handlers, copied, shown } = made();
  await handlers.copyCommand();
  expect(await start({ do: 'setup-token' })).toEqual(DONE);
  expect(await handlers.copyCommand()).toEqual(DONE);
  expect([copied, shown()]).toEqual([[null, '/opt/claude setup-token'], 1]);
});

test.each([
  ['sendCode', 'not-known'],
  ['openPageAgain', 'not-known'],
  ['cancelSignIn', 'not-known'],
  ['retrySignIn', 'not-known'],
  ['signInWithDevice', 'not-known'],
] as const)('While nothing is under way, %s says that it is over.', async (name, failure) => {
  const { handlers } = made();
  expect(failureOf(await (name === 'sendCode' ? handlers.sendCode('x') : handlers[name]()))).toBe(failure);
});

test('A file is chosen in the system’s dialog; one that is not taken says why.', async () => {
  expect(failureOf(await made(null).handlers.chooseClaude())).toBe('cancelled');
  expect(await made('/opt/claude').handlers.chooseClaude()).toEqual(DONE);
  const given = { functions: { chooseClaude: () => Promise.resolve('unsafe-claude' as const) } };
  const reply = await made('/tmp/claude', given).handlers.chooseClaude();
  expect(reply).toMatchObject({
    failure: 'not-possible',
    message: expect.stringMatching(/others can write/) as string,
  });
});
