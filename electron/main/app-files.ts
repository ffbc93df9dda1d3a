import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Pages of the app live under a scheme of their own: nothing of theirs is a file or from the network. */
export const APP_ORIGIN = 'credence-app://bundle';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Everything is refused that is not named. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'none'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** All that there is: a name that is not in the list leads nowhere, however it is written. */
const FILES: Readonly<Record<string, string>> = {
  '/index.html': 'text/html; charset=utf-8',
  '/renderer.js': 'text/javascript; charset=utf-8',
  '/renderer.css': 'text/css; charset=utf-8',
};

/** The answer to one request: one of the app’s own files, or nothing. */
export function answer(url: string, folder: string): Response {
  const parsed = URL.parse(url);
  const type =
    parsed?.protocol === 'credence-app:' && parsed.host === 'bundle' && Object.hasOwn(FILES, parsed.pathname)
      ? FILES[parsed.pathname]
      : undefined;
  if (parsed === null || type === undefined) return new Response('Not found', { status: 404 });
  const body = readFileSync(path.join(folder, parsed.pathname.slice(1)));
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': type,
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
