import type { Browser } from '../../ports/browser.ts';
import type { Locks } from '../../ports/locks.ts';
import type { Loopback } from '../../ports/loopback.ts';
import type { Oidc } from '../../ports/oidc.ts';
import type { OwnNotes } from '../../ports/own-notes.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { StartedPrograms } from '../../ports/started-programs.ts';
import type { Terminals } from '../../ports/terminals.ts';

/** What signing in and out needs beside looking. Each use case names its share with `Pick`. */
export interface SignInPorts extends Ports {
  readonly programs: StartedPrograms;
  readonly terminals: Terminals;
  readonly browser: Browser;
  readonly loopback: Loopback;
  readonly oidc: Oidc;
  readonly locks: Locks;
  readonly notes: OwnNotes;
  readonly scheduler: Scheduler;
}
