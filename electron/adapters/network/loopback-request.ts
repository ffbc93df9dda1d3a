import type { IncomingMessage } from 'node:http';

/** What a request is, before anything happens for it. */
export type JudgedRequest =
  | { readonly is: 'callback'; readonly query: string }
  /** One of the pages behind the callback, by its path. */
  | { readonly is: 'page'; readonly path: string }
  | { readonly is: 'nothing'; readonly status: 400 | 404 | 405 | 421 | 431 | 503 };

export interface Served {
  /** `127.0.0.1:PORT`: the one name that is ours. Only this header tells a rebound page from the provider’s answer. */
  readonly authority: string;
  readonly callbackPath: string;
  readonly pagePaths: readonly string[];
}

/** Most headers, as Node gives them: names and values. A browser sends some 15 headers. */
const RAW_HEADERS = 2 * 100;

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** Looks at a request and parses nothing that could throw; its target is compared as it came. */
export function judgeRequest(
  { method, url = '', headers, rawHeaders }: Asked,
  served: Served,
): JudgedRequest {
  if (rawHeaders.length > RAW_HEADERS) return { is: 'nothing', status: 431 };
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) return { is: 'nothing', status: 400 };
  if (headers.host !== served.authority) return { is: 'nothing', status: 421 };
  if (!url.startsWith('/') || url.startsWith('//') || asksForMore(headers))
    return { is: 'nothing', status: 400 };
  const at = url.indexOf('?');
  const path = at === -1 ? url : url.slice(0, at);
  const isPage = served.pagePaths.includes(url);
  if (!isPage && path !== served.callbackPath) return { is: 'nothing', status: 404 };
  if (method !== 'GET') return { is: 'nothing', status: 405 };
  if (isAhead(headers)) return { is: 'nothing', status: 503 };
  return isPage ? { is: 'page', path: url } : { is: 'callback', query: at === -1 ? '' : url.slice(at + 1) };
}

/** No browser that comes back asks for another protocol, or brings a body along. */
function asksForMore(headers: Asked['headers']): boolean {
  const { upgrade, 'transfer-encoding': encoding, 'content-length': length } = headers;
  return upgrade !== undefined || encoding !== undefined || (length !== undefined && length !== '0');
}

/** A browser that loads what a person may open next: nobody has come back yet. It asks again when somebody does. */
function isAhead(headers: Asked['headers']): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(String(headers[name] ?? '')),
  );
}
