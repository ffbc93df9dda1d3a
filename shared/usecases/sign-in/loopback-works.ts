import type { LandingPage } from '../../ports/loopback.ts';
import type { SignInPorts } from './sign-in-ports.ts';

/** `not-reached`: there is a socket, and what is sent to it does not arrive, or is answered by somebody else. */
export type LoopbackHealth = 'works' | 'no-socket' | 'not-reached';

/** Milliseconds; on this machine an answer takes a few. */
const DEADLINE = 3_000;

const UNSEEN: LandingPage = { title: '', text: [], went: 'wrong' };

/**
 * Whether a browser could come back here: listens as a sign-in does and asks itself, by the address and past any proxy. Filters of a
 * VPN or a firewall show in it; a browser’s own proxy, or one on another machine than this (WSL2, containers), does not.
 */
export async function loopbackWorks({
  loopback,
  web,
}: Pick<SignInPorts, 'loopback' | 'web'>): Promise<LoopbackHealth> {
  const server = await loopback.listen({
    path: '/callback',
    accepts: () => false,
    onCallback: () => Promise.resolve(UNSEEN),
    pages: { notThis: UNSEEN, already: UNSEEN },
  });
  if (server === null) return 'no-socket';
  const { state } = await web.head({ url: server.redirectUri, headers: {}, deadline: DEADLINE });
  const works = state === 'answered' && server.turnedAway() > 0;
  await server.close();
  return works ? 'works' : 'not-reached';
}
