import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Attempt } from './attempt.ts';
import { leave } from './ending.ts';
import { behaviour, pages } from './scene.ts';

/** Tries to make a login of a code, and answers the browser with what has become of it before the program ends. */
export type Exchange = (code: string, answer?: (went: boolean) => Promise<void>) => Promise<void>;

/** @returns the port; whatever arrives there is answered as was measured */
export function listen(attempt: Attempt, exchange: Exchange): Promise<number> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (behaviour.demo === true && pathname === '/authorize')
      return void answer(response, 200, pageToApprove(searchParams), HTML);
    if (pathname !== '/callback') return void answer(response, 404, '');
    const code = searchParams.get('code');
    if (code === null)
      return void refuse(response, 'Authorization code not found', 'No authorization code received');
    if (searchParams.get('state') !== attempt.state)
      return void refuse(response, 'Invalid state parameter', 'Invalid state parameter');
    void exchange(code, (went) =>
      behaviour.demo === true && went
        ? answer(response, 200, pages.landing, HTML)
        : answer(response, 200, went ? WELL : CANCELLED, 'text/plain; charset=utf-8'),
    );
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const HTML = 'text/html; charset=utf-8';
const CANCELLED = 'Sign-in was canceled or failed. You can close this window.';
/** Made up: it was never seen. */
const WELL = 'You can close this window.';

async function refuse(response: ServerResponse, text: string, reason: string): Promise<void> {
  await answer(response, 400, text);
  return leave(1, '', `Couldn't log in: ${reason}\n`);
}

function answer(response: ServerResponse, code: number, text: string, type?: string): Promise<void> {
  return new Promise((resolve) => {
    response.writeHead(code, {
      connection: 'close',
      ...(type === undefined ? {} : { 'content-type': type }),
    });
    response.end(text, resolve);
  });
}

/** Only in the demo: who cannot come back by himself is shown the code. */
function pageToApprove(query: URLSearchParams): string {
  const redirect = query.get('redirect_uri') ?? '';
  const state = query.get('state') ?? '';
  const canComeBack = /^http:\/\/localhost:\d+\/callback$/.test(redirect);
  const back = canComeBack ? `${redirect}?code=good-code&state=${encodeURIComponent(state)}` : '';
  return pages.authorize
    .replaceAll('{BACK}', () => escaped(back))
    .replaceAll('{HIDDEN}', canComeBack ? '' : 'hidden')
    .replaceAll('{CODE}', () => escaped(`good-code#${state}`));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
