import type { CommandArguments, Reply } from './contract.ts';
import type { CommandName } from './names.ts';
import type { Screen, Snapshot } from './snapshot.ts';

type Command<Name extends CommandName> = (
  ...args: CommandArguments<Name>
) => Promise<Reply<Name extends 'getSnapshot' ? Snapshot : null>>;

/** What the preload puts at `window.credence`. */
export type Bridge = { readonly [Name in CommandName]: Command<Name> } & {
  /** Calls the listener with every snapshot; returns what ends that. */
  readonly onSnapshot: (listener: (snapshot: Snapshot) => void) => () => void;
  /** Calls the listener when main wants another screen shown, as from the tray’s menu. */
  readonly onScreen: (listener: (screen: Screen) => void) => () => void;
};
