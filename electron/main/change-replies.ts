import type { Reply } from '../../shared/ipc/contract.ts';
import { SOURCE_IDS, type SourceId } from '../../shared/core/source-id.ts';
import type { ChangeReply } from '../../shared/usecases/desk/change-desk.ts';
import { DONE, failed } from './run-command.ts';

/** What the window hears of a step of a change; what became of the change itself stands in the snapshot. */
export function replyTo(reply: ChangeReply): Reply {
  switch (reply) {
    case 'done':
      return DONE;
    case 'not-known':
      return failed('not-known');
    case 'busy':
      return failed('not-possible', 'A change is under way. Wait for it to end.');
    case 'cannot-win':
      return failed('not-possible', 'That would not be used here even with everything else gone.');
    case 'nothing-literal':
      return failed('not-possible', 'No key stands there as it is, so there is nothing to move.');
    case 'no-command':
      return failed(
        'not-possible',
        'Install the terminal command “credence” first: Claude Code has to run it to get the key from the keychain.',
      );
  }
}

/** The source that an option’s id names; `null` for “Leave it as it is”. */
export function sourceOf(id: string): SourceId | null {
  return SOURCE_IDS.find((source) => source === id) ?? null;
}
