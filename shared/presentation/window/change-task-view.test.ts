import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeTask } from '../../ipc/change-snapshot.ts';
import type { ChangeWorldOptions } from '../../testing/change-world.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { madeUpChangeDesk, type ChangeSeat } from '../../testing/made-up-change-desk.ts';
import { memoryRunningPrograms } from '../../testing/memory-running-programs.ts';
import { plainFingerprints } from '../../testing/plain-fingerprints.ts';
import type { Wish } from '../../usecases/changes/plan-request.ts';
import { REFUSAL_SENTENCES } from '../change-refusals.ts';
import type { Calendar } from '../days.ts';
import { changeTaskView } from './change-task-view.ts';
import { placeBook } from './place-book.ts';

const KEY = 'made-up-key-0123456789-0123456789';
const TOKEN = 'made-up-token-9876543210-9876543210';
const SECRETS = [KEY, TOKEN, 'made-up-login-access', 'made-up-login-refresh'];
const CALENDAR: Calendar = { now: SOME_NOON, utcOffsetMinutes: 0 };
const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;
const LOGIN = JSON.stringify({
  claudeAiOauth: {
    accessToken: 'made-up-login-access',
    refreshToken: 'made-up-login-refresh',
    expiresAt: SOME_NOON + 3_600_000,
    scopes: ['user:inference'],
    subscriptionType: 'max',
  },
});
const CLEAR: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };
const BOTH = { '~/.claude/.credentials.json': LOGIN, '~/.zshrc': EXPORT };

type Kind = ChangeTask['kind'];

function viewOf({ desk, current }: ChangeSeat, book = placeBook()): ChangeTask {
  const { task } = desk.state();
  if (task === null) throw new Error('there is no task');
  return changeTaskView(task, current(), book, CALENDAR);
}

function shown<Of extends Kind>(seat: ChangeSeat, kind: Of): Extract<ChangeTask, { readonly kind: Of }> {
  const view = viewOf(seat);
  if (view.kind !== kind) throw new Error(`shown is ${view.kind}`);
  return view as never;
}

async function planned(options: ChangeWorldOptions, wish: Wish = CLEAR): Promise<ChangeSeat> {
  const seat = await madeUpChangeDesk(options);
  await seat.desk.startChange(wish);
  return seat;
}

