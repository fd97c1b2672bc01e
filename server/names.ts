import { limits } from '#protocol/limits';
import { linePattern } from '#protocol/text';

const oneLine = new RegExp(linePattern, 'u');

/** What people and groups are called, as it is kept; null for what is no name: empty, too long, control characters. */
export function cleanName(typed: string): string | null {
  const name = typed.trim();
  const chars = Array.from(name).length;
  return chars > 0 && chars <= limits.nameChars && oneLine.test(name) ? name : null;
}
