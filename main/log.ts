/**
 * One line per lifecycle change, on stderr. Lines name ids, states and codes; never tokens, passwords, signals,
 * network addresses of peers or people's names.
 */
export interface Log {
  info(line: string): void;
  /** Something went wrong and was mended or will be tried again. */
  warn(line: string): void;
  /** Something that the person at the desk will notice. */
  error(line: string): void;
}

const write = (level: string, line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${level} ${line}\n`);
};

export const stderrLog: Log = {
  info: (line) => write('info', line),
  warn: (line) => write('warn', line),
  error: (line) => write('error', line),
};
