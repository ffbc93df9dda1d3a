import type { LeftPlace } from '../core/remedies/plan.ts';
import type { ApplyRefusal } from '../usecases/changes/apply-plan.ts';
import type { StuckStep } from '../usecases/changes/recover-changes.ts';
import type { UndoRefusal } from '../usecases/changes/undo-change.ts';

export type ChangeRefusal = LeftPlace['why'] | ApplyRefusal | UndoRefusal | StuckStep['why'];

/** Why something was not changed: what is in the way, and what to do about it. Each begins a sentence and ends one. */
export const REFUSAL_SENTENCES: Readonly<Record<ChangeRefusal, string>> = {
  // What a line is.
  conditional:
    'It is set only under a condition, so taking it out could break what stands around it. Edit it yourself.',
  computed:
    'Its value is worked out each time the shell starts, so no key stands there. Edit it yourself if you want it gone.',
  'shared-line': 'Other things happen on the same line. Edit it yourself.',
  'several-lines': 'It goes over several lines. Edit it yourself.',
  'one-command': 'It holds for one command only, so it reaches no other program.',
  'used-later': 'Another line uses it and would change with it. Edit both yourself.',
  malformed: 'The file cannot be read as what it should be. Repair it first.',
  encoding: 'The file is in an encoding that would not survive the change. Edit it yourself.',
  'not-possible': 'This kind of file cannot say that. Edit it yourself.',
  // What a place is.
  administrators: 'Your organisation manages this file. Ask your administrator.',
  'command-line': 'It is given to Claude Code with --settings. Leave that option out.',
  'not-chosen':
    'Claude Code does not read this file by itself, so it is changed only when you include it (--include).',
  'log-out': 'Only logging out takes it away: run “claude auth logout”.',
  unreachable: 'The system’s keychain is locked or refuses. Unlock it and try again.',
  'no-folder': 'Its folder is not there. Start Claude Code once, which makes it, and try again.',
  'no-keychain':
    'No keychain answers here. “credence clear NAME --keychain --insecure-file” would keep the key in a file that is not encrypted; without it the key stays where it is.',
  // What a file is.
  changed: 'It was changed in the meantime. Look again.',
  'not-a-file': 'Something that is no file stands in its place.',
  denied: 'You may not write it. Somebody who may has to change it.',
  'read-only-file-system': 'It is on a file system that can only be read.',
  immutable: 'It is marked as not to be changed (chattr +i). Take the mark away first.',
  'foreign-owner': 'It belongs to another user. That user has to change it.',
  'several-names':
    'The same file has another name (a hard link), which would keep the old content. Edit it yourself.',
  'dangling-link': 'It is a link that leads nowhere.',
  'link-out-of-home': 'It is a link that leads out of your home folder. Change what it leads to yourself.',
  'link-loop': 'It is a link that leads back to itself.',
  'too-large': 'It is too large for a file of this kind.',
  attributes: 'It carries access rights or attributes that could not be kept. Edit it yourself.',
  'no-space': 'The disk is full. Make room and try again.',
  busy: 'Something else holds it just now. Try again in a moment.',
  failed: 'The system could not write it.',
  // What a change is.
  'claude-code-writes':
    'Claude Code is writing this file. Try again in a moment; if no Claude Code runs, its lock was left behind.',
  'lock-from-the-future':
    'The lock beside this file is dated in the future, so nobody can save it, not even Claude Code. Remove the folder that ends in “.lock”.',
  unavailable: 'There is no place to remember a change, or no lock to be had, so it could not be undone.',
  'store-failed': 'The service that keeps it did not do it.',
  'not-undoable': 'Putting it back would show the key on a command line, so Credence does not.',
  'not-kept': 'What it replaces cannot be kept, so it could not be undone.',
  'nothing-to-do': 'There is nothing to change.',
  unknown: 'No change has this id. “credence changes” lists them.',
  'undone-already': 'It is undone already.',
  sealed:
    'What it replaced is sealed with a key in the system’s keychain, which does not answer. Unlock it and try again.',
  damaged: 'What it replaced is kept, but not whole any more, so it is not put back.',
  'changed-since':
    'It was changed after Credence changed it, and undoing would lose that. Take that back first, or edit the file yourself.',
};
