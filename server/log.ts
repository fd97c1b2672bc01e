/** One line of JSON per event. Never hand it tokens, passwords, signals, push texts or display names. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export function jsonLog(write: (line: string) => void, least: LogLevel = 'info'): Log {
  return (level, message, fields = {}) => {
    if (rank[level] < rank[least]) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  };
}

export const silentLog: Log = () => undefined;

/** What a bug looks like in the log: its kind and place. Replies to clients never carry it. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: 'not an Error' };
  return { error: error.name, reason: error.message, stack: error.stack ?? '' };
}
