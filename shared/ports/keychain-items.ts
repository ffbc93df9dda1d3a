/** Items of the operating system's keychain by their attributes: no secret is read, so nobody is asked for consent. */
export interface KeychainItems {
  find(service: string, account: string): Promise<KeychainItem>;
}

export type KeychainItem =
  | { readonly state: 'found'; /** Milliseconds since 1970. */ readonly changedAt: number | null }
  | { readonly state: 'absent' | 'locked' | 'denied' | 'unreachable' };
