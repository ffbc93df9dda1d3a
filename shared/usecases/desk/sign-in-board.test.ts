import { expect, test } from 'vitest';
import { LOGIN, SIGN_IN } from '../../testing/seated-sign-in.ts';
import { createSignInBoard, type SignInBoard } from './sign-in-board.ts';
import { NO_PROVIDERS } from './sign-in-functions.ts';

test.each<[string, (board: SignInBoard, left: string) => void]>([
  [
    'a task',
    (board, id) => {
      board.put({ kind: 'preparing', id, wish: LOGIN, before: [], cancelling: true });
    },
  ],
  [
    'a question',
    (board, id) => {
      board.ask(id, { kind: 'sign-out', entry: null, at: 'question', answer: null });
    },
  ],
  [
    'an obstacle',
    (board, id) => {
      board.obstacle(id, { of: 'login', code: 'no-claude' });
    },
  ],
  [
    'its end',
    (board, id) => {
      board.putLooked(id);
    },
  ],
])('Nothing is taken from an attempt that was left: not %s.', (_, act) => {
  const board = createSignInBoard(() => NO_PROVIDERS);
  const left = board.begin(LOGIN, []);
  board.begin(SIGN_IN, []);
  const shown = board.task();
  expect(board.isGone(left)).toBe(true);
  act(board, left);
  expect(board.task()).toBe(shown);
});
