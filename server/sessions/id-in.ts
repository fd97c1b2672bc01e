import { limits } from '#protocol/limits';

const idPattern = new RegExp(`^[A-Za-z0-9_:-]{1,${limits.idChars}}$`);

/** The id of a message that is otherwise wrong, so that its sender can be told. */
export function idIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value)) return null;
    return typeof value.id === 'string' && idPattern.test(value.id) ? value.id : null;
  } catch {
    return null;
  }
}
