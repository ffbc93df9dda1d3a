import { MODES, SURFACES, type Context, type Mode, type Surface } from '../../shared/core/context.ts';
import { isAbsolute, joinPath } from '../../shared/core/paths.ts';
import { pathStyle } from '../../shared/core/known-folders.ts';
import { SETTINGS_SCOPES, type SettingsScope } from '../../shared/core/origin.ts';
import { NEWEST_RECORDED, versionNumbers } from '../../shared/core/rules/versions.ts';
import type { Ports } from '../../shared/ports/ports.ts';
import { findClaudeCode } from '../../shared/usecases/find-claude-code.ts';
import type { GatherRequest } from '../../shared/usecases/gather/gather-request.ts';
import type { OptionSpec, ParsedArguments } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The options of every command that asks a question for one context. */
export const CONTEXT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'mode',
    short: 'm',
    value: 'MODE',
    choices: MODES,
    help: 'interactive, print (-p) or bare (-p --bare)',
  },
  { name: 'folder', short: 'C', value: 'DIR', help: 'the folder Claude Code is started in (default: here)' },
  { name: 'surface', value: 'SURFACE', choices: SURFACES, help: `from where: ${SURFACES.join(', ')}` },
  { name: 'claude-version', value: 'VERSION', help: 'answer for this version of Claude Code' },
  { name: 'settings', value: 'FILE|JSON', help: 'as Claude Code’s --settings' },
  { name: 'setting-sources', value: 'LIST', help: 'as Claude Code’s --setting-sources: user,project,local' },
  { name: 'run-helper', help: 'run the API key helper once, as Claude Code would' },
  { name: 'ask-shell', help: 'start the login shell and ask it for its environment (at most 5 s)' },
];

export interface Question {
  readonly context: Context;
  readonly request: GatherRequest;
}

/** Reads the options into a question; throws `UsageError`. */
export function questionOf(ports: Ports, given: ParsedArguments, usual: Mode): Question {
  const mode = (given.value('mode') as Mode | null) ?? usual;
  const { environment } = ports;
  const style = pathStyle(environment.platform);
  const named = given.value('folder') ?? '.';
  const folder = isAbsolute(named, style) ? named : joinPath(style, environment.workingFolder, named);
  return {
    context: { mode, claudeCode: versionOf(ports, given.value('claude-version')) },
    request: {
      folder: folder.replace(/[\\/]\.$/, '') || '/',
      surface: (given.value('surface') as Surface | null) ?? 'terminal',
      settingsFlag: given.value('settings'),
      settingSources: settingSources(given.value('setting-sources')),
      askShell: given.flag('ask-shell'),
      askSession: false,
      runHelper: given.flag('run-helper'),
      mode,
      brief: false,
    },
  };
}

function versionOf(ports: Ports, flag: string | null): Context['claudeCode'] {
  if (flag !== null) {
    if (versionNumbers(flag) === null)
      throw new UsageError('--claude-version takes a version such as 2.1.328.', null);
    return { version: flag, from: 'flag' };
  }
  const installed = findClaudeCode(ports);
  return installed === null || installed.version === null
    ? { version: NEWEST_RECORDED, from: 'assumed' }
    : { version: installed.version, from: 'installed' };
}

const SELECTABLE: readonly SettingsScope[] = ['user', 'project', 'local'];

function settingSources(text: string | null): readonly SettingsScope[] | null {
  if (text === null) return null;
  // An empty list means none of them; an empty name in a list is refused, as Claude Code does (measured).
  const names = text === '' ? [] : text.split(',').map((name) => name.trim());
  const scopes = SETTINGS_SCOPES.filter((scope) => SELECTABLE.includes(scope) && names.includes(scope));
  if (scopes.length !== new Set(names).size) {
    throw new UsageError(`--setting-sources takes a list of: ${SELECTABLE.join(', ')}.`, null);
  }
  return scopes;
}
