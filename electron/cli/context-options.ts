import { isAbsolute, normalize, resolve } from 'node:path';
import {
  MODES,
  SURFACES,
  SURFACE_MODES,
  type Context,
  type Mode,
  type Surface,
} from '../../shared/core/context.ts';
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
  { name: 'restricted', help: 'as Claude Code’s --restricted: no user, project or local settings' },
  { name: 'run-helper', help: 'run the API key helper once, as Claude Code would' },
  { name: 'ask-shell', help: 'start the login shell and ask it for its environment (at most 5 s)' },
];

export interface Question {
  readonly context: Context;
  readonly request: GatherRequest;
}

/** Reads the options into a question; throws `UsageError`. */
export function questionOf(ports: Ports, given: ParsedArguments, usual: Mode): Question {
  const surface = (given.value('surface') as Surface | null) ?? 'terminal';
  const mode = modeOf(given.value('mode') as Mode | null, surface, usual);
  const claudeCode = versionOf(ports, given.value('claude-version'));
  return {
    context: { mode, claudeCode },
    request: {
      folder: folderOf(ports, given.value('folder')),
      surface,
      version: claudeCode.version,
      settingsFlag: given.value('settings'),
      settingSources: settingSources(given.value('setting-sources')),
      terminal: 'this',
      restricted: given.flag('restricted'),
      askShell: given.flag('ask-shell'),
      askSession: false,
      runHelper: given.flag('run-helper'),
      mode,
      brief: false,
    },
  };
}

/** A surface that cannot run the usual mode is asked in one that it can. */
function modeOf(named: Mode | null, surface: Surface, usual: Mode): Mode {
  const possible = SURFACE_MODES[surface];
  if (named !== null && !possible.includes(named)) {
    throw new UsageError(
      `On the surface ${surface} Claude Code runs ${possible.join(' or ')}, not ${named}.`,
      'status',
    );
  }
  return named ?? (possible.includes(usual) ? usual : (possible[0] ?? usual));
}

function folderOf({ environment, files }: Ports, named: string | null): string {
  // Only a relative folder needs the working one, which may have been removed.
  const folder =
    named !== null && isAbsolute(named) ? normalize(named) : resolve(environment.workingFolder, named ?? '.');
  if (named !== null && files.inspect(folder)?.kind !== 'folder') {
    throw new UsageError(
      '--folder names nothing that is a folder, or one that may not be looked at.',
      'status',
    );
  }
  return folder;
}

function versionOf(ports: Ports, flag: string | null): Context['claudeCode'] {
  if (flag !== null) {
    if (versionNumbers(flag) === null)
      throw new UsageError('--claude-version takes a version such as 2.1.328.', 'status');
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
    throw new UsageError(`--setting-sources takes a list of: ${SELECTABLE.join(', ')}.`, 'status');
  }
  return scopes;
}
