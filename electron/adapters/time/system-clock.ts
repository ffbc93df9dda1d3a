import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '../../../shared/ports/clock.ts';

/** Only Linux names its starts. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

export const systemClock: Clock = {
  now: () => Date.now(),
  // Node has it from a clock that runs on through sleep and is never set (CLOCK_BOOTTIME and its like).
  uptime: () => ({ boot: bootId(), milliseconds: Math.round(uptime() * 1000) }),
};

function bootId(): string | null {
  try {
    return readFileSync(BOOT_ID, 'latin1').trim();
  } catch {
    return null;
  }
}
