import type { Web, WebAnswer, WebRequest } from '../ports/web.ts';

export interface MemoryWeb extends Web {
  readonly requests: readonly WebRequest[];
}

/** What stands at an address; `null`: nothing does. */
export type MadeUpServer = (
  request: WebRequest,
) =>
  | { readonly status: number; /** Until it answers: milliseconds. */ readonly after?: number }
  | { readonly resets: true }
  | { readonly notTrusted: true }
  | null;

/** Sends nothing: each request is answered by a made-up server. */
export function memoryWeb(server: MadeUpServer): MemoryWeb {
  const requests: WebRequest[] = [];
  return {
    requests,
    head: (request) => {
      if (!isAllowed(request.url)) return Promise.resolve({ state: 'bad-address' });
      requests.push(request);
      return Promise.resolve(answer(request, server));
    },
  };
}

function answer(request: WebRequest, server: MadeUpServer): WebAnswer {
  const said = server(request);
  if (said === null || 'resets' in said) return { state: 'no-connection' };
  if ('notTrusted' in said) return { state: 'not-trusted' };
  const { status, after = 0 } = said;
  return after >= request.deadline ? { state: 'timed-out' } : { state: 'answered', status };
}

function isAllowed(url: string): boolean {
  const [, scheme, login, host = ''] =
    /^(https?):\/\/([^/?#@]*@)?(\[[0-9a-f:]+\]|[^:/?#@]+)(?::\d+)?(?:[/?#]|$)/i.exec(url) ?? [];
  if (scheme === undefined || login !== undefined) return false;
  return scheme === 'https' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
