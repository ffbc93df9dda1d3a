import type { Conflict, ConflictCode, ConflictDetails, RemedyName, Severity } from '../conflict.ts';
import { MODES, type ClaudeCodeVersion, type Mode } from '../context.ts';
import type { Facts } from '../facts.ts';
import { answeredVerdict } from '../settle-ladder.ts';
import type { Verdict } from '../verdict.ts';

/** What the conflicts are looked for in: one set of facts, and the answer in every mode. */
export interface ConflictView {
  readonly facts: Facts;
  readonly claudeCode: ClaudeCodeVersion;
  /** As decided, with the questions in it. */
  readonly asked: Readonly<Record<Mode, Verdict>>;
  /** With every question answered yes. */
  readonly verdicts: Readonly<Record<Mode, Verdict>>;
}

/** One conflict: one file. `find` is pure and gives each instance once, with the modes in which it holds. */
export interface ConflictRule {
  readonly code: ConflictCode;
  readonly find: (view: ConflictView) => readonly Conflict[];
}

export function viewOf(
  facts: Facts,
  claudeCode: ClaudeCodeVersion,
  decideIn: (mode: Mode) => Verdict,
): ConflictView {
  const asked = { interactive: decideIn('interactive'), print: decideIn('print'), bare: decideIn('bare') };
  return {
    facts,
    claudeCode,
    asked,
    verdicts: {
      interactive: answeredVerdict(asked.interactive),
      print: answeredVerdict(asked.print),
      bare: answeredVerdict(asked.bare),
    },
  };
}

/** What one mode contributes; instances with the same `key` are merged into one conflict with several modes. */
export interface Finding {
  readonly key: string;
  readonly severity: Severity;
  readonly about: ConflictDetails;
  readonly remedies: readonly RemedyName[];
}

/** Looks in each of the modes and merges what is the same. */
export function perMode(
  code: ConflictCode,
  view: ConflictView,
  find: (verdict: Verdict, mode: Mode) => Finding | null,
  modes: readonly Mode[] = MODES,
): readonly Conflict[] {
  const found = new Map<string, Conflict>();
  for (const mode of modes) {
    const finding = find(view.verdicts[mode], mode);
    if (finding === null) continue;
    const known = found.get(finding.key);
    const { severity, about, remedies } = finding;
    found.set(
      finding.key,
      known === undefined
        ? { code, severity, modes: [mode], about, remedies }
        : { ...known, modes: [...known.modes, mode] },
    );
  }
  return [...found.values()];
}

/** A conflict that does not depend on the mode. */
export function inEveryMode(
  code: ConflictCode,
  severity: Severity,
  about: ConflictDetails,
  remedies: readonly RemedyName[],
): Conflict {
  return { code, severity, modes: MODES, about, remedies };
}

/** Modes in which a person means to use a subscription; a bare run never can. */
export const EVERYDAY_MODES: readonly Mode[] = ['interactive', 'print'];
