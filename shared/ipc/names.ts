/** The channel on which main publishes snapshots. */
export const SNAPSHOT_CHANNEL = 'credence:snapshot';
/** The channel on which main names the screen to show. */
export const SCREEN_CHANNEL = 'credence:screen';

/** One channel for each command; the preload offers one function for each name and nothing else. */
export const COMMAND_NAMES = [
  'getSnapshot',
  'look',
  'setMode',
  'setSurface',
  'setFolder',
  'chooseFolder',
  'openPlace',
  'openMatrix',
  'closeMatrix',
  'copyMatrix',
  'setLaunchAtLogin',
  'setNotice',
  'removeOwnData',
  'dismissNotice',
  'menuAction',
  'startChange',
  'askWhich',
  'chooseOption',
  'showPlan',
  'setRemoval',
  'includePlace',
  'applyPlan',
  'leaveChange',
  'openChanges',
  'closeChanges',
  'undoChange',
  'checkKey',
  'startLogin',
  'startSignIn',
  'startLogOut',
  'startSignOut',
  'confirmSignIn',
  'sendCode',
  'openPageAgain',
  'copyAddress',
  'copyDeviceCode',
  'copyCommand',
  'signInWithDevice',
  'chooseClaude',
  'retrySignIn',
  'cancelSignIn',
  'leaveSignIn',
  'openProviders',
  'checkProvider',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export const channelOf = (name: CommandName): string => `credence:command:${name}`;
