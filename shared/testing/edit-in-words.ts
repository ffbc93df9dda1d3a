import { applySpans, type EditHow, type EditRequest, type EditText } from '../core/remedies/text-edit.ts';

export const COMMENT_OUT: EditHow = { kind: 'comment-out' };
export const REMOVE: EditHow = { kind: 'remove' };
export const LOOK_UP: EditHow = { kind: 'look-up', command: ['credence', 'secret', 'KEY'] };

export function requestFor(how: EditHow = COMMENT_OUT, names: readonly string[] = ['KEY']): EditRequest {
  return { names, how, marker: '7f3a' };
}

/** The text after the edit, and a line of words for each place that was met. */
export interface EditInWords {
  readonly text: string;
  readonly done: readonly string[];
  readonly left: readonly string[];
}

export function editInWords(edit: EditText, bytes: string, request = requestFor()): EditInWords {
  const { spans, done, left } = edit(bytes, request);
  return {
    text: applySpans(bytes, spans),
    done: done.map(({ name, line, action, value }) => {
      const what = value === null ? name : `${name}=${JSON.stringify(value)}`;
      return `${String(line)} ${action} ${what}`;
    }),
    left: left.map(({ name, line, why }) => `${String(line)} ${name} ${why}`),
  };
}
