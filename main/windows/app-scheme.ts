import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { fileFor, headersFor } from './app-files';
import { appScheme } from './pages';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        // A call window is made while somebody waits for it: its script is compiled once, not at each call.
        codeCache: true,
      },
    },
  ]);
}

/** Serves the built pages, and nothing else of the disk. Reads from inside app.asar too. */
export function serveAppScheme(root: string): void {
  protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? fileFor(root, request.url) : null;
    if (!file) return new Response('Not found', { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(file) });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
