/**
 * One line per lifecycle change. Lines name ids, states and codes; never tokens, passwords, signals,
 * network addresses of peers or people's names.
 */
export interface Log {
  info(line: string): void;
  /** Something went wrong and was mended or will be tried again. */
  warn(line: string): void;
  /** Something that the person at the desk will notice. */
  error(line: string): void;
}
