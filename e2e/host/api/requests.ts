import type { HeadersReceivedResponse, OnHeadersReceivedListenerDetails, WebRequest } from 'electron';
import type { CdpSession, Protocol } from '../chromium/cdp.ts';
import { log } from '../log.ts';
import { loud, notImplemented } from '../loud.ts';
import { chromiumPatterns, fromChromium, handlerFor } from './custom-schemes.ts';

type Paused = Protocol.Fetch.requestPausedPayload;
type Listener = (
  details: OnHeadersReceivedListenerDetails,
  callback: (response: HeadersReceivedResponse) => void,
) => void;

let headersListener: Listener | undefined;
const changed = new Set<() => void>();

/** Tells when the patterns are other ones. */
export function onPatternsChanged(listener: () => void): () => void {
  changed.add(listener);
  return () => void changed.delete(listener);
}

/** What has to be intercepted: every document (for `will-navigate`), the app's schemes, and answers if someone wants them. */
export function requestPatterns(): Protocol.Fetch.RequestPattern[] {
  const answers: Protocol.Fetch.RequestPattern[] =
    headersListener === undefined ? [] : [{ urlPattern: 'http*', requestStage: 'Response' }];
  return [
    { urlPattern: '*', resourceType: 'Document' },
    ...chromiumPatterns().map((urlPattern) => ({ urlPattern })),
    ...answers,
  ];
}

/** What Electron's `session.webRequest` has. Answers of the app's own protocol handler do not pass through it. */
export const webRequest = loud('webRequest', {
  onHeadersReceived(listener: unknown, further?: unknown): void {
    if (further !== undefined) throw notImplemented('webRequest.onHeadersReceived with a filter');
    headersListener = (listener ?? undefined) as Listener | undefined;
    for (const tell of changed) tell();
  },
} satisfies Pick<WebRequest, 'onHeadersReceived'>);

/**
 * Lets an intercepted request go on its way, or answers it in the place of the app's protocol handler.
 *
 * @param mayStart asked for what has not been sent yet
 */
export async function answerRequest(
  session: CdpSession,
  paused: Paused,
  mayStart: () => boolean,
): Promise<void> {
  const { requestId } = paused;
  try {
    if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) {
      await passAnswer(session, paused);
    } else if (!mayStart()) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    } else {
      await answerOrContinue(session, paused);
    }
  } catch (error) {
    // The page that asked may be gone by now. If not, it is not to wait for ever.
    log('request', paused.request.url, error);
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined);
  }
}

async function answerOrContinue(
  session: CdpSession,
  { requestId, request, resourceType }: Paused,
): Promise<void> {
  const handler = handlerFor(request.url);
  if (handler === undefined) {
    await session.send('Fetch.continueRequest', { requestId });
    return;
  }
  // Asked for by a browser of its own accord, for web addresses only; Electron would not ask the app.
  if (resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico') {
    await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
    return;
  }
  const response = handler === 'missing' ? undefined : await answerOf(handler, request);
  if (response === undefined || response.type === 'error') {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders,
    body,
  });
}

async function answerOf(
  handler: Exclude<ReturnType<typeof handlerFor>, 'missing' | undefined>,
  request: Protocol.Network.Request,
): Promise<Response | undefined> {
  const url = fromChromium(request.url + (request.urlFragment ?? ''));
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    /^(origin|referer)$/i.test(name) ? fromChromium(value) : value,
  ]);
  const body = request.postData === undefined ? {} : { body: request.postData };
  try {
    return await handler(new Request(url, { method: request.method, headers, ...body }));
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/**
 * Only http and https pass here, as whether Electron asks for the answers of own schemes has not been tried. Redirects have
 * no body to give on, and no page sees their headers.
 */
async function passAnswer(session: CdpSession, paused: Paused): Promise<void> {
  const { requestId, responseHeaders = [], responseStatusCode = 0 } = paused;
  const listener = headersListener;
  const isRedirect = responseStatusCode >= 300 && responseStatusCode < 400;
  if (listener === undefined || isRedirect || handlerFor(paused.request.url) !== undefined) {
    await session.send('Fetch.continueResponse', { requestId });
    return;
  }
  const { promise, resolve } = Promise.withResolvers<HeadersReceivedResponse>();
  const details = loud('onHeadersReceived details', {
    url: paused.request.url,
    method: paused.request.method,
    resourceType: paused.resourceType === 'Document' ? 'mainFrame' : 'other',
    statusCode: responseStatusCode,
    responseHeaders: grouped(responseHeaders),
  });
  listener(details as unknown as OnHeadersReceivedListenerDetails, resolve);
  const { cancel = false, responseHeaders: given } = await promise;
  if (cancel) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  if (given === undefined) {
    await session.send('Fetch.continueResponse', { requestId });
    return;
  }
  // Headers changed on the way are too late for the content security policy, which has been read by then.
  const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId });
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: responseStatusCode,
    responseHeaders: flat(given),
    body: base64Encoded ? body : Buffer.from(body).toString('base64'),
  });
}

function grouped(entries: readonly Protocol.Fetch.HeaderEntry[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of entries) (headers[name] ??= []).push(value);
  return headers;
}

function flat(headers: Readonly<Record<string, string | string[]>>): Protocol.Fetch.HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  );
}
