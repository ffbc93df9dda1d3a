import { CONSOLE_KEY } from '../../sources/console-key.ts';
import { bytesOfText } from '../byte-text.ts';
import { NO_EDIT, type Bytes, type EditResult, type EditText } from '../text-edit.ts';
import { editJson, findMembers, membersNamed, textOf, type JsonPlace } from './json-edit.ts';

const PLACE: JsonPlace = {
  dialect: 'json',
  depth: 2,
  find: (root, bytes, names) => [
    ...membersNamed(root, 'env').flatMap(({ value }) => findMembers(bytes, value, names)),
    // Logging out removes it, and tells the server.
    ...findMembers(bytes, root, names.has(CONSOLE_KEY) ? new Set([CONSOLE_KEY]) : new Set()).map(
      (finding) => ({
        ...finding,
        fixed: true,
      }),
    ),
  ],
};

/** `.claude.json`: members of `env`. Strict JSON, without comments: what is to be commented out is removed. */
export const editClaudeJson: EditText = (bytes, request) => editJson(bytes, request, PLACE);

const ANSWERS = 'customApiKeyResponses';
export type KeyAnswer = 'approved' | 'rejected';
export const KEY_ANSWERS: readonly KeyAnswer[] = ['approved', 'rejected'];

/**
 * Takes the remembered answers for a key out of `.claude.json`, so that Claude Code asks again. What was done is named
 * `approved` or `rejected`.
 *
 * @param tail the last 20 characters of the key: Claude Code keeps no more of it
 */
export function forgetKeyAnswer(
  bytes: Bytes,
  tail: string,
  answers: readonly KeyAnswer[] = KEY_ANSWERS,
): EditResult {
  const wanted = bytesOfText(tail);
  // Looked for by the name of the list, so that a file that cannot be read is told where it has one.
  const result = editJson(
    bytes,
    { names: [ANSWERS], how: { kind: 'remove' }, marker: '' },
    {
      dialect: 'json',
      depth: 3,
      find: (root) =>
        membersNamed(root, ANSWERS).flatMap(({ value: lists }) =>
          lists.kind !== 'object'
            ? []
            : answers.flatMap((answer) =>
                membersNamed(lists, answer).flatMap(({ value: list }) =>
                  list.kind !== 'array'
                    ? []
                    : list.items
                        .filter(({ value }) => value.kind === 'string' && textOf(bytes, value) === wanted)
                        .map((item) => ({ name: answer, container: list, item, value: wanted })),
                ),
              ),
        ),
    },
  );
  return tail === '' ? NO_EDIT : result;
}
