import type { Origin } from '../core/origin.ts';
import { settingsParsers, type RawVariable } from '../core/settings/settings-file.ts';
import { parseClaudeJson } from '../core/stores/claude-json.ts';
import type { Ports } from '../ports/ports.ts';
import { FILE_LIMIT, SETTINGS_LIMIT } from './gather/file-pass.ts';

/**
 * The raw text of a variable at the place that a reading names: facts hold none, and this is the one way back to it. The caller has
 * to see that it is the value that was read, and must not let it out of its frame.
 *
 * @returns `null` where it cannot be had again: text given on a command line, a policy store, a start-up file’s line
 */
export function rereadVariable(
  { environment, files }: Pick<Ports, 'environment' | 'files'>,
  { kind, scope, path, name }: Origin,
  version: string,
): string | null {
  if (name === undefined) return null;
  if (kind === 'process') return environment.variables[name] ?? null;
  if (path === undefined || (kind !== 'settings' && kind !== 'claude-json')) return null;
  const reading = files.read(path, kind === 'settings' ? SETTINGS_LIMIT : FILE_LIMIT);
  if (reading.state !== 'read') return null;
  const variables =
    kind === 'claude-json'
      ? parseClaudeJson(reading.text)?.variables
      : settingsVariables(reading.text, version, scope === 'managed');
  return variables?.find((variable) => variable.name === name)?.text ?? null;
}

function settingsVariables(text: string, version: string, managed: boolean): readonly RawVariable[] {
  const { managed: parseManaged, own } = settingsParsers(version);
  const parsed = managed ? parseManaged(text) : own(text);
  return parsed.ok ? parsed.content.variables : [];
}
