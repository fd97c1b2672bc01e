/**
 * A plain page with the built package `peal-caller`, served on loopback under a strict content policy and opened in real
 * Chromium. No bundler touches it: the package's own module, the documented sample and the page's scripts are loaded as
 * they are, with nothing but their types taken off.
 */
import { type Server, createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Heard, LabApi } from '../integration/peal-caller/page/lab-api';
import { type ChromiumPageOptions, openChromiumPage } from './chromium-page';
import { building } from './cleanup';
import { repositoryRoot } from './scratch';
import { sampleModule } from './seed-sample';
import { waitFor } from './wait';

export const packageDir = join(repositoryRoot, 'dist/peal-caller');
const pageDir = join(repositoryRoot, 'tests/integration/peal-caller/page');

/** What the page may do: its own scripts and the server, nothing made from text. */
const contentPolicy = "default-src 'self'; connect-src ws://127.0.0.1:*";

export interface PageServer {
  /** For the server's allowedOrigins. */
  readonly origin: string;
  close(): Promise<void>;
}

export async function servePage(): Promise<PageServer> {
  const server = serve(pageFiles());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

type Result<K extends keyof LabApi> = Awaited<ReturnType<LabApi[K]>>;

export interface CallerPage {
  readonly page: Page;
  lab<K extends keyof LabApi>(verb: K, ...args: Parameters<LabApi[K]>): Promise<Result<K>>;
  /** Waits until this phone has heard something that looks like this. */
  waitToHear(phone: string, match: Partial<Heard>): Promise<void>;
  close(): Promise<void>;
}

export function openCallerPage(
  { origin }: PageServer,
  options?: ChromiumPageOptions,
): Promise<CallerPage> {
  return building(async (cleanup) => {
    const { page } = cleanup.own(await openChromiumPage(`${origin}/index.html`, options));
    const lab: CallerPage['lab'] = (verb, ...args) =>
      page.evaluate(`lab.${verb}(...${JSON.stringify(args)})`);
    return {
      page,
      lab,
      waitToHear: async (phone, match) => {
        let heard: readonly Heard[] = [];
        const isThere = async (): Promise<boolean> => {
          heard = await lab('heard', phone);
          return heard.some((one) => matches(one, match));
        };
        const what = `${phone} hears ${JSON.stringify(match)}`;
        await waitFor(isThere, { what, withinMs: 15_000 }).catch((error: unknown) => {
          throw new Error(`${what}; it heard ${JSON.stringify(heard)}`, { cause: error });
        });
      },
      close: () => cleanup.close(),
    };
  });
}

function matches(heard: Heard, match: Partial<Heard>): boolean {
  return Object.entries(match).every(([key, value]) => heard[key as keyof Heard] === value);
}

function pageFiles(): ReadonlyMap<string, { readonly type: string; readonly body: string }> {
  const script = (body: string) => ({ type: 'text/javascript; charset=utf-8', body });
  const built = join(packageDir, 'index.js');
  if (!existsSync(built)) throw new Error('The package is not built: npm run package:caller');
  const scripts = ['lab', 'phone'].map((name) => {
    const source = readFileSync(join(pageDir, `${name}.ts`), 'utf8');
    return [`/${name}`, script(withoutTypes(source))] as const;
  });
  const html = readFileSync(join(pageDir, 'index.html'), 'utf8');
  return new Map([
    ['/index.html', { type: 'text/html; charset=utf-8', body: html }],
    ['/peal-caller/index.js', script(readFileSync(built, 'utf8'))],
    ['/sample.js', script(withoutTypes(sampleModule()))],
    ...scripts,
  ]);
}

function withoutTypes(source: string): string {
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  return transpileModule(source, { compilerOptions }).outputText;
}

function serve(files: ReturnType<typeof pageFiles>): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', file.type);
    response.setHeader('content-security-policy', contentPolicy);
    response.end(file.body);
  });
}
