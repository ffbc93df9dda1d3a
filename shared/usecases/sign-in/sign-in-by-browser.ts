import { isCallbackOf } from '../../core/sign-in/callback-query.ts';
import { pastedCallback } from '../../core/sign-in/pasted-callback.ts';
import type { LandingPage, LoopbackServer } from '../../ports/loopback.ts';
import type { OidcServer } from '../../ports/oidc.ts';
import { deferred } from './deferred.ts';
import {
  failed,
  orStopped,
  STOPPED,
  tellNobody,
  type Attempt,
  type LandingPages,
  type TellBrowser,
  type WayEnd,
} from './organisation-attempt.ts';

/** How long somebody may take on the provider’s page: milliseconds. */
export const LONGEST_WAIT = 600_000;

/**
 * The provider’s page in the browser, which comes back to a socket of this machine; or whose last address is pasted.
 *
 * @param opens `false`: the address is only shown
 * @returns `no-way-back`: no socket, or no browser where one was to be opened and `elsewhere` would do; nothing is left open
 */
export async function signInByBrowser(
  attempt: Attempt,
  server: OidcServer,
  opens: boolean,
  elsewhere: boolean,
): Promise<WayEnd | 'no-way-back'> {
  const { ports, provider, pages } = attempt;
  const back = wayBack(pages);
  const socket = await ports.loopback.listen({
    path: provider.redirectPath,
    accepts: (query) => back.accepts(query),
    onCallback: (query) => back.comes(query),
    pages,
  });
  if (socket === null) return 'no-way-back';
  const tell = tellThenClose(socket, back.answer);
  let end: WayEnd | 'no-way-back' = 'no-way-back';
  try {
    end = await throughBrowser(attempt, server, socket, back, opens, elsewhere);
  } finally {
    if (end === 'no-way-back') await tell(pages.notThis);
  }
  return end === 'no-way-back' ? end : { ...end, tell };
}

/** Where the answer of the provider arrives: the first that belongs to the attempt, and no other. */
interface WayBack {
  /** Of the attempt; nothing is accepted before it is known. */
  state: string | null;
  readonly accepts: (query: string) => boolean;
  /** The page for the browser settles when everything is done. */
  readonly comes: (query: string) => Promise<LandingPage>;
  readonly answer: (page: LandingPage) => void;
  readonly query: Promise<string>;
}

function wayBack(pages: LandingPages): WayBack {
  const query = deferred<string>();
  const page = deferred<LandingPage>();
  let isTaken = false;
  const back: WayBack = {
    state: null,
    accepts: (text) => back.state !== null && isCallbackOf(text, back.state),
    comes: (text) => {
      if (isTaken || !back.accepts(text)) return Promise.resolve(isTaken ? pages.already : pages.notThis);
      isTaken = true;
      query.resolve(text);
      return page.promise;
    },
    answer: page.resolve,
    query: query.promise,
  };
  return back;
}

function tellThenClose(socket: LoopbackServer, answer: WayBack['answer']): TellBrowser {
  return async (page) => {
    answer(page);
    await socket.close();
  };
}

async function throughBrowser(
  attempt: Attempt,
  server: OidcServer,
  socket: LoopbackServer,
  back: WayBack,
  opens: boolean,
  elsewhere: boolean,
): Promise<WayEnd | 'no-way-back'> {
  const { ports, provider, change, offer, stopAfter } = attempt;
  if (attempt.isStopped()) return STOPPED;
  const begun = await orStopped(attempt, ports.oidc.begin(provider, socket.redirectUri));
  if (begun === 'stopped') return STOPPED;
  if (!begun.ok) return failed({ code: 'oidc', failure: begun.failure });
  const { authorizationUrl, state } = begun.value;
  back.state = state;
  const keepWaiting = stopAfter(LONGEST_WAIT);
  try {
    offer({
      address: authorizationUrl,
      paste: (text) => {
        const { tellsIssuer } = server;
        const pasted = pastedCallback(text, { state, redirectUri: socket.redirectUri, tellsIssuer });
        change({ paste: pasted.kind === 'query' ? 'taken' : pasted.kind });
        if (pasted.kind === 'query') void back.comes(pasted.query);
      },
    });
    change({
      step: { at: 'waiting' },
      stopsAt: ports.clock.now() + LONGEST_WAIT,
      returnsTo: `127.0.0.1:${String(socket.port)}`,
      takesPaste: true,
    });
    if (opens) {
      const opened = await orStopped(attempt, ports.browser.open(authorizationUrl));
      if (opened === 'opened') change({ browserAt: ports.clock.now() });
      else if (opened === 'refused')
        // An address that no browser may be given is none to be shown either.
        return failed({ code: 'oidc', failure: { code: 'bad-metadata', status: null, retryAfter: null } });
      else if (opened === 'failed' && elsewhere) return 'no-way-back';
    }
    const query = await orStopped(attempt, back.query);
    if (attempt.isStopped()) return STOPPED;
    offer(null);
    keepWaiting();
    change({ step: { at: 'exchanging' }, stopsAt: null, takesPaste: false });
    // Waited for whoever stops it: a token that came would else be good and nobody’s.
    const finished = await ports.oidc.finish(begun.value, query);
    if (!finished.ok) return failed({ code: 'oidc', failure: finished.failure });
    return { kind: 'tokens', tokens: finished.value, tell: tellNobody };
  } finally {
    back.state = null;
    offer(null);
    keepWaiting();
  }
}
