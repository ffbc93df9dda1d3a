import { payerOfSlot } from '../core/rules/payer.ts';
import { answeredVerdict, winnerOf } from '../core/settle-ladder.ts';
import { SOURCE_IDS } from '../core/source-id.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { Inspection } from './inspect.ts';

/** What a script expects. */
export interface Expectations {
  /** A `pays` value or a source id. */
  readonly expect: string | null;
  readonly noMetered: boolean;
  /** Milliseconds that the Claude login must last for certain. */
  readonly minLogin: number | null;
  readonly organisation: string | null;
}

export const PAYERS: readonly Payer[] = ['subscription', 'metered', 'organisation', 'unknown'];

export interface CheckResult {
  readonly name: 'expect' | 'no-metered' | 'min-login' | 'org';
  /** `unknown`: it cannot be told, which is not a yes. */
  readonly met: 'yes' | 'no' | 'unknown';
  readonly expected: string;
  readonly actual: string;
}

/** Holds an inspection against what a script expects. Pure. */
export function check(inspection: Inspection, expectations: Expectations): readonly CheckResult[] {
  const results: CheckResult[] = [];
  if (expectations.expect !== null) results.push(checkExpected(inspection, expectations.expect));
  if (expectations.noMetered) results.push(checkNotMetered(inspection));
  if (expectations.minLogin !== null) results.push(checkLogin(inspection, expectations.minLogin));
  if (expectations.organisation !== null)
    results.push(checkOrganisation(inspection, expectations.organisation));
  return results;
}

function checkExpected(inspection: Inspection, expected: string): CheckResult {
  const verdict = answeredVerdict(inspection.verdict);
  const isSource = SOURCE_IDS.some((id) => id === expected);
  const actual = (isSource ? winnerOf(verdict)?.source : inspection.pays) ?? verdict.refuses ?? 'nothing';
  const met = verdict.outcome === 'unknown' ? 'unknown' : actual === expected ? 'yes' : 'no';
  return { name: 'expect', met, expected, actual: verdict.outcome === 'unknown' ? 'unknown' : actual };
}

/** Every header that goes out is looked at: beside a gateway's token a metered key may travel along. */
function checkNotMetered({ facts, verdict: asked }: Inspection): CheckResult {
  const verdict = answeredVerdict(asked);
  const metered = [verdict.authorization, verdict.xApiKey].find(
    (slot) => slot !== null && verdict.outcome === 'sends' && payerOfSlot(facts, verdict, slot) === 'metered',
  );
  const met = verdict.outcome === 'unknown' ? 'unknown' : metered == null ? 'yes' : 'no';
  const actual = verdict.outcome === 'unknown' ? 'unknown' : (metered?.source ?? 'not metered');
  return { name: 'no-metered', met, expected: 'not metered', actual };
}

/** Counted to the earliest possible end: the date in the store is an upper bound. */
function checkLogin({ facts, expiry }: Inspection, wanted: number): CheckResult {
  const clock = expiry.find(({ source, kind }) => source === 'claude-login' && kind === 'login');
  const expected = hours(wanted);
  const result = (met: CheckResult['met'], actual: string): CheckResult => ({
    name: 'min-login',
    met,
    expected,
    actual,
  });
  if (clock === undefined || facts.store.login?.reading.flaw != null) return result('no', 'no login');
  if (clock.state === 'ended' || clock.state === 'probably-ended') return result('no', clock.state);
  if (clock.earliest === null) return result('unknown', 'unknown');
  const left = clock.earliest - facts.takenAt;
  return result(left >= wanted ? 'yes' : 'no', hours(Math.max(0, left)));
}

function hours(milliseconds: number): string {
  return `${String(Math.floor(milliseconds / 360_000) / 10)}h`;
}

/** Known for logins and profiles; nobody can tell whose organisation a bare key belongs to. */
function checkOrganisation({ facts, verdict: asked }: Inspection, expected: string): CheckResult {
  const source = winnerOf(answeredVerdict(asked))?.source;
  const actual =
    source === 'claude-login' || source === 'console-key'
      ? (facts.claudeJson.account?.organisationId ?? null)
      : source === 'profile'
        ? (facts.profiles.selected?.organisation ?? null)
        : null;
  return {
    name: 'org',
    met: actual === null ? 'unknown' : actual === expected ? 'yes' : 'no',
    expected,
    actual: actual ?? 'unknown',
  };
}
