/** HH:MM:SS; hours go on counting after 99. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Until the shown second changes: a timer that always waits this long does not drift. */
export function msToNextSecond(ms: number): number {
  return 1000 - (Math.max(0, ms) % 1000);
}
