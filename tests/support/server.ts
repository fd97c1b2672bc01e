/** The real server on a free port, with people in it. */
import type { Log } from '#server/log';
import { startServer } from '#server/start';
import { building } from './cleanup';
import { anna, bao, type Person } from './people';
import { makeScratchDir } from './scratch';

export interface TestServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly people?: readonly Person[];
  readonly ringMs?: number;
  readonly graceMs?: number;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { people = [anna, bao], ...times } = options;
  return building(async (cleanup) => {
    const data = cleanup.own(makeScratchDir('server'));
    const errors: string[] = [];
    const log: Log = (level, message, fields) => {
      if (level === 'error') errors.push(`${message} ${JSON.stringify(fields)}`);
    };
    cleanup.add(() => {
      if (errors.length > 0) throw new Error(`The server had problems:\n${errors.join('\n')}`);
    });
    const server = cleanup.own(await startServer({ port: 0, data: data.path, log, ...times }));
    for (const { userId, name, password } of people) {
      await server.admin.addUser({ userId, name, password });
    }
    return { url: server.url, port: server.port, close: () => cleanup.close() };
  });
}
