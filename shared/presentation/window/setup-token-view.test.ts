import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '../../core/secret.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { SETUP_TOKEN } from '../../testing/played-sign-in-desk.ts';
import { windowOf } from '../../testing/window-of.ts';
import type { SignInTaskOf } from '../../usecases/desk/sign-in-task.ts';
import { placeBook } from './place-book.ts';
import { signInTaskView } from './sign-in-task-view.ts';

type Task = SignInTaskOf<'setup-token'>;

const DAY = 24 * 3_600_000;
const TODAY = SOME_NOON - (SOME_NOON % DAY);
const task = (more: Partial<Task> = {}): Task => ({
  kind: 'setup-token',
  id: 'sign-in-1',
  wish: { do: 'setup-token' },
  before: [],
  preview: SETUP_TOKEN,
  at: 'question',
  opened: false,
  noted: null,
  ...more,
});
const shown = (given: Partial<Task> = {}, utcOffsetMinutes = 0) =>
  signInTaskView(task(given), {
    current: [],
    book: placeBook(),
    calendar: { now: SOME_NOON, utcOffsetMinutes },
  });
function question(given: Partial<Task> = {}) {
  const view = shown(given);
  if (view.kind !== 'question') throw new Error(view.kind);
  v.parse(COMMANDS.confirmSignIn, [view.questionId]);
  return view;
}
const MADE = { at: 'made', opened: true } as const;

describe('A token for scripts', () => {
  test('says what it is before a terminal opens: a year, model requests, shown once, seen by nobody.', () => {
    const { lead, action, leave, command, facts, notes } = question();
    expect(notes.join()).toContain('close its terminal window: nothing is made then');
    for (const part of ['lasts a year', 'model requests only', 'is shown once', 'Credence never sees it'])
      expect(lead).toContain(part);
    expect([action, leave, command, facts]).toEqual(['Open a terminal', 'Leave it as it is', null, []]);
  });

  test('asks afterwards whether one was made, and offers the words where no window came.', () => {
    const { questionId, lead, action, leave, command, notes, problem } = question(MADE);
    expect(lead).toBe(
      'When Claude Code has shown the token, put it where it is needed, as CLAUDE_CODE_OAUTH_TOKEN. Credence keeps only the day.',
    );
    expect([questionId, action, leave, problem]).toEqual([
      'sign-in-1-made',
      'It was made today',
      'Not made',
      null,
    ]);
    expect(command).toEqual({
      label: 'No window came? Type this in a terminal:',
      text: '/opt/claude setup-token',
    });
    expect(notes.join()).toContain('credence login setup-token --made-on YYYY-MM-DD');
  });

  test.each([
    [true, 'No terminal opened. Type this in one:'],
    [false, 'Credence found no terminal program to open. Type this in one:'],
  ])('is typed where no terminal opened (one was found: %j).', (hasTerminal, label) => {
    const view = question({ at: 'made', opened: false, preview: { ...SETUP_TOKEN, hasTerminal } });
    expect(view.command?.label).toBe(label);
    expect(view.lead).toContain('lasts a year');
    expect([view.action, view.leave]).toEqual(['It was made today', 'Not made']);
  });

  test.each([
    ['question', 0],
    ['made', 0],
    ['question', 14 * 60],
    ['question', -12 * 60],
  ] as const)('shows the day that is known with its end (%s, %i minutes ahead of UTC).', (at, offset) => {
    const madeAt = Date.UTC(2025, 10, 20);
    const view = shown({ at, preview: { ...SETUP_TOKEN, madeAt } }, offset);
    const facts = view.kind === 'question' ? view.facts.map(({ label, value }) => [label, value]) : [];
    expect(facts[0]).toEqual([
      'Last made',
      { kind: 'text', text: expect.stringMatching(/^on 20 November/) as string, isCode: false },
    ]);
    expect(facts[1]?.[0]).toMatch(/^End/);
    expect(JSON.stringify(facts[1])).toMatch(/between .* and .* November/);
  });

  test.each([0, -1, 8.64e15])('A day that is none (%d) is not shown.', (madeAt) => {
    expect(question({ preview: { ...SETUP_TOKEN, madeAt } }).facts).toEqual([]);
  });

  test('says that it works, and that a day could not be kept.', () => {
    expect(question({ at: 'opening' })).toMatchObject({ isWorking: true, working: 'Opening…' });
    expect(question({ ...MADE, at: 'noting' })).toMatchObject({ isWorking: true, leave: 'Not made' });
    expect(question({ ...MADE, noted: { ok: false } }).problem).toMatch(/^The day could not be kept: .*\.$/);
  });

  test.each([
    ['this', /for the token that is set here\.$/],
    ['next', /once the new one takes its place\.$/],
    ['any', /is not set here; where it is/],
  ] as const)('says in the end whose day it is (%s), and until when it lasts.', (token, says) => {
    const view = shown({ at: 'done', opened: true, noted: { ok: true, madeAt: TODAY, token } });
    expect(view).toMatchObject({ kind: 'done', title: 'The token’s year runs from today.', after: [] });
    expect(view.lead).toMatch(says);
    expect(view.kind === 'done' ? view.facts.map(({ label }) => label) : []).toEqual(['Made', 'Ends']);
  });

  test('shows nothing of a token, and what a path holds as text.', () => {
    const preview = {
      ...SETUP_TOKEN,
      here: 'fp-MARKED' as Fingerprint,
      command: "'/opt/\u202Ee\u0007' setup-token",
    };
    for (const at of ['question', 'opening', 'made', 'noting'] as const) {
      const text = JSON.stringify(shown({ at, preview }));
      for (const bad of ['MARKED', '\u202E', '\\u0007']) expect(text).not.toContain(bad);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test('is in the tray’s menu from the first to the last, and can be shown from there.', async () => {
    const labels = async (given: Partial<Task>) =>
      (await windowOf({}, { signIn: { task: task(given) } })).snapshot.menu.flatMap((item) =>
        item.kind === 'action' || item.kind === 'text' ? [item.label] : [],
      );
    expect(await labels(MADE)).toContain('Was a token for scripts made?…');
    const opening = await labels({ at: 'opening' });
    expect(opening).toEqual(expect.arrayContaining(['A terminal is opening…', 'Show the login']));
    expect(opening).not.toContain('Cancel login');
  });
});
