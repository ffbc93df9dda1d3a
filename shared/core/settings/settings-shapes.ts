import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** Whether a member of a settings file has a shape that Claude Code takes. */
type Shape = (value: JsonValue) => boolean;

const text: Shape = (value) => typeof value === 'string';
const yesOrNo: Shape = (value) => typeof value === 'boolean';
const list: Shape = (value) => Array.isArray(value);
const object: Shape = (value) => isJsonObject(value);
const oneOf =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const days: Shape = (value) => typeof value === 'number' && Number.isInteger(value) && value > 0;

const permissions: Shape = (value) => {
  if (!isJsonObject(value)) return false;
  return members(value, {
    allow: list,
    deny: list,
    ask: list,
    additionalDirectories: list,
    defaultMode: text,
    disableBypassPermissionsMode: oneOf('disable'),
  });
};

/** Known events hold a list of groups, each with a list of hooks; `hooks` of another shape is left out, not dropped. */
const hooks: Shape = (value) => {
  if (!isJsonObject(value)) return true;
  return HOOK_EVENTS.every((event) => value[event] === undefined || isGroups(value[event]));
};
const isGroups: Shape = (value) => Array.isArray(value) && value.every((group: JsonValue) => isGroup(group));
const isGroup: Shape = (value) =>
  isJsonObject(value) &&
  members(value, { matcher: text }) &&
  Array.isArray(value['hooks']) &&
  value['hooks'].every(isHook);
const isHook = (value: JsonValue): boolean => isJsonObject(value) && text(value['type'] ?? null);
const HOOK_EVENTS = [
  'PreToolUse',
  'PostToolUse',
  'Notification',
  'UserPromptSubmit',
  'Stop',
  'SubagentStop',
  'SessionStart',
  'SessionEnd',
  'PreCompact',
];

function members(value: JsonObject, shapes: Readonly<Record<string, Shape>>): boolean {
  return Object.entries(shapes).every(([name, shape]) => {
    const member = value[name];
    return member === undefined || shape(member);
  });
}

/**
 * Members whose wrong type makes Claude Code drop the whole file, silently (measured on 2.1.328 with one wrong value at a
 * time). Members that are not here were measured to do no harm, or are not known.
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  $schema: text,
  agent: text,
  alwaysThinkingEnabled: yesOrNo,
  apiKeyHelper: text,
  attribution: object,
  autoMemoryEnabled: yesOrNo,
  availableModels: list,
  awsAuthRefresh: text,
  awsCredentialExport: text,
  claudeMdExcludes: list,
  cleanupPeriodDays: days,
  companyAnnouncements: list,
  disableAllHooks: yesOrNo,
  enableAllProjectMcpServers: yesOrNo,
  enabledPlugins: object,
  env: object,
  fallbackModel: list,
  fastMode: yesOrNo,
  fileSuggestion: object,
  forceLoginOrgUUID: (value) => text(value) || list(value),
  gcpAuthRefresh: text,
  hooks,
  includeCoAuthoredBy: yesOrNo,
  language: text,
  minimumVersion: text,
  model: text,
  modelOverrides: object,
  otelHeadersHelper: text,
  outputStyle: text,
  permissions,
  plansDirectory: text,
  prefersReducedMotion: yesOrNo,
  respectGitignore: yesOrNo,
  sandbox: object,
  showTurnDuration: yesOrNo,
  skipWebFetchPreflight: yesOrNo,
  spinnerTipsEnabled: yesOrNo,
  spinnerVerbs: object,
  statusLine: (value) => isJsonObject(value) && value['type'] === 'command',
  verbose: yesOrNo,
  worktree: object,
  wslInheritsWindowsSettings: yesOrNo,
};

/** The members of a settings file that have a shape Claude Code does not take. */
export function wrongMembers(settings: JsonObject): readonly string[] {
  return Object.keys(settings).filter((name) => {
    const value = settings[name];
    return Object.hasOwn(SHAPES, name) && value !== undefined && SHAPES[name]?.(value) === false;
  });
}
