import type { Surface } from '../../core/context.ts';
import { answeredVerdict, winnerOf } from '../../core/settle-ladder.ts';
import type { VerdictMark } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerLabel } from '../answer-label.ts';
import { conflictParts } from '../conflict-messages.ts';
import { SURFACE_LABELS } from './surface-labels.ts';
import { formatDays, isDate, type Calendar } from '../days.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { readingLabel } from '../origin-label.ts';
import { printable } from '../printable.ts';
import { loginPhrase } from '../source-label.ts';
import { conflictsHere, isHomeTrust, isWorse, verdictMark } from './verdict-mark.ts';

/** What the tray shows: the worst of interactive and print; bare does not count. */
export interface TrayView {
  readonly mark: VerdictMark;
  /** “Print in ledger: API key from ~/.zshrc:42 (metered)”. */
  readonly line: string;
  /** What else matters: “Your Max login is not used”; `null` when nothing does. */
  readonly second: string | null;
}

/** A menu line is at most about this long: characters. */
const LONGEST_LINE = 60;
const LONGEST_PLACE = 26;

export function trayView(
  inspections: readonly Inspection[],
  folderName: string,
  surface: Surface,
  calendar: Calendar,
): TrayView | null {
  const counted = inspections.filter(({ context }) => context.mode !== 'bare');
  const worst = counted.reduce<Inspection | null>(
    (found, next) => (found === null || isWorse(verdictMark(next), verdictMark(found)) ? next : found),
    null,
  );
  if (worst === null) return null;
  const mark = verdictMark(worst);
  const same = counted.every((other) => stateLine(other) === stateLine(worst));
  const who = same ? 'Claude Code' : MODE_LABELS[worst.context.mode];
  const from = surface === 'terminal' ? '' : ` (${SURFACE_LABELS[surface]})`;
  const where = `${who}${from} in ${printable(folderName, 20)}`;
  return { mark, line: cut(`${where}: ${stateLine(worst)}`), second: secondLine(worst, calendar) };
}

const PAYERS = {
  subscription: 'subscription',
  metered: 'metered',
  organisation: 'organisation',
  unknown: 'payer not known',
} as const;

function stateLine(inspection: Inspection): string {
  const { facts, pays } = inspection;
  const asks = inspection.verdict.outcome === 'asks' && !isHomeTrust(inspection);
  const verdict = answeredVerdict(inspection.verdict);
  const label = answerLabel(verdict, facts);
  if (verdict.outcome !== 'sends') return label;
  const winner = winnerOf(verdict);
  const isLogin = winner?.source === 'claude-login' || winner === null;
  const from = isLogin ? '' : ` from ${readingLabel(winner.reading, facts, LONGEST_PLACE)}`;
  return `${asks ? 'asks, then ' : ''}${label}${from}${pays === null ? '' : ` (${PAYERS[pays]})`}`;
}

function secondLine(inspection: Inspection, calendar: Calendar): string | null {
  const { facts, expiry, ladder } = inspection;
  const passedOver = ladder.find(({ source }) => source === 'claude-login')?.state === 'shadowed';
  if (passedOver && inspection.pays !== 'subscription') return capital(`${loginPhrase(facts)} is not used`);
  const worst = conflictsHere(inspection).find(({ severity }) => severity !== 'info');
  if (worst !== undefined) return cut(conflictParts(worst, facts).title);
  const login = expiry.find(({ kind }) => kind === 'login');
  if (login === undefined || !isDate(login.at)) return null;
  return `Login ends ${formatDays(isDate(login.earliest) ? login.earliest : login.at, login.at, calendar)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const cut = (text: string): string => printable(text, LONGEST_LINE);
