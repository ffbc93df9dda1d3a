/** Keychain items of Claude Code: the service's name, and the account (facts from public reports, see docs/platforms.md). */
export const LOGIN_SERVICE = 'Claude Code-credentials';
export const CONSOLE_SERVICE = 'Claude Code';
const PLAIN_ACCOUNT = /^[A-Za-z0-9._-]+$/;
const FALLBACK_ACCOUNT = 'claude-code-user';

/** @param suffix of the configuration folder, see `keychainSuffix` */
export function claudeCodeItem(
  service: typeof LOGIN_SERVICE | typeof CONSOLE_SERVICE,
  suffix: string | null,
  userName: string,
): { readonly service: string; readonly account: string } {
  return {
    service: suffix === null ? service : `${service}-${suffix}`,
    account: PLAIN_ACCOUNT.test(userName) ? userName : FALLBACK_ACCOUNT,
  };
}
