import type { KeyringTrouble } from '../../../shared/ports/keyring.ts';

/**
 * The package has one code for all errors, so its words have to do (@napi-rs/keyring 2.1.2 over keyring-rs; the Secret Service’s
 * measured with gnome-keyring 42.1, those of macOS and Windows from the sources). The words go no further: they may quote anything.
 */
const WORDS: readonly (readonly [RegExp, KeyringTrouble['state']])[] = [
  [/matched by|ambiguous|more than one/i, 'ambiguous'],
  [/prompt was dismissed|IsLocked|is locked|locked object|errSecInteractionNotAllowed|-25308/i, 'locked'],
  [
    /AccessDenied|access denied|not permitted|errSecAuthFailed|-25293|user canceled|-128\b|errSecMissingEntitlement|-34018/i,
    'denied',
  ],
];

/** What cannot be placed is `unreachable`: nothing is claimed about the item then. */
export function troubleOfError(error: unknown): KeyringTrouble['state'] {
  const words = error instanceof Error ? error.message : '';
  return WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unreachable';
}
