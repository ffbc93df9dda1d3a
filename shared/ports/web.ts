/** One request over the network, only ever made because the user asked for exactly this one. */
export interface Web {
  /** No redirect is followed, and the answer’s body is not read. System trust and proxy. Never throws. */
  head(request: WebRequest): Promise<WebAnswer>;
}

export interface WebRequest {
  /** https, or http on a loopback address. */
  readonly url: string;
  /** Secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly deadline: number;
}

export type WebAnswer =
  | { readonly state: 'answered'; readonly status: number }
  | { readonly state: 'timed-out' | 'no-connection' | 'not-trusted' | 'bad-address' };
