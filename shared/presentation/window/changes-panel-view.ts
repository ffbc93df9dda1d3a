import type { Facts } from '../../core/facts.ts';
import type { ChangesPanel } from '../../ipc/change-snapshot.ts';
import type { ChangeState } from '../../usecases/desk/change-desk.ts';
import { REFUSAL_SENTENCES } from '../change-refusals.ts';
import { changeTitle, STATE_WORDS } from '../change-text.ts';
import { formatDay, formatTime, type Calendar } from '../days.ts';
import { capitalised } from '../sentence-case.ts';
import { shortPath } from '../short-path.ts';
import { hunkView } from './change-task-view.ts';

/** What Credence changed, in words; `null` while the list is not open. */
export function changesPanelView(
  { records, undoing, refused }: Pick<ChangeState, 'records' | 'undoing' | 'refused'>,
  home: Pick<Facts['place'], 'home' | 'platform'>,
  calendar: Calendar,
): ChangesPanel | null {
  if (records === null) return null;
  return {
    rows: records.map((record) => ({
      id: record.id,
      title: capitalised(changeTitle(record, home)),
      date: `${formatDay(record.at, calendar)}, ${formatTime(record.at, calendar)}`,
      word: record.state === 'applied' && !record.kept ? 'done, too old to undo' : STATE_WORDS[record.state],
      undoable: record.state === 'applied' && record.kept,
      working: undoing === record.id,
    })),
    refused:
      refused === null
        ? null
        : {
            id: refused.id,
            text: REFUSAL_SENTENCES[refused.failure.why],
            views: refused.failure.views.map(({ path, credence, since }) => ({
              path: shortPath(path, home),
              credence: credence.map(hunkView),
              since: since.map(hunkView),
            })),
          },
    footer: 'What a change replaced is kept for 90 days, for 50 changes at most.',
  };
}
