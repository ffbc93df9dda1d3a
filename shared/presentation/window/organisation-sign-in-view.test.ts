import { describe, expect, test } from 'vitest';
import type { SignInStep } from '../../core/sign-in/organisation-sign-in.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { entryOf, SIGNED_IN, SIGN_IN_WAITS } from '../../testing/played-sign-in-desk.ts';
import {
  doneView,
  questionView,
  shownTask,
  signInTask,
  stepsOf,
  underWay,
} from '../../testing/shown-sign-ins.ts';
import type { SignInTask, SignInTaskOf } from '../../usecases/desk/sign-in-task.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';

describe('The steps of a sign-in', () => {
  test.each<[string, SignInTask, readonly string[]]>([
    [
      'while the provider is asked',
      signInTask(),
      [
        '◉ Open the page …',
        '○ Waiting for the browser',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while it waits',
      signInTask(SIGN_IN_WAITS),
      [
        '● Page opened 12:00',
        '◉ Waiting for the browser …',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'with a code for another machine',
      signInTask({
        ...SIGN_IN_WAITS,
        browserAt: null,
        step: {
          at: 'device',
          userCode: 'WDJB-MJHT',
          verificationUri: 'https://login.northwind.example/device?user_code=x',
        },
      }),
      [
        '● Code shown 12:00',
        '◉ Waiting for the code to be typed …',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while the token is kept',
      signInTask({ ...SIGN_IN_WAITS, step: { at: 'keeping' } }),
      [
        '● Page opened 12:00',
        '● Waiting for the browser',
        '◉ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while it is looked again',
      signInTask({ ...SIGN_IN_WAITS, step: { at: 'done', note: SIGNED_IN } }, { looked: false }),
      [
        '● Page opened 12:00',
        '● Waiting for the browser',
        '● Keep the token in the keychain',
        '◉ Check what Claude Code gets',
      ],
    ],
  ])('%s.', (_, task, steps) => {
    expect(stepsOf(task)).toEqual(steps);
  });

  test('say how it comes back, whose it was, and when it stops.', () => {
    const { facts, title, toDevice } = underWay(
      signInTask(SIGN_IN_WAITS, { entry: entryOf({ note: SIGNED_IN }) }),
    );
    expect(title).toBe('Finish signing in to northwind in your browser.');
    expect(toDevice).toBe('Use a code instead');
    expect(facts.map(({ label, value }) => [label, value.kind === 'text' ? value.text : value.at])).toEqual([
      ['Returns to', '127.0.0.1:52114'],
      ['Stops waiting', SOME_NOON + 300_000],
      ['Account', 'petra@northwind.example'],
      ['Token lives', '8 hours, then Credence renews it'],
    ]);
  });

  test.each([
    [null, 'Your organisation asks who you are. Credence never sees your password.'],
    [
      { ...SIGNED_IN, state: 'entry-changed' } as const,
      'Asked for because the provider is configured otherwise since the last sign-in.',
    ],
    [
      { ...SIGNED_IN, state: 'needs-sign-in' } as const,
      'Asked for because the provider takes the last token no more.',
    ],
    [
      { ...SIGNED_IN, renews: false, accessEndsAt: SOME_NOON },
      'Asked for because the last token ended at 12:00.',
    ],
  ])('say why it is asked for (%#).', (note, lead) => {
    expect(underWay(signInTask(SIGN_IN_WAITS, { entry: entryOf({ note }) })).lead).toBe(lead);
  });

  test('show where a code is typed without what its link carries.', () => {
    const step: SignInStep = {
      at: 'device',
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://petra:MARKED@login.northwind.example/device?user_code=MARKED#MARKED',
    };
    expect(underWay(signInTask({ step })).device).toEqual({
      code: 'WDJB-MJHT',
      where: 'login.northwind.example/device',
    });
  });
});

describe('A sign-out', () => {
  const signOut = (
    at: SignInTaskOf<'sign-out'>['at'],
    answer: SignOutAnswer | null = null,
  ): SignInTaskOf<'sign-out'> => ({
    kind: 'sign-out',
    id: 'sign-in-5',
    wish: { do: 'sign-out', name: 'northwind' },
    before: [],
    entry: entryOf({ note: SIGNED_IN }),
    at,
    answer,
  });
  const DOWN = {
    ok: false,
    why: { code: 'not-revoked', failure: { code: 'no-connection', status: null, retryAfter: null } },
  } as const;

  test('says whose token goes, and from where, before it goes.', () => {
    const view = questionView(signOut('question'));
    expect(view).toMatchObject({
      questionId: 'sign-in-5',
      title: 'Sign out of northwind?',
      action: 'Sign out of northwind',
      isWorking: false,
      problem: null,
    });
    expect(view.lists[0]?.items).toEqual([
      { key: 'token', text: 'The token of petra@northwind.example', place: 'keychain' },
    ]);
  });

  test('that the provider could not be told of is another question, and stays that while it is done.', () => {
    const failed = questionView(signOut('failed', DOWN));
    expect(failed).toMatchObject({
      questionId: 'sign-in-5-anyway',
      title: 'Remove the token here only?',
      lead: 'It stays good at northwind until it ends by itself.',
      action: 'Remove it here anyway',
    });
    expect(failed.problem).toContain('Nothing was removed');
    expect(questionView(signOut('working', DOWN))).toMatchObject({
      title: 'Remove the token here only?',
      isWorking: true,
      problem: null,
    });
  });

  test('that failed for another reason asks nothing more.', () => {
    const view = shownTask(signOut('failed', { ok: false, why: { code: 'keychain', trouble: 'locked' } }));
    expect(view).toMatchObject({ kind: 'failed', title: 'You are not signed out of northwind.' });
    expect(view.lead).toMatch(/locked/);
  });

  test.each([
    ['revoked', /takes the token no more/],
    ['not-offered', /stays good there until it ends/],
    ['failed', /was not told/],
    ['nothing-to-revoke', /is deleted here/],
  ] as const)('says what became of the token at the provider: %s.', (revoked, lead) => {
    const view = doneView(signOut('done', { ok: true, revoked }));
    expect(view.title).toBe('You are signed out of northwind.');
    expect(view.lead).toMatch(lead);
  });
});
