import { describe, expect, test } from 'vitest';
import type { ChangeRecord } from '../usecases/changes/change-record.ts';
import type { RecordedStep } from '../usecases/changes/recorded-step.ts';
import { changeTitle, changesText, notUndoneText, refusedText } from './change-text.ts';
import { changesJson, refusedJson, undoneJson } from './changes-json.ts';

const HOME = { home: '/home/p', platform: 'linux' } as const;
const PLAIN = { colour: false, columns: 80 };

const file = (path: string): RecordedStep => ({
  kind: 'file',
  path,
  place: 'zsh',
  before: 'a',
  after: 'b',
  locked: false,
});

function record(more: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    id: '7f3a12cd',
    at: Date.UTC(2026, 10, 20, 16, 5),
    state: 'applied',
    goal: { kind: 'clear', names: ['ANTHROPIC_API_KEY'] },
    steps: [file('/home/p/.zshrc')],
    sealed: true,
    kept: true,
    ...more,
  };
}

describe('A change in words', () => {
  test.each<[Partial<ChangeRecord>, string]>([
    [{}, 'cleared the API key in ~/.zshrc'],
    [{ steps: [file('/home/p/.zshrc'), file('/home/p/.zshrc')] }, 'cleared the API key in ~/.zshrc'],
    [
      { steps: ['a', 'b', 'c', 'd'].map((name) => file(`/home/p/${name}`)) },
      'cleared the API key in 4 places',
    ],
    [{ goal: { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] } }, 'cancelled the API key in ~/.zshrc'],
    [
      {
        goal: { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'] },
        steps: [{ kind: 'key', name: 'ANTHROPIC_API_KEY', inClear: false }, file('/home/p/.zshrc')],
      },
      'moved the API key into the keychain, from ~/.zshrc',
    ],
    [
      { steps: [{ kind: 'variable', store: 'systemd', name: 'ANTHROPIC_API_KEY', type: '' }] },
      'cleared the API key in the session',
    ],
    [{ goal: { kind: 'narrow-mode', names: ['/home/p/.zshrc'] } }, 'made ~/.zshrc private'],
    [{ goal: { kind: 'forget-answer', names: [] } }, 'removed the remembered answer in ~/.zshrc'],
  ])('is titled: %#', (more, title) => {
    expect(changeTitle(record(more), HOME)).toBe(title);
  });

  test.each<[Partial<ChangeRecord>, string, boolean]>([
    [{}, 'done', true],
    [{ kept: false }, 'done, cannot be undone', false],
    [{ state: 'undone' }, 'undone', false],
    [{ state: 'taken-back' }, 'taken back', false],
    [{ state: 'intended' }, 'interrupted', false],
    [{ state: 'undoing' }, 'undo interrupted', false],
  ])('is listed with what became of it: %#', (more, words, undoable) => {
    const text = changesText([record(more)], () => 'THEN', HOME, PLAIN);
    expect(text).toContain(`7f3a12cd  THEN  ${words}  cleared`);
    expect(text.includes('To go back')).toBe(undoable);
    expect(changesJson([record(more)], [])).toMatchObject({ changes: [{ changeId: '7f3a12cd', undoable }] });
  });

  test('is none.', () => {
    expect(changesText([], () => '', HOME, PLAIN)).toBe('Credence has changed nothing.\n');
  });
});

describe('A refusal', () => {
  const plan = {
    id: '',
    changeId: '',
    goal: { kind: 'clear', names: [] },
    steps: [],
    left: [],
    remains: [],
  } as const;

  test.each([
    [{ ok: false, why: 'unavailable', step: null, stuck: [] }, 'Nothing was changed.'],
    [
      { ok: false, why: 'no-space', step: null, stuck: [{ step: 1, why: 'changed-since' }] },
      '1 of its steps could not be taken back.',
    ],
  ] as const)('says what became of the rest: %#', (refused, rest) => {
    const text = refusedText(refused, plan, HOME);
    expect(text).toContain(rest);
    expect(refusedJson(refused, text, '/home/p/.zshrc')).toMatchObject({
      error: { code: 'refused', why: refused.why, message: text, path: '/home/p/.zshrc' },
    });
    expect(refusedJson(refused, text, null)).not.toHaveProperty('error.path');
  });

  test('of an undo shows both sides, and says that nothing was changed.', () => {
    const view = {
      path: '/home/p/.zshrc',
      credence: [{ lines: [{ kind: 'removed' as const, number: 1, text: 'export A=••••••••' }] }],
      since: [],
    };
    const undone = { ok: false, why: 'changed-since', views: [view], stuck: [] } as const;
    const text = notUndoneText(undone, HOME, PLAIN);
    expect(text).toMatch(/^credence: It was changed after Credence changed it,/);
    expect(text).toContain('Nothing was changed.');
    expect(text).toContain('\n~/.zshrc\nCredence changed:\n   1 - export A=••••••••\nSince then it is gone');
    expect(undoneJson(undone)).toMatchObject({
      error: { why: 'changed-since', views: [{ since: [] }], stuck: [] },
    });
  });

  test('of an undo that stopped half way does not say so.', () => {
    const undone = { ok: false, why: 'no-space', views: [], stuck: [{ step: 0, why: 'no-space' }] } as const;
    expect(notUndoneText(undone, HOME, PLAIN)).not.toContain('Nothing was changed');
    expect(undoneJson(undone)).toMatchObject({ error: { stuck: [{ step: 0, why: 'no-space' }] } });
  });
});
