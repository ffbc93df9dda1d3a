/** Keys that the user had kept here because there is no keychain. Removing Credence’s own data leaves them: each may be the only copy. */
export const KEYS_IN_CLEAR = 'keys-in-clear';
