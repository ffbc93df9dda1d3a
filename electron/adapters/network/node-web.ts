import type { EnvHttpProxyAgent } from 'undici';
import type { Web, WebAnswer, WebRequest } from '../../../shared/ports/web.ts';
import { agentOptions, isNotTrusted, isTimeout, type Connections } from './connections.ts';

/**
 * One request, without what a browser or a library would add to it: nothing is followed, asked again, kept or read. What a key is
 * sent to has to show a certificate that is trusted, or be on this machine.
 */
export function nodeWeb(connections: Connections): Web {
  return {
    head: async (request) => {
      const address = addressOf(request.url);
      if (address === null) return { state: 'bad-address' };
      try {
        return await ask(connections, address, request);
      } catch {
        // The library is not there.
        return { state: 'no-connection' };
      }
    },
  };
}

/** `null`: a key must not go there. */
function addressOf(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : null;
}

/** A URL parser has already made one spelling of the many that an address has. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

async function ask(connections: Connections, url: URL, request: WebRequest): Promise<WebAnswer> {
  const undici = await import('undici');
  const ended = new AbortController();
  const timer = setTimeout(() => {
    ended.abort();
  }, request.deadline);
  let dispatcher: EnvHttpProxyAgent | null = null;
  try {
    dispatcher = new undici.EnvHttpProxyAgent(agentOptions(connections, url, request.deadline));
    const answer = await undici.request(url, {
      method: 'GET',
      headers: request.headers,
      dispatcher,
      signal: ended.signal,
    });
    answer.body.on('error', () => undefined).destroy();
    return { state: 'answered', status: answer.statusCode };
  } catch (error) {
    if (ended.signal.aborted || isTimeout(error)) return { state: 'timed-out' };
    return { state: isNotTrusted(error) ? 'not-trusted' : 'no-connection' };
  } finally {
    clearTimeout(timer);
    dispatcher?.destroy().catch(() => undefined);
  }
}
