/** A page of the tests, built as the app's pages are and served on loopback. */
import { type Server, createServer } from 'node:http';
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { build, type PluginOption } from 'vite';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface BuiltPage {
  readonly url: string;
  close(): Promise<void>;
}

export interface BuiltPageOptions {
  readonly plugins?: PluginOption[];
  /** What the page may load and do; anything by default. */
  readonly policy?: string;
}

export async function buildPage(
  folder: string,
  { plugins, policy }: BuiltPageOptions = {},
): Promise<BuiltPage> {
  const parent = resolve('.tmp', 'pages');
  await mkdir(parent, { recursive: true });
  const outDir = await mkdtemp(join(parent, 'page-'));
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    ...(plugins ? { plugins } : {}),
    build: { outDir, target: 'chrome130', emptyOutDir: true },
  });
  const server = serve(outDir, policy);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/index.html`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

function serve(folder: string, policy?: string): Server {
  return createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    readFile(join(folder, path)).then(
      (body) => {
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
        if (policy) response.setHeader('content-security-policy', policy);
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
}
