import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Fingerprint } from '../../core/secret.ts';
import { EMPTY_CLAUDE_NOTE, claudeNoteText, isDayOf, parseClaudeNote } from './claude-note.ts';

describe('claude-note', () => {
  test('What is written is what is read.', () => {
    const note = fc.record({
      program: fc.option(fc.string({ minLength: 1, unit: 'binary' })),
      setupTokenMadeAt: fc.option(fc.integer({ min: 0, max: 8.64e15 })),
    });
    fc.assert(
      fc.property(note, (one) => {
        expect(parseClaudeNote(claudeNoteText(one))).toEqual(one);
      }),
    );
  });

  test.each([
    [{}, 'fp-1', true],
    [{ setupToken: 'fp-1' }, 'fp-1', true],
    [{ setupToken: 'fp-1' }, 'fp-2', false],
    [{ setupToken: 'fp-1' }, null, false],
    [{ setupTokenBefore: 'fp-1' }, 'fp-1', false],
    [{ setupTokenBefore: 'fp-1' }, 'fp-2', true],
    [{ setupTokenBefore: 'fp-1' }, null, true],
  ] as const)('The day in a note with %j is that of the token %j: %j.', (tokens, token, expected) => {
    const text = JSON.stringify({ schemaVersion: 1, program: null, setupTokenMadeAt: 1, ...tokens });
    const note = parseClaudeNote(text);
    expect(note).toMatchObject(tokens);
    expect(parseClaudeNote(claudeNoteText(note))).toEqual(note);
    expect(isDayOf(note, token as Fingerprint | null)).toBe(expected);
  });

  test.each([
    [null],
    [''],
    ['{'],
    ['[]'],
    ['null'],
    ['{}'],
    ['{"schemaVersion":2,"program":"/bin/claude"}'],
    ['{"schemaVersion":1,"program":7,"setupTokenMadeAt":"yesterday"}'],
    ['{"schemaVersion":1,"program":"","setupTokenMadeAt":1.5}'],
    ['{"schemaVersion":1,"setupTokenMadeAt":1e300}'],
  ])('%j tells nothing.', (text) => {
    expect(parseClaudeNote(text)).toEqual(EMPTY_CLAUDE_NOTE);
  });

  test('One half that is damaged leaves the other.', () => {
    expect(parseClaudeNote('{"schemaVersion":1,"program":"/a","setupTokenMadeAt":false}')).toEqual({
      program: '/a',
      setupTokenMadeAt: null,
    });
  });
});
