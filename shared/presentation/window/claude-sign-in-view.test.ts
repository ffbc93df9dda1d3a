import { describe, expect, test } from 'vitest';
import { type LoginStep } from '../../core/sign-in/claude-login.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { KEY } from '../../testing/given.ts';
import { LOGIN_WAITS } from '../../testing/played-sign-in-desk.ts';
import {
  doneView,
  inspectionsOf,
  loginTask,
  PREVIEW,
  questionView,
  shownTask,
  stepsOf,
  underWay,
} from '../../testing/shown-sign-ins.ts';
import { DELETED } from '../../usecases/desk/sign-in-functions.ts';
import { withLogin, withoutLogin, type SignInTask } from '../../usecases/desk/sign-in-task.ts';
import { placeBook } from './place-book.ts';

describe('The steps of a login', () => {
  test.each<[string, SignInTask, readonly string[]]>([
    [
      'while it starts',
      loginTask(),
      [
        '◉ Claude Code is starting …',
        '○ Open the page',
        '○ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
    [
      'before there is a page',
      loginTask({ step: { at: 'waiting' } }),
      [
        '● Claude Code started 12:00',
        '◉ Open the page …',
        '○ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
    [
      'while it waits',
      loginTask(LOGIN_WAITS),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '◉ Waiting for your approval …',
        '○ Check who is logged in',
      ],
    ],
    [
      'while the store is read again',
      loginTask({ ...LOGIN_WAITS, step: { at: 'checking' } }),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '● Waiting for your approval',
        '◉ Check who is logged in',
      ],
    ],
    [
      'while it is ended',
      loginTask(LOGIN_WAITS, { cancelling: true }),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '◉ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
  ])('%s.', (_, task, steps) => {
    expect(stepsOf(task)).toEqual(steps);
  });

  test('offer the field, the page and the way out only while it waits.', () => {
    const offers = (task: SignInTask): unknown => {
      const { paste, canOpenAgain, canCopyAddress, cancel } = underWay(task);
      return [paste !== null, canOpenAgain, canCopyAddress, cancel.isWorking];
    };
    expect(offers(loginTask())).toEqual([false, false, false, false]);
    expect(offers(loginTask(LOGIN_WAITS))).toEqual([true, true, true, false]);
    expect(offers(loginTask({ ...LOGIN_WAITS, asksCode: false, link: null }))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(offers(loginTask(LOGIN_WAITS, { cancelling: true }))).toEqual([false, false, false, true]);
    expect(offers(loginTask({ ...LOGIN_WAITS, step: { at: 'stopping' } }))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test.each([
    ['none', null],
    ['sent', false],
    ['incomplete', true],
  ] as const)('say of a code that is %s how it went.', (code, isTrouble) => {
    expect(underWay(loginTask({ ...LOGIN_WAITS, code })).paste?.said?.isTrouble ?? null).toBe(isTrouble);
  });
});

describe('What a login will change', () => {
  test('is told mode by mode, with what still wins.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'rejected' });
    const { after } = underWay(loginTask(LOGIN_WAITS, { before, then: withLogin(before, 'claude') }));
    expect(after?.rows.map(({ label, mark, value, was }) => [label, mark, value, was])).toEqual([
      ['Interactive', 'next', 'Claude login', 'was not logged in'],
      ['Print', 'metered', 'API key from ~/.claude/settings.json:1', 'as now'],
    ]);
    expect(after?.note).toBe(
      'Print runs still send the API key. Credence will ask about it after the login.',
    );
  });

  test('says that it takes the place of one that is there.', async () => {
    const before = await inspectionsOf({ login: true });
    const { after } = underWay(loginTask(LOGIN_WAITS, { before, then: withLogin(before, 'claude') }));
    expect(after?.note).toBe('The new login takes the place of the one that is there.');
    expect(after?.rows.map(({ was }) => was)).toEqual(['as now', 'as now']);
  });

  test('comes as a question where it would be used nowhere, with what would help first.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'approved' });
    const book = placeBook();
    const task: SignInTask = {
      kind: 'before-login',
      id: 'sign-in-1',
      wish: { do: 'login', way: 'claude' },
      before,
      preview: PREVIEW,
      then: withLogin(before, 'claude'),
    };
    const view = questionView(task, before, book);
    expect(view).toMatchObject({
      title: 'This login would not be used here.',
      lead: 'Interactive sessions and print runs still send the API key. Clear that first, or log in anyway.',
      action: 'Log in anyway',
    });
    expect(view.remedy?.label).toMatch(/^Clear ANTHROPIC_API_KEY from .*…$/);
    expect(book.wishes.find(view.remedy?.id ?? '')).toMatchObject({ kind: 'clear' });
    const forced = shownTask({ ...task, preview: { ...PREVIEW, forced: 'console' } }, before);
    expect(forced.title).toBe('Claude Code will log in to the Claude Console instead.');
  });
});

describe('A login that is done', () => {
  const DONE: LoginStep = {
    at: 'done',
    outcome: {
      loginEndsAt: SOME_NOON + 20 * 86_400_000,
      plan: 'max',
      email: 'petra@example.com',
      organisation: 'Northwind',
      kept: 'login',
    },
  };

  test('tells account, plan, organisation and the range of its end, and what wins now.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'rejected' });
    const current = await inspectionsOf({ user: KEY, answered: 'rejected', login: true });
    const book = placeBook();
    const view = doneView(loginTask({ step: DONE }, { before }), current, book);
    expect(view.title).toBe('You are logged in.');
    expect(view.facts.map(({ label, value }) => [label, value.kind === 'text' ? value.text : ''])).toEqual([
      ['Account', 'petra@example.com'],
      ['Plan', 'Max'],
      ['Organisation', 'Northwind'],
      ['Login ends', expect.stringMatching(/^\d+ (\w+ )?to \d+ \w+/)],
    ]);
    expect(view.lead).toMatch(/^Interactive sessions use your Max login/);
    expect(view.notes.join()).toMatch(/^Print runs send the API key .* You pay per use/);
    expect(view.after.map(({ mark, was }) => [mark, was])).toEqual([
      ['wins', 'was not logged in'],
      ['metered', 'as now'],
    ]);
    expect(view.remedy?.label).toMatch(/^Clear ANTHROPIC_API_KEY/);
    expect(book.wishes.find(view.remedy?.id ?? '')).not.toBe(null);
  });

  test('offers nothing more where the login is what is used.', async () => {
    const view = shownTask(loginTask({ step: DONE }), await inspectionsOf({ login: true }));
    expect(view).toMatchObject({
      kind: 'done',
      remedy: null,
      lead: 'Claude Code here: Max login. It is included in your subscription.',
      notes: [],
    });
  });

  test('is not told before it has been looked at.', () => {
    expect(stepsOf(loginTask({ ...LOGIN_WAITS, step: DONE }, { looked: false })).at(-1)).toBe(
      '◉ Check who is logged in',
    );
  });
});

describe('A log-out', () => {
  test('says what it deletes, where, and what is used then.', async () => {
    const before = await inspectionsOf({ login: true, user: KEY, answered: 'rejected' });
    const deletes = DELETED.map((what) => ({ what, path: what === 'login' ? null : '/home/p/.claude.json' }));
    const view = questionView({
      kind: 'log-out',
      id: 'sign-in-4',
      wish: { do: 'log-out' },
      before,
      then: withoutLogin(before),
      preview: { ok: true, command: 'claude auth logout', deletes },
      at: 'question',
      result: null,
    });
    expect(view.lists[0]?.items.map(({ place }) => place)).toEqual([
      'keychain',
      '~/.claude.json',
      '~/.claude.json',
      '~/.claude.json',
    ]);
    expect(view.after?.rows.map(({ value, was }) => [value, was])).toEqual([
      ['not logged in', 'was Max login'],
      ['API key from ~/.claude/settings.json:1', 'as now'],
    ]);
  });

  test('tells when the server has not confirmed it.', () => {
    const base = {
      kind: 'log-out',
      id: 'sign-in-4',
      wish: { do: 'log-out' },
      before: [],
      then: [],
      preview: { ok: true, command: '', deletes: [] },
      at: 'done',
    } as const;
    const notes = (server: 'told' | 'unconfirmed'): unknown => {
      const view = shownTask({ ...base, result: { ok: true, server } });
      return view.kind === 'done' ? view.notes : null;
    };
    expect(notes('told')).toEqual([]);
    expect(notes('unconfirmed')).toEqual([expect.stringContaining('did not confirm')]);
  });
});
