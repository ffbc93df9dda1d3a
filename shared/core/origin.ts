/** Where a reading comes from. `scope` only for settings; `path` and `line` (1-based) where there are any. */
export interface Origin {
  readonly kind: OriginKind;
  readonly scope?: SettingsScope;
  /** As Claude Code names it: absolute, links not followed. */
  readonly path?: string;
  /** Where a link leads, when that is another path. */
  readonly realPath?: string;
  readonly line?: number;
  /** The variable, key, registry value or keychain item at that place. */
  readonly name?: string;
}

export const ORIGIN_KINDS = [
  'process',
  'login-shell',
  'settings',
  'claude-json',
  'credentials-file',
  'keychain',
  'profile-file',
  'cloud-file',
  'file-descriptor',
  'launchd',
  'systemd',
  'etc-environment',
  'registry',
  'vscode',
  'dotenv',
  'direnv',
  'mise',
] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

export const SETTINGS_SCOPES = ['user', 'project', 'local', 'flag', 'managed'] as const;
export type SettingsScope = (typeof SETTINGS_SCOPES)[number];

/** Where a value that the running process carries was probably set. */
export interface LikelyOrigin {
  readonly path: string;
  readonly line: number;
  readonly certainty: 'literal' | 'conditional' | 'computed';
}
