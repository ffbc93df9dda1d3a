import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { EMPTY_CLAUDE_NOTE, claudeNoteText, parseClaudeNote } from './claude-note.ts';

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
