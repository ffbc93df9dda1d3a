/**
 * The environment that programs inherit which are started from the desktop: launchd, the systemd user manager, the registry.
 * Values are raw and must not leave the gathering frame.
 */
export interface SessionVariables {
  /**
   * @param names the only names to ask for
   * @param ask whether another program may be asked (`systemctl`, `launchctl`); without it only what can be read without one
   */
  read(names: readonly string[], ask: boolean): Promise<readonly SessionVariable[]>;
}

export interface SessionVariable {
  readonly name: string;
  readonly text: string;
  readonly kind: 'launchd' | 'systemd' | 'registry';
  /** The plist, the registry key, or the unit manager that answered. */
  readonly path: string;
}

/**
 * Settings that an administrator delivers outside files: macOS managed preferences, Windows policies. JSON text, lowest first;
 * text that cannot be made JSON is handed on as it is.
 */
export interface ManagedPreferences {
  read(): Promise<
    readonly {
      readonly path: string;
      readonly text: string;
      readonly rank: 'above-files' | 'below-files';
      /** There is something that could not be read: the text is empty then. */
      readonly trouble?: 'denied' | 'too-large' | 'not-a-file' | 'link-loop' | 'failed';
    }[]
  >;
}
