import { HELPER_SETTING } from '../../sources/api-key-helper.ts';
import type { EditText } from '../text-edit.ts';
import { editJson, findMembers, membersNamed, type JsonPlace } from './json-edit.ts';

const PLACE: JsonPlace = {
  dialect: 'json',
  depth: 2,
  find: (root, bytes, names) => [
    // Of members with the same name the last counts, but without it one before would.
    ...membersNamed(root, 'env').flatMap(({ value }) => findMembers(bytes, value, names)),
    ...findMembers(bytes, root, names.has(HELPER_SETTING) ? new Set([HELPER_SETTING]) : new Set()),
  ],
};

/**
 * Claude Code’s settings files: members of `env`, and `apiKeyHelper` when asked for by that name. They are strict JSON, without
 * comments: what is to be commented out is removed.
 */
export const editSettingsJson: EditText = (bytes, request) => editJson(bytes, request, PLACE);
