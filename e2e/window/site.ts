import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** The header that the app answers with. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'none'; " +
  "connect-src 'none'; form-action 'none'; base-uri 'none'";

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
]);

export interface Site {
  readonly origin: string;
  readonly end: () => Promise<void>;
}

/** Serves the built window to this machine only, as the app would. */
export async function serve(folder: string): Promise<Site> {
  const server = createServer((request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://window').pathname) || 'index.html';
    const type = TYPES.get(path.extname(name));
    // The browser asks for this by itself.
    if (name === 'favicon.ico' || type === undefined) {
      response.writeHead(204).end();
      return;
    }
    readFile(path.join(folder, name)).then(
      (content) =>
        response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${String(port)}`, end: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
