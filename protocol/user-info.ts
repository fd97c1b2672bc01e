/**
 * What one application registers about its user is part of every snapshot of a call, as often as there are people in
 * it, so it is measured as it is sent. Both ends ask here.
 */
import { limits } from './limits';
import type { UserInfo } from './snapshot-schema';

const encoder = new TextEncoder();

export function isUserInfoSmall(user: Readonly<Partial<Record<keyof UserInfo, unknown>>>): boolean {
  return encoder.encode(JSON.stringify(user)).length <= limits.userBytes;
}
