import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a site answers for a path: a page, or where it sends the browser. */
export type Answers = (path: string) => { readonly html: string } | { readonly to: string } | null;

export interface MadeUpSite {
  readonly port: number;
  /** What was asked for, with its headers. */
  readonly asked: readonly Pick<IncomingMessage, 'method' | 'url' | 'headers'>[];
  readonly end: () => Promise<void>;
}

/** A site of this machine. Only what is in front of the `?` decides what it answers. */
export async function madeUpSite(answers: Answers, host = '127.0.0.1', port = 0): Promise<MadeUpSite> {
  const asked: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  const server = createServer(({ method, url = '', headers }, response) => {
    asked.push({ method, url, headers });
    const found = answers(url.replace(/\?.*/s, ''));
    if (found === null) response.writeHead(404).end();
    else if ('to' in found)
      response.writeHead(302, { location: found.to, 'cache-control': 'no-store' }).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(found.html);
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, asked, end: () => end(server) };
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
