/** An identity provider that an organisation runs, as configured. None is shipped. */
export interface OidcProvider {
  /** What a person calls it, and the command takes: `[a-z0-9][a-z0-9-]{0,39}`. */
  readonly name: string;
  /** https, or http on a loopback address; compared exactly. */
  readonly issuer: string;
  readonly clientId: string;
  /** In the order in which they are asked for; `openid` only where it is listed. */
  readonly scopes: readonly string[];
  /** RFC 8707; `null`: none is named. */
  readonly resource: string | null;
  /** Begins with `/`; `/callback` unless another is registered. */
  readonly redirectPath: string;
  readonly deviceFlow: boolean;
  /** Where Claude Code sends its requests with the token; `null`: that is set elsewhere. */
  readonly baseUrl: string | null;
  /** In which header the gateway wants the token. */
  readonly header: 'authorization' | 'x-api-key' | 'both';
  /** `managed`: from the administrator’s file, which the user’s cannot replace. */
  readonly from: 'user' | 'managed';
}
