import type { Conflict, ConflictCode } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
import type { ConflictParts, DescribeConflict } from './conflict-sentences/conflict-parts.ts';
import { looseFileMode, secretInSharedFile, settingsFileDropped } from './conflict-sentences/files.ts';
import { helperFailing, helperSlow, helperUnusableOutput } from './conflict-sentences/helper.ts';
import { loginEnded, loginEnding, loginStub, storesDiverge } from './conflict-sentences/login.ts';
import {
  loginSentElsewhere,
  meteredOverSubscription,
  policyBlocks,
  twoCredentialsSent,
} from './conflict-sentences/sent.ts';
import {
  keyAwaitsApproval,
  keyDeclined,
  projectSuppliesCredential,
  projectVariableIgnored,
  providerHidesLogin,
  providerWithoutCredential,
  settingsOverrideShell,
  staleKey,
} from './conflict-sentences/set.ts';
import { statusDisagrees, versionNewerThanRules, versionUnknown } from './conflict-sentences/versions.ts';

export type { ConflictParts } from './conflict-sentences/conflict-parts.ts';
export { remedyTitle } from './remedy-titles.ts';

/** What is said about each conflict, also about those that take a request to see; forgetting one does not compile. */
const DESCRIPTIONS: { readonly [Code in ConflictCode]: DescribeConflict } = {
  'metered-over-subscription': meteredOverSubscription,
  'two-credentials-sent': twoCredentialsSent,
  'login-sent-elsewhere': loginSentElsewhere,
  'key-awaits-approval': keyAwaitsApproval,
  'key-declined': keyDeclined,
  'stale-key': staleKey,
  'helper-failing': helperFailing,
  'helper-unusable-output': helperUnusableOutput,
  'helper-slow': helperSlow,
  'provider-hides-login': providerHidesLogin,
  'provider-without-credential': providerWithoutCredential,
  'settings-override-shell': settingsOverrideShell,
  'project-supplies-credential': projectSuppliesCredential,
  'project-variable-ignored': projectVariableIgnored,
  'settings-file-dropped': settingsFileDropped,
  'login-ending': loginEnding,
  'login-ended': loginEnded,
  'login-stub': loginStub,
  'stores-diverge': storesDiverge,
  'secret-in-shared-file': secretInSharedFile,
  'loose-file-mode': looseFileMode,
  'policy-blocks': policyBlocks,
  'status-disagrees': statusDisagrees,
  'version-unknown': versionUnknown,
  'version-newer-than-rules': versionNewerThanRules,
};

/** A label, one sentence of cause and one of consequence. */
export function conflictParts(conflict: Conflict, facts: Facts): ConflictParts {
  return DESCRIPTIONS[conflict.code](conflict, facts);
}

/** Cause and consequence in one text. */
export function conflictMessage(conflict: Conflict, facts: Facts): string {
  const { cause, consequence } = conflictParts(conflict, facts);
  return `${cause} ${consequence}`;
}
