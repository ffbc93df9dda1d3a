import type { Mode } from '../context.ts';
import { decide } from '../rules/decide.ts';
import { CLOUD_PROVIDERS } from '../provider.ts';
import { answeredVerdict } from '../settle-ladder.ts';
import { PROVIDER_SWITCHES } from '../sources/cloud-provider.ts';
import type { SourceId } from '../source-id.ts';
import type { ConflictView } from './conflict-rule.ts';

const SWITCHES: ReadonlySet<string> = new Set(CLOUD_PROVIDERS.map((provider) => PROVIDER_SWITCHES[provider]));

/** What would be sent if no cloud switch were on. */
export function decidedSources(view: ConflictView, mode: Mode): readonly SourceId[] {
  const layers = view.facts.layers.map((layer) => ({
    ...layer,
    entries: Object.fromEntries(Object.entries(layer.entries).filter(([name]) => !SWITCHES.has(name))),
  }));
  const verdict = answeredVerdict(decide({ ...view.facts, layers }, { mode, claudeCode: view.claudeCode }));
  return [verdict.authorization, verdict.xApiKey].flatMap((slot) => (slot === null ? [] : [slot.source]));
}
