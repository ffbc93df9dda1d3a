import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLACE_KINDS } from '../../core/remedies/plan.ts';
import { VARIABLE_STORES } from '../../core/remedies/variable-store-id.ts';
import { changeWorld } from '../../testing/change-world.ts';
import { applyPlan } from './apply-plan.ts';
import { readRecord, readRecords, writeRecord } from './change-book.ts';
import { CHANGE_STATES, parseRecord, recordText, type ChangeRecord } from './change-record.ts';
import { recoverChanges } from './recover-changes.ts';
import type { RecordedStep } from './recorded-step.ts';

/** Any text, also what is no character by itself, and what ends a line in ASCII. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\u2028', '\u007f', '\0', '\n', '\ud83d'),
);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const mode = fc.integer({ min: 0, max: 0o7777 });
const step: fc.Arbitrary<RecordedStep> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    path: text,
    place: fc.constantFrom(...PLACE_KINDS),
    before: fc.option(digest),
    after: digest,
    locked: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('mode' as const), path: text, digest, before: mode, after: mode }),
  fc.record({
    kind: fc.constant('variable' as const),
    store: fc.constantFrom(...VARIABLE_STORES),
    name: text,
    type: text,
  }),
  fc.record({ kind: fc.constant('key' as const), name: text, inClear: fc.boolean() }),
);
const record: fc.Arbitrary<ChangeRecord> = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{1,16}$/),
  at: fc.integer({ min: 0, max: 8.64e15 }),
  state: fc.constantFrom(...CHANGE_STATES),
  goal: fc.record({
    kind: fc.constantFrom(
      'clear' as const,
      'use' as const,
      'cancel' as const,
      'to-keychain' as const,
      'forget-answer' as const,
      'narrow-mode' as const,
    ),
    names: fc.array(text),
  }),
  steps: fc.array(step),
  sealed: fc.boolean(),
  kept: fc.boolean(),
});

const A_RECORD: ChangeRecord = {
  id: 'abcd1234',
  at: 1,
  state: 'intended',
  goal: { kind: 'clear', names: ['ANTHROPIC_API_KEY'] },
  steps: [
    { kind: 'file', path: '/home/p/.zshrc', place: 'zsh', before: null, after: 'x', locked: false },
    { kind: 'mode', path: '/home/p/.zshrc', digest: 'x', before: 0o644, after: 0o600 },
  ],
  sealed: false,
  kept: true,
};

describe('A record', () => {
  test('is read as it was written, whatever the names and paths in it are, and is one line of ASCII.', () => {
    fc.assert(
      fc.property(record, (one) => {
        const written = recordText(one);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        expect(parseRecord(written)).toEqual(one);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['a newer version', { ...A_RECORD, schemaVersion: 2 }],
    ['no version', { ...A_RECORD, schemaVersion: undefined }],
    ['an id that is a path', { ...A_RECORD, id: '../../x' }],
    ['an id that is too long', { ...A_RECORD, id: 'a'.repeat(17) }],
    ['a state that nobody knows', { ...A_RECORD, state: 'half-done' }],
    ['a goal that nobody knows', { ...A_RECORD, goal: { kind: 'frobnicate', names: [] } }],
    ['a goal that is a name of every object', { ...A_RECORD, goal: { kind: 'constructor', names: [] } }],
    ['no names', { ...A_RECORD, goal: { kind: 'clear' } }],
    ['steps that are none', { ...A_RECORD, steps: {} }],
    ['a step that nobody knows', { ...A_RECORD, steps: [...A_RECORD.steps, { kind: 'reboot' }] }],
    ['a place that nobody knows', { ...A_RECORD, steps: [{ ...A_RECORD.steps[0], place: 'emacs' }] }],
    ['a mode that is none', { ...A_RECORD, steps: [{ ...A_RECORD.steps[1], after: 1.5 }] }],
    ['a mode with further bits', { ...A_RECORD, steps: [{ ...A_RECORD.steps[1], before: 0o100644 }] }],
    ['a list', [A_RECORD]],
    ['nothing', null],
  ])('is left alone with %s in it.', (_, value) => {
    const given = typeof value === 'object' && value !== null && !Array.isArray(value);
    const whole = given ? { schemaVersion: 1, ...value } : value;
    expect(parseRecord(JSON.stringify(whole))).toBeNull();
  });

  test('is left alone when its time is beyond every calendar.', () => {
    const written = recordText(A_RECORD);
    for (const at of ['1e400', '-1e400', '8.65e15', '"1"', 'null'])
      expect(parseRecord(written.replace('"at":1,', `"at":${at},`))).toBeNull();
    expect(parseRecord(written.replace('"at":1,', '"at":2,'))).toMatchObject({ at: 2 });
  });

  test('that is damaged anywhere is another record or none, and never an error.', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(), text, (one, from, length, junk) => {
        const written = recordText(one);
        const start = from % written.length;
        const damaged = written.slice(0, start) + junk + written.slice(start + (length % 40));
        const parsed = parseRecord(damaged);
        if (parsed !== null) expect(parseRecord(recordText(parsed))).toEqual(parsed);
      }),
    );
  });

  test('is never made of what is no record.', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), text), (given) => {
        expect(parseRecord(given)).toBeNull();
      }),
    );
    expect(parseRecord(null)).toBeNull();
  });
});

describe('Among the changes that are remembered', () => {
  test('what is no record stays as it is, through recovery and further changes.', async () => {
    const { ports } = changeWorld();
    const strange: Readonly<Record<string, string>> = {
      'aaaa.json': recordText({ ...A_RECORD, id: 'aaaa' }).replace('"schemaVersion":1', '"schemaVersion":2'),
      'bbbb.json': '{"schemaVersion":1,',
      'cccc.json': '',
      // Settled under its own name, it would be taken back at each start for ever.
      'dddd.json': recordText({ ...A_RECORD, id: 'eeee' }),
      // Of a record that is not understood: it may be one of a newer version.
      'aaaa.0.before': 'p',
    };
    for (const [name, bytes] of Object.entries(strange)) ports.changes.write(name, bytes);
    expect(readRecords(ports)).toEqual([]);
    for (const id of ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', '../aaaa', ''])
      expect(readRecord(ports, id)).toBeNull();
    expect(await ports.changes.alone(0, () => recoverChanges(ports))).toEqual([]);
    const done = await applyPlan(
      ports,
      {
        plan: {
          id: '',
          changeId: '1234',
          goal: { kind: 'clear', names: [] },
          steps: [],
          left: [],
          remains: [],
        },
        drafts: [],
      },
      0,
    );
    expect(done).toMatchObject({ why: 'nothing-to-do' });
    for (const [name, bytes] of Object.entries(strange)) expect(ports.changes.read(name)).toBe(bytes);
  });

  test('the newest stands first, and of the same moment the order is always the same.', () => {
    const { ports } = changeWorld();
    for (const [id, at] of [
      ['b', 2],
      ['c', 1],
      ['a', 2],
      ['d', 3],
    ] as const)
      expect(writeRecord(ports, { ...A_RECORD, id, at })).toBe(true);
    expect(readRecords(ports).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });
});
