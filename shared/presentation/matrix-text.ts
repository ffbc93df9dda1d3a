import { MODES, SURFACES, type ClaudeCodeVersion, type Mode, type Surface } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Matrix, MatrixCell } from '../usecases/matrix.ts';
import { MODE_LABELS } from './mode-words.ts';
import { readingLabel } from './origin-label.ts';
import { PAYER_PHRASES } from './payer-sentences.ts';
import { shortPath } from './short-path.ts';
import { slotPhrase } from './source-label.ts';
import { table, tint, wrap, type TextStyle } from './text-layout.ts';

const SURFACE_LABELS: Readonly<Record<Surface, string>> = {
  terminal: 'Terminal',
  desktop: 'Started from the desktop',
  vscode: 'VS Code',
  scheduled: 'Scheduled job',
  container: 'Container',
};

/** `credence matrix` for a person: a block per surface, a line per mode. Lines that say the same are said once. */
export function matrixText(
  { cells, facts }: Matrix,
  { version }: ClaudeCodeVersion,
  style: TextStyle,
): string {
  const folder = shortPath(facts.terminal.place.folder, facts.terminal.place, 50);
  const blocks = SURFACES.flatMap((surface) => [
    '',
    tint(SURFACE_LABELS[surface], 'strong', style),
    ...block(cells, surface, facts[surface], style),
  ]);
  const desktopApp =
    'The Claude Desktop app reads none of these variables, nor the helper: it has a login of its own.';
  return [
    `What is sent in ${folder}, Claude Code ${version}`,
    ...blocks,
    '',
    ...wrap(desktopApp, style.columns),
    '',
  ].join('\n');
}

function block(
  cells: readonly MatrixCell[],
  surface: Surface,
  facts: Facts,
  style: TextStyle,
): readonly string[] {
  const own = cells.filter((cell) => cell.surface === surface);
  const said = new Map<string, Mode[]>();
  for (const { mode, verdict, pays } of own) {
    const payer = pays === null ? '' : `; ${PAYER_PHRASES[pays]}`;
    const text = `${cellText(verdict, facts)}${payer}`;
    said.set(text, [...(said.get(text) ?? []), mode]);
  }
  const rows = [...said].map(([text, modes]) => [
    modes.map((mode) => MODE_LABELS[mode].toLowerCase()).join(', '),
    text,
  ]);
  const sorted = rows.sort(([one], [other]) => order(one) - order(other));
  return table(sorted, style.columns);
}

const order = (label: string | undefined): number =>
  MODES.findIndex((mode) => label?.startsWith(MODE_LABELS[mode].toLowerCase()));

function cellText(asked: Verdict, facts: Facts): string {
  const verdict = answeredVerdict(asked);
  const first =
    asked.asks === null
      ? ''
      : asked.asks === 'folder-trust'
        ? 'asks about the folder, then '
        : 'asks about the key, then ';
  switch (verdict.outcome) {
    case 'sends': {
      const slots = [verdict.authorization, verdict.xApiKey].filter((slot) => slot !== null);
      const unique = slots.filter(
        (slot, at) => slots.findIndex((other) => other.reading.origin === slot.reading.origin) === at,
      );
      const sent = unique.map(
        (slot) => `${slotPhrase(slot, facts)} (${readingLabel(slot.reading, facts, 40)})`,
      );
      return `${first}${sent.length === 0 ? 'a request without a credential' : sent.join(' and ')}`;
    }
    case 'refuses':
      return `${first}nothing: ${(verdict.refuses ?? '').replaceAll('-', ' ')}`;
    case 'unknown':
      return verdict.unknown === 'other-surface' ? 'not known from here: ask inside it' : `${first}not known`;
    case 'asks':
      return 'asks first';
  }
}