describe('A plan in words', () => {
  test('for one line says exactly which, and what each mode will use.', async () => {
    const seat = await planned({ files: BOTH });
    const view = shown(seat, 'plan');
    expect(view).toMatchObject({
      title: 'Clear the API key from ~/.zshrc',
      lead: 'One line in one file changes. Nothing is written until you say so.',
      notes: ['The key stays readable in the comment.'],
      otherWay: { label: 'Delete the line instead', remove: true },
      remains: [],
      left: [],
      action: 'Clear from ~/.zshrc',
      working: false,
      problem: null,
      hasQuestion: false,
    });
    expect(view.steps.map(({ place, what }) => [place, what])).toEqual([['~/.zshrc', 'comments out line 1']]);
    expect(view.steps[0]?.hunks[0]?.lines.map(({ kind, number }) => [kind, number])).toEqual([
      ['removed', 1],
      ['added', 1],
    ]);
    expect(view.after).toEqual([
      { mode: 'interactive', label: 'Interactive', mark: 'next', value: 'Max login', was: 'was API key' },
      { mode: 'print', label: 'Print', mark: 'next', value: 'Max login', was: 'was API key' },
      { mode: 'bare', label: 'Bare', mark: 'absent', value: 'not logged in', was: 'was API key' },
    ]);
  });

  test('for several files counts them, and names each.', async () => {
    const seat = await planned({
      files: {
        ...BOTH,
        '~/.zshenv': EXPORT + EXPORT,
        '~/.claude/settings.json': JSON.stringify({ env: { ANTHROPIC_API_KEY: KEY } }),
      },
    });
    const view = shown(seat, 'plan');
    expect([view.title, view.action, view.lead]).toEqual([
      'Clear the API key from 3 places',
      'Clear from 3 places',
      'Four lines in three files change. Nothing is written until you say so.',
    ]);
    expect(view.steps.map(({ place, what }) => `${place}: ${what}`)).toEqual([
      '~/.zshenv: comments out lines 1, 2',
      '~/.zshrc: comments out line 1',
      '~/.claude/settings.json: removes line 1',
    ]);
  });

  test('offers the other way only for lines that are taken out of force.', async () => {
    const seat = await planned({ files: BOTH });
    await seat.desk.setRemoval(true);
    expect(shown(seat, 'plan').otherWay).toEqual({ label: 'Comment the line out instead', remove: false });
    expect(shown(seat, 'plan').notes).toEqual([]);
    const cancelled = await planned(
      { files: { ...BOTH, '~/.claude/settings.json': '{}' } },
      { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] },
    );
    expect(shown(cancelled, 'plan').otherWay).toBeNull();
    const moved = await planned(
      { files: BOTH },
      { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' },
    );
    expect(shown(moved, 'plan').otherWay).toBeNull();
    await moved.desk.setRemoval(true);
    expect(shown(moved, 'plan').otherWay).toBeNull();
  });

  test.each<[string, Wish, string]>([
    ['clear', CLEAR, 'No file and no session variable sets it.'],
    ['use', { kind: 'use', source: 'claude-login' }, 'Nothing stands in its way.'],
    [
      'forget',
      { kind: 'forget-answer', names: ['ANTHROPIC_API_KEY'] },
      'Claude Code remembers no answer about it.',
    ],
    ['narrow', { kind: 'narrow-mode', path: '/home/p/.zshrc' }, 'Nobody else may read it as it is.'],
  ])('with nothing to %s says so and has no button.', async (_, wish, lead) => {
    const seat = await planned({ files: { '~/.claude/.credentials.json': LOGIN, '~/.zshrc': '' } }, wish);
    const view = shown(seat, 'plan');
    expect([view.lead, view.action, view.steps, view.notes]).toEqual([lead, null, [], []]);
  });

  test('with nothing that may be changed says that, and why.', async () => {
    const seat = await planned({
      files: { '~/.zshrc': `if true; then\n  ${EXPORT}fi\n` },
    });
    const view = shown(seat, 'plan');
    expect([view.lead, view.action]).toEqual(['There is nothing that Credence can change.', null]);
    expect(view.left).toMatchObject([
      { title: '~/.zshrc:2', text: REFUSAL_SENTENCES.conditional, mark: 'shadowed', include: null },
    ]);
  });

  test('lets a file that nobody reads by itself be included by an id, and says so no more once it is.', async () => {
    const seat = await planned({ files: { ...BOTH, '~/.envrc': EXPORT } });
    const book = placeBook();
    const view = viewOf(seat, book);
    const [left] = view.kind === 'plan' ? view.left : [];
    expect(left).toMatchObject({ title: '~/.envrc:1', mark: 'ignored' });
    expect(left?.text).not.toContain('--include');
    expect(book.find(left?.include ?? '')?.path).toBe('/home/p/.envrc');
    await seat.desk.include('/home/p/.envrc');
    expect(shown(seat, 'plan').left).toEqual([]);
  });

  test('says what runs and keeps its copy.', async () => {
    const fingerprints = plainFingerprints();
    const programs = memoryRunningPrograms(
      {
        processId: 99,
        systemStart: 0,
        processes: [
          { processId: 10, command: 'zsh', onTerminal: true, variables: { ANTHROPIC_API_KEY: KEY } },
          { processId: 11, command: 'zsh', onTerminal: true, variables: { ANTHROPIC_API_KEY: TOKEN } },
          { processId: 12, command: 'claude', variables: { ANTHROPIC_API_KEY: KEY }, folder: '/home/p/app' },
        ],
      },
      fingerprints,
    );
    const seat = await planned({ files: BOTH, ports: { programs, fingerprints } });
    expect(shown(seat, 'plan').remains.map(({ title, text }) => `${title}: ${text}`)).toEqual([
      'Two open terminals: They keep what they exported at their start until you close them, and hand that on to what is started there.',
      'One running Claude Code in ~/app: What runs already keeps the key until it ends.',
    ]);
  });

  test.each([
    ['changed', '~/.zshrc: It was changed in the meantime. Look again. Nothing was changed.'],
    [
      'immutable',
      '~/.zshrc: It is marked as not to be changed (chattr +i). Take the mark away first. Nothing was changed.',
    ],
    ['no-space', '~/.zshrc: The disk is full. Make room and try again. Nothing was changed.'],
  ] as const)('that is refused (%s) says where, why and that nothing was changed.', async (why, words) => {
    const seat = await planned({ files: BOTH, writer: { strike: () => why } });
    await seat.desk.apply(seat.task('plan').prepared.plan.id);
    expect(shown(seat, 'plan').problem).toBe(words);
  });

  test('that could not be taken back whole does not say that nothing was changed.', async () => {
    const seat = await planned({
      files: { ...BOTH, '~/.zprofile': EXPORT },
      writer: { strike: ({ number }) => (number >= 2 ? 'failed' : null) },
    });
    await seat.desk.apply(seat.task('plan').prepared.plan.id);
    expect(shown(seat, 'plan').problem).toBe(
      '~/.zshrc: The system could not write it. Not all of it could be taken back; see Changes.',
    );
  });
});

