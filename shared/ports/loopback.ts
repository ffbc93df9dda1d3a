/**
 * Where the browser comes back to: one socket on 127.0.0.1, on a port that the system chooses, for one attempt. Whatever arrives,
 * nothing throws, and only a request that the attempt accepts has any effect.
 */
export interface Loopback {
  /** `null`: no socket could be had. */
  listen(request: LoopbackRequest): Promise<LoopbackServer | null>;
}

export interface LoopbackRequest {
  /** The one path that counts, as registered with the provider: `/callback`. */
  readonly path: string;
  /**
   * Whether a query belongs to this attempt, by its `state`. Everything else is answered and counted, and changes nothing: also an
   * error that some page made the browser report.
   *
   * @param query without the `?`, as it came
   */
  readonly accepts: (query: string) => boolean;
  /**
   * Called once, for the first query that is accepted. The browser is sent to an address without the query at once, and waits there
   * for the page until this has settled; so it should settle also where the attempt is cancelled meanwhile.
   */
  readonly onCallback: (query: string) => Promise<LandingPage>;
  /** What the browser shows; plain text, nothing of which comes from the request. */
  readonly pages: {
    /** For a query that is not of this attempt. */
    readonly notThis: LandingPage;
    /** For a second one, after the first was taken. */
    readonly already: LandingPage;
  };
}

/** A page with a title and some sentences: no script, no link, no form. */
export interface LandingPage {
  readonly title: string;
  readonly text: readonly string[];
  readonly went: 'well' | 'wrong';
}

export interface LoopbackServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/callback`, literally: a name may lead to somebody else’s socket. */
  readonly redirectUri: string;
  /** Requests that had no effect: guesses, repetitions, and noise of every kind. */
  readonly turnedAway: () => number;
  /**
   * Frees the port within a second, whoever is still connected; what is just being answered is answered, so a browser that was taken
   * gets its page if the exchange settles in time. Not to be waited for within `onCallback`.
   */
  close(): Promise<void>;
}
