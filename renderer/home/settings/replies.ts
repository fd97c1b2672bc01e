/** Written replies as the server keeps them: no empty ones, each once, in one line. Pure. */
import { limits } from '#protocol/limits';

export function repliesToKeep(written: readonly string[]): string[] {
  const lines = written.map((text) => text.replaceAll(/\s+/g, ' ').trim());
  return [...new Set(lines)].filter((text) => text !== '').slice(0, limits.quickReplies);
}
