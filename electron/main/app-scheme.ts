import { protocol } from 'electron';
import { answer } from './app-files.ts';

/** Before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'credence-app', privileges: { standard: true, secure: true } },
  ]);
}

/** @param folder where the window’s files are */
export function serveApp(folder: string): void {
  protocol.handle('credence-app', (request) => answer(request.url, folder));
}
