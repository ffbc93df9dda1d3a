import type { Inspection } from '../usecases/inspect.ts';
import type { WhatIfChange } from '../usecases/what-if.ts';
import { SCHEMA_VERSION, statusJson, type Json } from './status-json.ts';

/** `credence what-if --json`: the status now and the status then; its schema is docs/schema/what-if.schema.json. */
export function whatIfJson(now: Inspection, then: Inspection, changes: readonly WhatIfChange[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    changes: changes.map(({ kind, target, place }) => ({ kind, target, place })),
    now: statusJson(now),
    then: statusJson(then),
  };
}
