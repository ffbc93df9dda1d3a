import type { Loopback } from '../../../shared/ports/loopback.ts';

/** Not made yet: listens nowhere. */
export const nodeLoopback: Loopback = { listen: () => Promise.resolve(null) };
