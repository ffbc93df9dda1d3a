/** Whether the app starts when the user logs in. Off until asked. */
export interface LoginItem {
  /** Why it cannot be set here; `null` when it can. */
  readonly obstacle: string | null;
  isOn(): boolean;
  /** `false` when the system did not take it. */
  set(on: boolean): boolean;
}
