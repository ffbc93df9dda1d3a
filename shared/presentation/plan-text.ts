import type { DiffHunk } from '../core/remedies/masked-diff.ts';
import { MODE_LABELS } from './mode-words.ts';
import type { AfterWords } from './plan-after.ts';
import type { NoteWords, PlanWords } from './plan-words.ts';
import { pad, tint, wrap, type TextStyle } from './text-layout.ts';

/**
 * A plan for a person at a terminal.
 *
 * @param asks whether it is only done after a yes
 */
export function planText(words: PlanWords, asks: boolean, style: TextStyle): string {
  const heading = (text: string): readonly string[] => ['', tint(text, 'strong', style)];
  return [
    ...wrap(`${words.title}.`, style.columns).map((line) => tint(line, 'strong', style)),
    ...wrap(asks ? words.summary : words.size, style.columns),
    ...words.steps.flatMap(({ place, what, hunks }) => [
      '',
      `${place}  ${tint(what, 'quiet', style)}`,
      ...diffLines(hunks, style),
    ]),
    ...(words.notes.length === 0 ? [] : ['', ...words.notes.flatMap((note) => wrap(note, style.columns))]),
    ...(words.remains.length === 0
      ? []
      : [...heading('What remains set'), ...noteLines(words.remains, style)]),
    ...(words.left.length === 0
      ? []
      : [...heading('What is left as it is'), ...noteLines(words.left, style)]),
    ...(words.steps.length === 0
      ? []
      : [...heading('After this, in new terminals'), ...afterLines(words.after, style)]),
    '',
  ].join('\n');
}

/** A diff with line numbers: what goes and what comes stands out, what stays is quiet. */
export function diffLines(hunks: readonly DiffHunk[], style: TextStyle): readonly string[] {
  const SIGNS = { context: ' ', removed: '-', added: '+' } as const;
  const width = Math.max(
    2,
    ...hunks.flatMap(({ lines }) => lines.map(({ number }) => String(number).length)),
  );
  const shown = hunks.flatMap(({ lines }, at) => [
    ...(at === 0 ? [] : [tint(`  ${'·'.repeat(width)}`, 'quiet', style)]),
    ...lines.map(({ kind, number, text }) => {
      const line = `  ${String(number).padStart(width)} ${SIGNS[kind]} ${text}`.trimEnd();
      return tint(line, kind === 'context' ? 'quiet' : kind === 'added' ? 'strong' : null, style);
    }),
  ]);
  if (shown.length <= MOST_DIFF_LINES) return shown;
  const more = shown.length - MOST_DIFF_LINES;
  return [...shown.slice(0, MOST_DIFF_LINES), tint(`  and ${String(more)} more lines`, 'quiet', style)];
}

/** Nobody reads more of one file in a terminal; --json has all of it. */
const MOST_DIFF_LINES = 200;

const MARKS = { attention: '▲', shadowed: '○', ignored: '△' } as const;

/** More places than this with the same reason are counted. */
const MOST_TITLES = 6;

/** Places with the same reason stand together, and the reason once. */
function noteLines(notes: readonly NoteWords[], style: TextStyle): readonly string[] {
  const groups = new Map<string, NoteWords[]>();
  for (const note of notes) {
    const key = `${note.mark} ${note.text}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(note);
  }
  return [...groups.values()].flatMap((group) => {
    const shown = group.length > MOST_TITLES ? group.slice(0, MOST_TITLES - 1) : group;
    const more = group.length - shown.length;
    return [
      ...shown.map(
        ({ title, mark }) =>
          `  ${tint(MARKS[mark], mark === 'attention' ? 'attention' : 'quiet', style)} ${title}`,
      ),
      ...(more === 0 ? [] : [`    and ${String(more)} more`]),
      ...wrap(group[0]?.text ?? '', style.columns, '    '),
    ];
  });
}

function afterLines(rows: readonly AfterWords[], style: TextStyle): readonly string[] {
  const labels = rows.map(({ label }) => label.length);
  const width = Math.max(12, ...labels);
  return rows.map(({ mode, label, was, changed, sends }) => {
    const mark = sends ? (changed ? '◉' : '●') : '∅';
    const then = changed ? `was ${was ?? ''}` : 'as now';
    return `  ${pad(MODE_LABELS[mode], 12)}${mark} ${pad(label, width)}  ${tint(then, 'quiet', style)}`;
  });
}
