/** The log of a running app: one line each, on stderr. */
import type { Log } from './log';

const write = (level: string, line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${level} ${line}\n`);
};

export const stderrLog: Log = {
  info: (line) => write('info', line),
  warn: (line) => write('warn', line),
  error: (line) => write('error', line),
};