describe('The question in words', () => {
  test('names both, puts the login first, and says of each what it changes.', async () => {
    const seat = await madeUpChangeDesk({ files: BOTH });
    await seat.desk.askWhich();
    const view = shown(seat, 'question');
    expect([view.title, view.lead, view.chosen]).toEqual([
      'Which do you want to use?',
      'For Claude Code in ~. Both are set.',
      'claude-login',
    ]);
    expect(view.options.map(({ title, footer, hasPlan }) => [title, footer, hasPlan])).toEqual([
      ['Max login', 'Changes one line in one file', true],
      ['API key from ~/.zshrc:1', 'Changes nothing', false],
      ['Leave it as it is', 'Changes nothing', false],
    ]);
    expect(view.options.map(({ afterTitle }) => afterTitle)).toEqual([
      'With the Max login',
      'With the API key',
      'As it is',
    ]);
    expect(view.options[0]?.note).toMatch(/^Bare runs never use a login\./);
    expect(view.options[1]?.wordPair).toMatch(/^[a-z]+-[a-z]+$/);
    seat.desk.choose(null);
    expect(shown(seat, 'question').chosen).toBe('leave');
  });

  test('of a single source does not speak of all.', async () => {
    const seat = await madeUpChangeDesk({ files: { '~/.zshrc': EXPORT } });
    await seat.desk.askWhich();
    expect(shown(seat, 'question').lead).toBe('For Claude Code in ~. One is set.');
  });
});

describe('What is done, in words', () => {
  test('is the answer of now, with the way back.', async () => {
    const seat = await planned({ files: BOTH });
    await seat.desk.apply(seat.task('plan').prepared.plan.id);
    const view = shown(seat, 'done');
    expect(view).toMatchObject({ title: 'Done', still: [], working: false, undone: false, problem: null });
    expect(view.lead).toMatch(/Max login/);
    expect(view.after.map(({ mark }) => mark)).toEqual(['wins', 'wins', 'absent']);
    await seat.desk.undo(view.changeId);
    expect(shown(seat, 'done')).toMatchObject({ title: 'Undone', undone: true });
    expect(shown(seat, 'done').lead).toMatch(/API key/);
  });

  test('names what still sets it for new terminals.', async () => {
    const seat = await planned({
      files: { '~/.zshenv': 'export ANTHROPIC_API_KEY=$(cat ~/.key)\n', '~/.zshrc': EXPORT },
    });
    await seat.desk.apply(seat.task('plan').prepared.plan.id);
    expect(shown(seat, 'done').still).toMatchObject([
      { title: '~/.zshenv:1', text: 'It still sets the API key for new terminals.', mark: 'attention' },
    ]);
  });
});

