import { Notification } from 'electron';
import type { Calendar } from '../../shared/presentation/days.ts';
import { changeNotice } from '../../shared/presentation/window/change-notice.ts';
import type { DeskState } from '../../shared/usecases/desk/desk.ts';

/** Tells what another credential means for the one who pays, as a notification; a click on it shows the answer. */
export function createChangeNotices(
  calendar: () => Calendar,
  showAnswer: () => void,
): (then: DeskState, now: DeskState) => void {
  return (then, now) => {
    // Another question has another answer, and that is no news.
    if (then.look === null || now.look === null || then.look === now.look || then.question !== now.question)
      return;
    const notice = changeNotice(
      then.look.inspections,
      now.look.inspections,
      now.preferences.notices,
      calendar(),
    );
    if (notice === null || !Notification.isSupported()) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    notification.on('click', showAnswer);
    notification.show();
  };
}
