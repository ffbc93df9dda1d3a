import type { CheckResult } from '../usecases/check.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { SCHEMA_VERSION, contextJson, verdictJson, type Json } from './status-json.ts';

/** `credence check --json`; its schema is docs/schema/check.schema.json. */
export function checkJson(inspection: Inspection, results: readonly CheckResult[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    context: contextJson(inspection),
    met: results.every(({ met }) => met === 'yes'),
    checks: results.map((result) => ({ ...result })),
    ...verdictJson(inspection.verdict),
    pays: inspection.pays,
  };
}