/** Every text that is shown. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const line = fc.constantFrom(
  EXPORT,
  `export ANTHROPIC_AUTH_TOKEN="${TOKEN}"\n`,
  `export ANTHROPIC_API_KEY=${KEY} ANTHROPIC_AUTH_TOKEN=${TOKEN}\n`,
  `if true; then\n  ${EXPORT}fi\n`,
  `export CLAUDE_CODE_USE_BEDROCK=1\n`,
  `ANTHROPIC_API_KEY=${KEY} claude\n`,
  '# nothing\n',
);
const script = fc.array(line, { maxLength: 3 }).map((lines) => lines.join(''));
const files = fc.record(
  {
    '~/.zshenv': script,
    '~/.zshrc': script,
    '~/.envrc': script,
    '~/.claude/.credentials.json': fc.constant(LOGIN),
    '~/.claude/settings.json': fc.constantFrom(
      '{}',
      JSON.stringify({ env: { ANTHROPIC_API_KEY: KEY }, apiKeyHelper: `echo ${TOKEN}` }),
    ),
  },
  { requiredKeys: [] },
);
const wish: fc.Arbitrary<Wish> = fc.constantFrom<Wish>(
  CLEAR,
  { kind: 'clear', names: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'apiKeyHelper'] },
  { kind: 'use', source: 'claude-login' },
  { kind: 'use', source: 'api-key' },
  { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] },
  { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' },
  { kind: 'forget-answer', names: ['ANTHROPIC_API_KEY'] },
);

test('Whatever is changed, every text can be read aloud, and none holds a secret.', async () => {
  let views = 0;
  await fc.assert(
    fc.asyncProperty(files, wish, async (given, wanted) => {
      const seat = await planned({ files: given }, wanted);
      const check = (): void => {
        if (seat.desk.state().task === null) return;
        views += 1;
        const view = viewOf(seat);
        for (const text of textsOf(view)) {
          for (const secret of SECRETS) expect(text).not.toContain(secret.slice(0, 12));
          expect(text).not.toMatch(/undefined|\[object|NaN/);
        }
        readAloud(view);
      };
      check();
      const { task } = seat.desk.state();
      if (task?.kind === 'plan') {
        await seat.desk.apply(task.prepared.plan.id);
        check();
      }
      seat.desk.drop();
      await seat.lookAgain();
      await seat.desk.askWhich();
      check();
    }),
    { numRuns: 60 },
  );
  expect(views).toBeGreaterThan(60);
});

/** Sentences begin with a capital letter or a name and end with one full stop; labels end with none. */
function readAloud(view: ChangeTask): void {
  const isLabel = (text: string): void => {
    expect(text).toMatch(/^[A-Z~/0-9]/);
    expect(text).not.toMatch(/[.,:;]$| {2}/);
  };
  const isSentence = (text: string | null): void => {
    if (text === null || text === '') return;
    expect(text).toMatch(/^[A-Z~/0-9]/);
    expect(text).toMatch(/[^.][.?]$/);
    expect(text).not.toMatch(/\.\.| {2}| \./);
  };
  isLabel(view.title);
  isSentence(view.lead);
  switch (view.kind) {
    case 'question':
      for (const option of view.options) {
        isLabel(option.title);
        isLabel(option.afterTitle);
        isLabel(option.footer);
        isSentence(option.text);
        isSentence(option.note);
      }
      break;
    case 'plan':
      for (const { text } of [...view.left, ...view.remains]) isSentence(text);
      for (const note of view.notes) isSentence(note);
      isSentence(view.problem);
      if (view.action !== null) isLabel(view.action);
      if (view.otherWay !== null) isLabel(view.otherWay.label);
      break;
    case 'done':
      for (const { text } of view.still) isSentence(text);
      isSentence(view.problem);
      break;
  }
}
