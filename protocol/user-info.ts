/**
 * What one application registers about its user is part of every snapshot of a call, as often as there are people in
 * it, so it is measured as it is sent. Both ends ask here.
 */
import { limits } from './limits';
import type { UserInfo } from './snapshot-schema';

export function isUserInfoSmall(user: Readonly<Partial<Record<keyof UserInfo, unknown>>>): boolean {
  return utf8Length(JSON.stringify(user)) <= limits.userBytes;
}

/** Without TextEncoder: this code knows neither Node nor a browser. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character.codePointAt(0) ?? 0);
  return bytes;
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
