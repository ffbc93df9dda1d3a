import type { ClaudeCodeVersion } from '../core/context.ts';
import type { Matrix } from '../usecases/matrix.ts';
import { SCHEMA_VERSION, verdictJson, type Json } from './status-json.ts';

/** `credence matrix --json`; its schema is docs/schema/matrix.schema.json. */
export function matrixJson(matrix: Matrix, folder: string, claudeCode: ClaudeCodeVersion): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    folder,
    claudeCode: { ...claudeCode },
    rows: matrix.cells.map(({ surface, mode, verdict, pays }) => ({
      surface,
      mode,
      ...verdictJson(verdict),
      pays,
    })),
  };
}
