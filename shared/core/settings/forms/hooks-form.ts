import { isJsonObject, type JsonValue } from '../json-value.ts';
import {
  changed,
  listOf,
  members,
  number,
  optional,
  recordOf,
  object,
  text,
  texts,
  url,
  word,
  yesOrNo,
  type Form,
} from './form.ts';

const common = {
  timeout: number((seconds) => seconds > 0),
  async: yesOrNo,
  asyncRewake: yesOrNo,
  once: yesOrNo,
  continueOnBlock: yesOrNo,
  shell: word('bash', 'powershell'),
  if: text,
  statusMessage: text,
  model: text,
  rewakeMessage: text,
  rewakeSummary: text,
  args: texts,
  allowedEnvVars: texts,
  headers: recordOf(text),
  input: object,
};

/** What each type of hook needs. */
const TYPES: Readonly<Record<string, Form>> = {
  command: members({ command: text }, common),
  prompt: members({ prompt: text }, common),
  agent: members({ prompt: text }, common),
  http: members({ url }, common),
  mcp_tool: members({ server: text, tool: text }, common),
};

const hook: Form = (value, edition) => {
  const type = isJsonObject(value) ? value['type'] : undefined;
  return typeof type === 'string' && Object.hasOwn(TYPES, type) && TYPES[type]?.(value, edition) === true;
};

const groups = listOf(members({ hooks: listOf(hook) }, { matcher: text }));

/** Looked at today; whatever else is in `hooks` may be anything. */
const STRICT = ['PreToolUse', 'PermissionRequest'];
const today = optional(
  Object.fromEntries(
    STRICT.map((event): [string, Form] => [
      event,
      (value, edition) => value === null || groups(value, edition),
    ]),
  ),
);

/** Before, a list was looked at in every event that was known; another type was passed over. */
const KNOWN_EVENTS = [
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PostToolBatch',
  'Notification',
  'UserPromptSubmit',
  'UserPromptExpansion',
  'Stop',
  'SubagentStop',
  'SessionStart',
  'SessionEnd',
  'PreCompact',
  'PermissionRequest',
  'PermissionDenied',
  'Elicitation',
];
const before = optional(
  Object.fromEntries(
    KNOWN_EVENTS.map((event): [string, Form] => [
      event,
      (value, edition) => !Array.isArray(value) || groups(value, edition),
    ]),
  ),
);

/** `hooks` that is no object is passed over. */
export const hooks: Form = (value: JsonValue, edition) =>
  !isJsonObject(value) || changed(before, today)(value, edition);
