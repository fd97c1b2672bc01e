import type { Log } from './log';

const longestText = 200;

/** Runs a step of a loop that must go on whatever happens in it. What was thrown is a bug, and is logged as one. */
export function attempt(log: Log, what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    log.error(`${what}: ${describeThrown(error)}`);
  }
}

/** One line of bounded length: what was thrown, and where. */
export function describeThrown(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const frame = thrown instanceof Error ? thrown.stack?.match(/^ {4}at .*$/m)?.[0].trim() : null;
  return [oneLine(text), oneLine(frame ?? '')].filter(Boolean).join(' ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, longestText);
}
