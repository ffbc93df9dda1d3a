import type { Oidc, OidcAnswer } from '../../../shared/ports/oidc.ts';
import type { Connections } from '../network/node-web.ts';

/** Not made yet: reaches nobody. */
export function openidOidc(connections: Connections): Oidc {
  const nobody = (): Promise<OidcAnswer<never>> =>
    Promise.resolve({
      ok: false,
      failure: { code: 'no-connection', status: null, retryAfter: connections.trusted?.length ?? null },
    });
  return {
    discover: nobody,
    begin: nobody,
    finish: nobody,
    beginDevice: nobody,
    askDevice: nobody,
    refresh: nobody,
    revoke: nobody,
  };
}
