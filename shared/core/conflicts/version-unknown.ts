import type { Conflict } from '../conflict.ts';
import { MODES } from '../context.ts';
import { decide } from '../rules/decide.ts';
import { OLDEST_RECORDED, coverageOf, undecidedSpan } from '../rules/versions.ts';
import type { Verdict } from '../verdict.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The rules used may not hold for this version: it is older than any recording, or lies between two that differ here. */
export const versionUnknown: ConflictRule = {
  code: 'version-unknown',
  find: ({ facts, claudeCode, asked }): readonly Conflict[] => {
    const { version } = claudeCode;
    const coverage = coverageOf(version);
    const remedies = [{ id: 'update-claude-code' as const }];
    if (coverage.kind === 'older' || coverage.kind === 'not-a-version') {
      return [
        inEveryMode('version-unknown', 'warning', { name: version, detail: OLDEST_RECORDED }, remedies),
      ];
    }
    const span = undecidedSpan(version);
    if (span === null) return [];
    const modes = MODES.filter((mode) => !isSame(asked[mode], decide(facts, { mode, claudeCode }, 'newer')));
    if (modes.length === 0) return [];
    const about = { name: version, detail: `${span.older} ${span.newer}` };
    return [{ code: 'version-unknown', severity: 'warning', modes, about, remedies }];
  },
};

function isSame(one: Verdict, other: Verdict): boolean {
  return (
    one.outcome === other.outcome &&
    one.provider === other.provider &&
    one.asks === other.asks &&
    one.refuses === other.refuses &&
    one.unknown === other.unknown &&
    sameSlot(one.authorization, other.authorization) &&
    sameSlot(one.xApiKey, other.xApiKey) &&
    (one.after === null ||
      other.after === null ||
      (isSame(one.after.yes, other.after.yes) && isSame(one.after.no, other.after.no)))
  );
}

function sameSlot(one: Verdict['xApiKey'], other: Verdict['xApiKey']): boolean {
  return one?.reading.origin === other?.reading.origin && one?.broken === other?.broken;
}
