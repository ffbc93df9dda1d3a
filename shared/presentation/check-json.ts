import type { CheckResult } from '../usecases/check.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { SCHEMA_VERSION, contextJson, timeJson, verdictJson, type Json } from './status-json.ts';

/** `credence check --json`; its schema is docs/schema/check.schema.json. */
export function checkJson(inspection: Inspection, results: readonly CheckResult[]): Json {
  const { liveCheck } = inspection.facts;
  const live =
    liveCheck === null
      ? null
      : {
          state: liveCheck.state,
          checkedAt: timeJson(liveCheck.checkedAt),
          why: liveCheck.why,
          status: liveCheck.status,
        };
  return {
    schemaVersion: SCHEMA_VERSION,
    context: contextJson(inspection),
    met: results.every(({ met }) => met === 'yes') && (live === null || live.state === 'accepted'),
    checks: results.map((result) => ({ ...result })),
    live,
    ...verdictJson(inspection.verdict),
    pays: inspection.pays,
  };
}
