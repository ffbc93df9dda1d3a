import type { Mode } from '../core/context.ts';
import { conflictMessage, remedyTitle } from './conflict-messages.ts';
import { SCHEMA_VERSION, verdictJson, type Json } from './status-json.ts';
import type { FoundFolder, Skipped } from '../usecases/scan.ts';

/** One entry of `credence scan --json`. Secret-free, so facts need not be kept until all folders are seen. */
export function foundFolderJson({ facts, verdict, pays, conflicts, files }: FoundFolder, mode: Mode): Json {
  return {
    folder: facts.place.folder,
    mode,
    ...verdictJson(verdict),
    pays,
    names: [...new Set(files.flatMap(({ names }) => names.map(({ name }) => name)))],
    files: files.map(({ path, scope, state, reason, names }) => ({
      path,
      scope,
      state,
      reason,
      names: names.map(({ name, line }) => ({ name, line })),
    })),
    conflicts: conflicts.map((conflict) => ({
      code: conflict.code,
      severity: conflict.severity,
      modes: [...conflict.modes],
      message: conflictMessage(conflict, facts),
      remedies: conflict.remedies.map((remedy) => ({ id: remedy.id, title: remedyTitle(remedy, facts) })),
    })),
  };
}

/** `credence scan --json`; its JSON Schema is docs/schema/scan.schema.json. */
export function scanJson(folders: readonly Json[], skipped: readonly Skipped[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    folders,
    skipped: skipped.map(({ folder, path, reason }) => ({ folder, path, reason })),
  };
}
