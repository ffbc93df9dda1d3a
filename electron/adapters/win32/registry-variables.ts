import { isVariableName } from '../../../shared/core/platform/is-variable-name.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { RunResult } from '../../../shared/ports/process-runner.ts';
import type { StoredVariable, VariableStore } from '../../../shared/ports/variable-store.ts';
import { bytesOfText, textOfBytes } from '../process/text-bytes.ts';
import { variableOf } from './registry.ts';

/** Starting PowerShell takes a second or two. */
const DEADLINE = 15_000;
const MAX_BYTES = 1024 * 1024;

/** By the registry’s names and by .NET’s; a variable of another type is nothing that Windows hands to a program. */
const KINDS: Readonly<Record<string, string>> = { REG_SZ: 'String', REG_EXPAND_SZ: 'ExpandString' };

/**
 * The user’s own variables, `HKCU\Environment`. Not run on Windows yet: written from the documentation of .NET’s `RegistryKey`.
 *
 * The script comes on standard input, and the value in the environment: on a command line others could read it, and as a part of
 * the script it would stand in the event log where PowerShell is told to note scripts there. Values are read as they stand, with
 * the names between `%` that Windows would replace.
 */
export function registryVariables({
  environment,
  processes,
}: Pick<Ports, 'environment' | 'processes'>): VariableStore {
  const run = (script: readonly string[], value?: string): Promise<RunResult> => {
    const root = (variableOf(environment.variables, 'SystemRoot') ?? 'C:\\Windows').replace(/[\\/]+$/, '');
    return processes.run({
      file: `${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
      args: ['-NoProfile', '-NonInteractive', '-Command', '-'],
      folder: root,
      variables: { SystemRoot: root, ...(value === undefined ? {} : { [VALUE]: value }) },
      deadline: DEADLINE,
      maxBytes: MAX_BYTES,
      // Each line is run as it is read, so what belongs together stands on one line.
      input: `${["$ErrorActionPreference = 'Stop'", ...script].join('; ')}\r\n`,
    });
  };
  return {
    id: 'registry',
    canRestore: true,
    async read(name) {
      if (!isVariableName(name)) return { state: 'absent' };
      return storedVariable(await run(readScript(name)));
    },
    async unset(name) {
      if (!isVariableName(name)) return 'not-possible';
      return changed(await run([...OPEN, `$key.DeleteValue('${name}', $false)`, ...TELL]));
    },
    async restore(name, { value, type }) {
      const kind = KINDS[type];
      const text = textOfBytes(value);
      if (!isVariableName(name) || kind === undefined || text === null) return 'not-possible';
      return changed(await run(restoreScript(name, kind), Buffer.from(text, 'utf16le').toString('base64')));
    },
    unsetCommand: (name) => `reg delete HKCU\\Environment /v ${name} /f`,
  };
}

const VALUE = 'CREDENCE_VALUE';
const OPEN = ["$key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment')"];
/** Taking away a variable that is not there changes nothing, and tells every window that something has changed. */
const TELL = ["[Environment]::SetEnvironmentVariable('CREDENCE_CHANGED', $null, 'User')", "'done'"];

function readScript(name: string): readonly string[] {
  return [
    "$key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment')",
    `$value = if ($null -ne $key) { $key.GetValue('${name}', $null, 'DoNotExpandEnvironmentNames') }`,
    `if ($null -eq $value) { 'absent' } else { 'set ' + $key.GetValueKind('${name}') + ' ' + ` +
      '[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes([string]$value)) }',
  ];
}

function restoreScript(name: string, kind: string): readonly string[] {
  return [
    ...OPEN,
    `$value = [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String([string]$env:${VALUE}))`,
    `$key.SetValue('${name}', $value, '${kind}')`,
    ...TELL,
  ];
}

function storedVariable(result: RunResult): StoredVariable {
  if (result.state !== 'ended' || result.exitCode !== 0 || result.truncated) return { state: 'unreachable' };
  const said = result.output.replace(/[\r\n]+$/, '');
  if (said === 'absent') return { state: 'absent' };
  const [, kind, base64 = ''] = /^set (\w+) ([A-Za-z0-9+/=]*)$/.exec(said) ?? [];
  const type = Object.keys(KINDS).find((name) => KINDS[name] === kind);
  if (type === undefined) return { state: 'unreachable' };
  const text = Buffer.from(base64, 'base64').toString('utf16le');
  // Half a character would come back as another one.
  if (textOfBytes(bytesOfText(text)) !== text) return { state: 'unreachable' };
  return { state: 'set', value: bytesOfText(text), type };
}

/** PowerShell ends with 0 behind most failures of a script that it reads, so only the last word counts. */
function changed(result: RunResult): Awaited<ReturnType<VariableStore['unset']>> {
  if (result.state !== 'ended') return 'unreachable';
  return result.output.trim() === 'done' ? 'done' : 'failed';
}
