import * as v from 'valibot';
import { MODES, SURFACES } from '../core/context.ts';
import { LOGIN_WAYS } from '../core/sign-in/claude-login.ts';
import type { CommandName } from './names.ts';
import { LONGEST_PASTE } from './sign-in-snapshot.ts';
import { NOTICE_KINDS } from './snapshot.ts';

/** Ids are made by main, short, and never a path, a shell text or a URL. */
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const nothing = v.strictTuple([]);

/** The arguments of each command from the window. Schemas are the types. */
export const COMMANDS = {
  /** Replies with the newest snapshot. */
  getSnapshot: nothing,
  /** Looks again; on first run it is the permission to look. */
  look: nothing,
  setMode: v.strictTuple([v.picklist(MODES)]),
  setSurface: v.strictTuple([v.picklist(SURFACES)]),
  setFolder: v.strictTuple([id]),
  /** Shows the system’s dialog. */
  chooseFolder: nothing,
  /** Opens the file behind a place of this snapshot, at its line where the editor can. */
  openPlace: v.strictTuple([id]),
  openMatrix: nothing,
  closeMatrix: nothing,
  /** Puts the matrix as text on the clipboard. */
  copyMatrix: nothing,
  setLaunchAtLogin: v.strictTuple([v.boolean()]),
  setNotice: v.strictTuple([v.picklist(NOTICE_KINDS), v.boolean()]),
  removeOwnData: nothing,
  dismissNotice: v.strictTuple([id]),
  /** Runs an item of the menu in the snapshot, by its key. */
  menuAction: v.strictTuple([id]),
  /** Plans a remedy of this snapshot, by its id, or begins one that is a login. Nothing is changed without a further step. */
  startChange: v.strictTuple([id]),
  /** Opens “Which do you want to use?”. */
  askWhich: nothing,
  chooseOption: v.strictTuple([id]),
  /** Goes from the question to the plan of what is chosen. */
  showPlan: nothing,
  /** Plans anew: lines are deleted instead of commented out, or the other way round. */
  setRemoval: v.strictTuple([v.boolean()]),
  /** Plans anew with a place that is changed only when it is chosen. */
  includePlace: v.strictTuple([id]),
  /** Does what the plan that is shown says; any other id is refused. */
  applyPlan: v.strictTuple([id]),
  /** Back to the question where there was one, else to the answer. */
  leaveChange: nothing,
  openChanges: nothing,
  closeChanges: nothing,
  undoChange: v.strictTuple([id]),
  /** Asks the server once whether the key that is used here is refused. */
  checkKey: nothing,
  /** Has Claude Code log in; shows the one that is under way where there is one. */
  startLogin: v.strictTuple([v.picklist(LOGIN_WAYS)]),
  /** Signs in to a provider of this snapshot, by its id. */
  startSignIn: v.strictTuple([id]),
  /** Says first what would be deleted. */
  startLogOut: nothing,
  startSignOut: v.strictTuple([id]),
  /** Yes to the question that is shown; any other id is refused. */
  confirmSignIn: v.strictTuple([id]),
  /**
   * Hands on what the browser showed a person. The one command that takes a text, since only a person can bring it: it goes to the
   * program or the provider that asked, is kept nowhere, and is in no reply and no snapshot.
   */
  sendCode: v.strictTuple([v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_PASTE))]),
  openPageAgain: nothing,
  /** Puts the address of the page on the clipboard; it does not come to the window. */
  copyAddress: nothing,
  copyDeviceCode: nothing,
  /** Puts on the clipboard what a person types in a terminal of their own. */
  copyCommand: nothing,
  /** Goes on with a code that is typed on any machine. */
  signInWithDevice: nothing,
  /** Shows the system’s dialog, for the file that is Claude Code. */
  chooseClaude: nothing,
  retrySignIn: nothing,
  cancelSignIn: nothing,
  leaveSignIn: nothing,
  /** Reads the providers again, for the settings. */
  openProviders: nothing,
  /** Asks a provider what it offers. */
  checkProvider: v.strictTuple([id]),
} as const satisfies Record<CommandName, v.GenericSchema<unknown, readonly unknown[]>>;

export type CommandArguments<Name extends CommandName> = v.InferOutput<(typeof COMMANDS)[Name]>;

/** Why a command did not do what was asked; the words for it are in the presentation. */
export const COMMAND_FAILURES = ['refused', 'not-known', 'cancelled', 'not-possible', 'internal'] as const;
export type CommandFailure = (typeof COMMAND_FAILURES)[number];

/** What every command replies. `message` is a sentence for a person; `reference` finds an internal failure in the log. */
export type Reply<T = null> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: CommandFailure;
      readonly message: string;
      readonly reference?: string;
    };
