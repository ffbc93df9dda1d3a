import type { Mode, Surface } from '../../core/context.ts';
import type { SettingsScope } from '../../core/origin.ts';

/** What one pass is made for. */
export interface GatherRequest {
  /** Absolute. */
  readonly folder: string;
  readonly surface: Surface;
  /** Of Claude Code: it says how settings files are taken. */
  readonly version: string;
  /** Only to know which helper would run. */
  readonly mode: Mode;
  /** `--settings`: a path or JSON text, as Claude Code takes it. */
  readonly settingsFlag: string | null;
  /** `--setting-sources`: which of user, project and local count; `null`: all. */
  readonly settingSources: readonly SettingsScope[] | null;
  /**
   * Which terminal is meant: the one this runs in, or the next one to be opened, which has what the login shell makes of its
   * start-up files. The tray runs in no terminal at all.
   */
  readonly terminal: 'this' | 'next';
  /** `--restricted`: none of them count. */
  readonly restricted: boolean;
  /** Run the login shell and take its environment. */
  readonly askShell: boolean;
  /** Ask `systemctl` and `launchctl` (tray and doctor only). */
  readonly askSession: boolean;
  /** Run the helper that counts, once, as Claude Code would. */
  readonly runHelper: boolean;
  /** Leave out what is only told and never sent: start-up files, dotenv files, editors (for `scan`). */
  readonly brief: boolean;
}
