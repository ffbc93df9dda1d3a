import type { DoctorCheck } from '../usecases/doctor.ts';
import type { Inspection } from '../usecases/inspect.ts';
import type { Origin } from '../core/origin.ts';

/**
 * A report that can be shown to strangers: codes, states, scopes and line numbers. No path, no name, no address, no
 * fingerprint; what cannot be in it cannot leak.
 */
export function doctorReport(
  { facts, context, verdict, ladder, conflicts, expiry, pays }: Inspection,
  checks: readonly DoctorCheck[],
  version: string,
): string {
  const rungs = ladder
    .filter(({ state }) => state !== 'absent')
    .flatMap(({ source, state, reason, readings }) => [
      `- ${source}: ${state} (${reason.code}${reason.by === undefined ? '' : ` by ${reason.by}`})`,
      ...readings.map(
        (reading) => `  - ${place(reading.reading.origin)}: ${reading.state} (${reading.reason.code})`,
      ),
    ]);
  const slot = (filled: typeof verdict.xApiKey): string =>
    filled === null
      ? 'nothing'
      : `${filled.source} from ${place(filled.reading.origin)}, rule ${filled.rule}`;
  return [
    `Credence ${version}, ${facts.place.platform}`,
    `Claude Code ${context.claudeCode.version} (${context.claudeCode.from}), ${context.mode}, ${facts.place.surface}`,
    `outcome: ${verdict.outcome}${suffix(verdict.asks ?? verdict.refuses ?? verdict.unknown)}; provider: ${verdict.provider}; pays: ${pays ?? 'nobody'}`,
    `Authorization: ${slot(verdict.authorization)}`,
    `x-api-key: ${slot(verdict.xApiKey)}`,
    `trusted: ${String(facts.trusted)}; login shell: ${facts.shell}; fingerprint key: ${facts.fingerprintKey}`,
    `.claude.json: ${facts.claudeJson.state}; login store: ${facts.store.kind}, ${facts.store.state}`,
    'settings files:',
    ...facts.settingsFiles.map(
      ({ scope, state, reason, key }) => `- ${scope}: ${state}${suffix(reason)}${suffix(key)}`,
    ),
    'ladder:',
    ...rungs,
    'conflicts:',
    ...conflicts.map(({ code, severity, modes }) => `- ${code}: ${severity}, ${modes.join(' ')}`),
    'clocks:',
    ...expiry.map(({ source, kind, state, certainty }) => `- ${source} ${kind}: ${state}, ${certainty}`),
    'checks:',
    ...checks.map(({ name, result }) => `- ${name}: ${result}`),
    '',
  ].join('\n');
}

const suffix = (text: string | null): string => (text === null ? '' : ` (${text})`);

/** A kind, a scope and a line; never a path. */
function place({ kind, scope, line }: Origin): string {
  return `${kind}${scope === undefined ? '' : ` ${scope}`}${line === undefined ? '' : ` line ${String(line)}`}`;
}
