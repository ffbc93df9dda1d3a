import type { HelperSetting, Layer } from '../../core/facts.ts';
import { effective, launchLayer, notProjectLayer } from '../../core/settings/effective.ts';
import { simpleBySwitch } from '../../core/rules/standing.ts';
import { eraOf } from '../../core/rules/versions.ts';
import { MANAGED_BY_HOST } from '../../core/sources/steering.ts';
import type { ClaudeJsonContent } from '../../core/stores/claude-json.ts';
import type { Ports } from '../../ports/ports.ts';
import type { GatherRequest } from './gather-request.ts';
import { runHelper } from './run-helper.ts';
import { helpersOf, rawEnvironment, type RawHelper, type RawSettings } from './settings-layers.ts';

/**
 * Runs the helper that would count, if that was asked for: bare runs take it from `--settings` only, an embedding program
 * keeps those of settings back, and before the trust question is answered none runs.
 */
export async function settleHelpers(
  ports: Ports,
  request: GatherRequest,
  settings: readonly RawSettings[],
  claudeJson: ClaudeJsonContent,
  variables: Readonly<Record<string, string | undefined>>,
  { layers, trusted }: { readonly layers: readonly Layer[]; readonly trusted: boolean },
): Promise<readonly HelperSetting[]> {
  const helpers: readonly RawHelper[] = helpersOf(settings, ports.fingerprints.of);
  const found = helpers.map(({ setting }) => setting);
  if (!request.runHelper || (request.mode === 'interactive' && !trusted)) return found;
  const simple = request.mode === 'bare' || simpleBySwitch(layers, eraOf(request.version, 'older'));
  if (!simple && effective(layers, MANAGED_BY_HOST, launchLayer)?.entry.on === true) return found;
  const counting = helpers.filter(({ setting }) => !simple || setting.layer === 'flag').at(-1);
  if (counting === undefined || counting.setting.blank) return found;
  const run = await runHelper(
    ports.processes,
    counting.text,
    request.folder,
    ports.environment.platform,
    // It sees what Claude Code would give it: the launch environment under the variables of all files but the folder's own
    // (measured).
    {
      ...variables,
      ...Object.fromEntries(claudeJson.variables.map(({ name, text }) => [name, text])),
      ...rawEnvironment(settings.filter(({ layer }) => notProjectLayer(layer))),
    },
    ports.fingerprints.of,
  );
  return helpers.map((helper) => (helper === counting ? { ...helper.setting, run } : helper.setting));
}
