import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** Whether a member of a settings file has a shape that Claude Code takes. */
type Shape = (value: JsonValue) => boolean;

const text: Shape = (value) => typeof value === 'string';
const yesOrNo: Shape = (value) => typeof value === 'boolean';
const list: Shape = (value) => Array.isArray(value);
const object: Shape = (value) => isJsonObject(value);
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
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
  allowedHttpHookUrls: list,
  allowManagedHooksOnly: orNull(yesOrNo),
  allowManagedMcpServersOnly: orNull(yesOrNo),
  allowManagedPermissionRulesOnly: orNull(yesOrNo),
  alwaysThinkingEnabled: yesOrNo,
  apiKeyHelper: text,
  attribution: (value) => object(value) || value === true,
  autoMemoryEnabled: yesOrNo,
  autoMode: object,
  availableModels: list,
  awsAuthRefresh: text,
  awsCredentialExport: text,
  blockedMarketplaces: orNull(list),
  claudeMdExcludes: list,
  cleanupPeriodDays: days,
  companyAnnouncements: list,
  disableAllHooks: yesOrNo,
  disabledMcpjsonServers: (value) => list(value) || text(value),
  enableAllProjectMcpServers: orNull(yesOrNo),
  enabledMcpjsonServers: (value) => list(value) || text(value),
  enabledPlugins: object,
  env: object,
  fastMode: yesOrNo,
  fastModePerSessionOptIn: orNull(yesOrNo),
  fileSuggestion: object,
  forceLoginOrgUUID: (value) => text(value) || list(value),
  gcpAuthRefresh: text,
  hooks,
  httpHookAllowedEnvVars: list,
  includeCoAuthoredBy: yesOrNo,
  includeGitInstructions: yesOrNo,
  language: text,
  minimumVersion: text,
  model: text,
  modelOverrides: object,
  otelHeadersHelper: text,
  outputStyle: text,
  permissions,
  plansDirectory: text,
  pluginConfigs: object,
  pluginTrustMessage: text,
  prefersReducedMotion: yesOrNo,
  promptSuggestionEnabled: yesOrNo,
  remote: object,
  respectGitignore: yesOrNo,
  sandbox: object,
  showThinkingSummaries: yesOrNo,
  skipAutoPermissionPrompt: orNull(yesOrNo),
  skipDangerousModePermissionPrompt: orNull(yesOrNo),
  skipWebFetchPreflight: orNull(yesOrNo),
  spinnerTipsEnabled: yesOrNo,
  spinnerVerbs: object,
  sshConfigs: list,
  statusLine: (value) => isJsonObject(value) && value['type'] === 'command',
  strictKnownMarketplaces: orNull(list),
  syntaxHighlightingDisabled: yesOrNo,
  terminalTitleFromRename: yesOrNo,
  voiceEnabled: yesOrNo,
  worktree: object,
};

/** The same for members that 2.1.73 did not know yet and 2.1.196 did (measured). */
const LATER_SHAPES: Readonly<Record<string, Shape>> = {
  advisorModel: text,
  agentPushNotifEnabled: yesOrNo,
  allowedChannelPlugins: list,
  autoDreamEnabled: yesOrNo,
  autoMemoryDirectory: text,
  channelsEnabled: orNull(yesOrNo),
  disableSkillShellExecution: orNull(yesOrNo),
  disableWorkflows: orNull(yesOrNo),
  enforceAvailableModels: orNull(yesOrNo),
  fallbackModel: list,
  proxyAuthHelper: text,
  showClearContextOnPlanAccept: yesOrNo,
  showTurnDuration: yesOrNo,
  skillOverrides: object,
  useAutoModeDuringPlan: orNull(yesOrNo),
  verbose: yesOrNo,
  voice: object,
  wslInheritsWindowsSettings: yesOrNo,
};

/**
 * The members of a settings file that have a shape Claude Code does not take.
 *
 * @param later whether the members that came after 2.1.73 count
 */
export function wrongMembers(settings: JsonObject, later: boolean): readonly string[] {
  return Object.keys(settings).filter((name) => {
    const value = settings[name];
    return value !== undefined && shapeOf(name, later)?.(value) === false;
  });
}

function shapeOf(name: string, later: boolean): Shape | undefined {
  if (Object.hasOwn(SHAPES, name)) return SHAPES[name];
  return later && Object.hasOwn(LATER_SHAPES, name) ? LATER_SHAPES[name] : undefined;
}
