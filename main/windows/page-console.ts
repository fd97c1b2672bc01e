/** What pages write to their console, for the log of main: it is the only one that outlives a window. */
const longestText = 300;
const warningLevel = 2;
const errorLevel = 3;

export interface ConsoleLine {
  readonly level: 'warn' | 'error';
  readonly text: string;
}

/** Reads both forms of `console-message`: one object (Electron 35 on), or event, level, message. Null: not logged. */
export function consoleLine(args: readonly unknown[]): ConsoleLine | null {
  const [details, oldLevel, oldMessage] = args;
  const isNew = typeof details === 'object' && details !== null && 'message' in details;
  const message = isNew ? details.message : oldMessage;
  const level = isNew && 'level' in details ? details.level : oldLevel;
  if (typeof message !== 'string') return null;
  const text = message.replace(/\s+/g, ' ').trim().slice(0, longestText);
  if (level === 'error' || level === errorLevel) return { level: 'error', text };
  return level === 'warning' || level === warningLevel ? { level: 'warn', text } : null;
}
