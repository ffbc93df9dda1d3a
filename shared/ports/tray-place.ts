/** Whether the desktop has a place for tray icons. */
export interface TrayPlace {
  /** `null`: nobody can tell. */
  isThere(): Promise<boolean | null>;
}
