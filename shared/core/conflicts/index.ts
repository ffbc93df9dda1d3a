import { viewOf, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import type { Conflict, ConflictCode, Severity } from '../conflict.ts';
import { SURFACE_MODES, type Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import { decide } from '../rules/decide.ts';
import { helperFailing } from './helper-failing.ts';
import { helperSlow } from './helper-slow.ts';
import { helperUnusableOutput } from './helper-unusable-output.ts';
import { keyAwaitsApproval } from './key-awaits-approval.ts';
import { keyDeclined } from './key-declined.ts';
import { loginEnded } from './login-ended.ts';
import { loginEnding } from './login-ending.ts';
import { loginSentElsewhere } from './login-sent-elsewhere.ts';
import { loginStub } from './login-stub.ts';
import { looseFileMode } from './loose-file-mode.ts';
import { meteredOverSubscription } from './metered-over-subscription.ts';
import { policyBlocks } from './policy-blocks.ts';
import { projectSuppliesCredential } from './project-supplies-credential.ts';
import { projectVariableIgnored } from './project-variable-ignored.ts';
import { providerHidesLogin } from './provider-hides-login.ts';
import { providerWithoutCredential } from './provider-without-credential.ts';
import { secretInSharedFile } from './secret-in-shared-file.ts';
import { settingsFileDropped } from './settings-file-dropped.ts';
import { settingsOverrideShell } from './settings-override-shell.ts';
import { staleKey } from './stale-key.ts';
import { storesDiverge } from './stores-diverge.ts';
import { twoCredentialsSent } from './two-credentials-sent.ts';
import { versionNewerThanRules } from './version-newer-than-rules.ts';
import { versionUnknown } from './version-unknown.ts';

/** A conflict that takes another program to see; it is found elsewhere. */
export type LiveConflictCode = 'status-disagrees';

/** The registry, most expensive first. A mapped type: forgetting a conflict does not compile. */
export const CONFLICTS: { readonly [Code in Exclude<ConflictCode, LiveConflictCode>]: ConflictRule } = {
  'stale-key': staleKey,
  'metered-over-subscription': meteredOverSubscription,
  'login-sent-elsewhere': loginSentElsewhere,
  'policy-blocks': policyBlocks,
  'provider-without-credential': providerWithoutCredential,
  'helper-failing': helperFailing,
  'helper-unusable-output': helperUnusableOutput,
  'login-ended': loginEnded,
  'login-stub': loginStub,
  'two-credentials-sent': twoCredentialsSent,
  'provider-hides-login': providerHidesLogin,
  'secret-in-shared-file': secretInSharedFile,
  'stores-diverge': storesDiverge,
  'settings-file-dropped': settingsFileDropped,
  'project-supplies-credential': projectSuppliesCredential,
  'login-ending': loginEnding,
  'helper-slow': helperSlow,
  'key-awaits-approval': keyAwaitsApproval,
  'key-declined': keyDeclined,
  'settings-override-shell': settingsOverrideShell,
  'project-variable-ignored': projectVariableIgnored,
  'loose-file-mode': looseFileMode,
  'version-unknown': versionUnknown,
  'version-newer-than-rules': versionNewerThanRules,
};

const RULES: readonly ConflictRule[] = Object.values(CONFLICTS);
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/**
 * Every conflict of a folder, whatever mode was asked for: each says in which modes it holds. Grave ones first, then the more
 * expensive.
 */
export function findConflicts(facts: Facts, claudeCode: Context['claudeCode']): readonly Conflict[] {
  const view = viewOf(facts, claudeCode, (mode) => decide(facts, { mode, claudeCode }));
  const possible = SURFACE_MODES[facts.place.surface];
  const found = RULES.flatMap((rule) => rule.find(view)).flatMap((conflict): Conflict[] => {
    const modes = conflict.modes.filter((mode) => possible.includes(mode));
    return modes.length === 0 ? [] : [{ ...conflict, modes }];
  });
  return SEVERITIES.flatMap((severity) => found.filter((conflict) => conflict.severity === severity));
}
