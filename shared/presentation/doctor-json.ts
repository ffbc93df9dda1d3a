import type { DoctorCheck } from '../usecases/doctor.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { checkSentence } from './doctor-sentences.ts';
import { SCHEMA_VERSION, contextJson, type Json } from './status-json.ts';

/** `credence doctor --json`; its schema is docs/schema/doctor.schema.json. */
export function doctorJson(inspection: Inspection, checks: readonly DoctorCheck[], version: string): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    credence: version,
    context: contextJson(inspection),
    healthy: checks.every(({ result }) => result !== 'fail'),
    checks: checks.map((check) => ({
      name: check.name,
      result: check.result,
      detail: check.detail,
      message: checkSentence(check, inspection.facts.place),
    })),
  };
}
