import { limits } from '#protocol/limits';
import { linePattern } from '#protocol/text';

const oneLine = new RegExp(linePattern, 'u');
/** Something that can be seen; blanks and joiners alone are no name. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Signs that turn the text around them: with them a name would write over what stands beside it on others' screens. */
const turning = /[\u202a-\u202e\u2066-\u2069]/u;

/** What people and groups are called, as it is kept; null for what is no name. */
export function cleanName(typed: string): string | null {
  const name = typed.trim();
  if (Array.from(name).length > limits.nameChars) return null;
  return oneLine.test(name) && visible.test(name) && !turning.test(name) ? name : null;
}
