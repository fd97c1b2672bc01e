/**
 * Links that ask for a call. They come from anywhere (a web page, a mail, another program), so they only ever lead to
 * a question, and what is not exactly of one of these forms is no link:
 *
 *   peal:call/anna          an audio call with the user `anna`
 *   peal:call/anna?video    a video call
 *   tel:+49-30-1234567      a number, in the directory by chance; parameters behind a semicolon are left out
 *   callto:anna             the same for what other programs write, a name or a number
 *
 * Escapes are resolved once. A second layer of them leaves a `%`, which neither ids nor numbers have.
 */
import type { CallLink } from '#common/ipc';
import { limits } from '#protocol/limits';
import { userIdPattern } from '#protocol/user-id';

/** All the escapes of the longest id, with room for the parameters of a number. */
const longest = 512;
const longestNumber = 32;

const userId = new RegExp(userIdPattern);
const number = /^\+?[0-9*#]+$/;
const call = /^peal:call\/([^/?#]+)(\?video)?$/i;
const phone = /^(tel|callto):([^;?#]+)(?:;[^?#]*)?$/i;

/** Whether a text means to be such a link: for telling it apart from other arguments of a command line. */
export function looksLikeCallLink(text: string): boolean {
  return /^peal:call\b/i.test(text) || looksLikePhoneLink(text);
}

/** The forms that other programs answer to as well: taken only if the person wants so. */
export function looksLikePhoneLink(text: string): boolean {
  return /^(tel|callto):/i.test(text);
}

export function parseCallLink(text: string): CallLink | null {
  if (text.length > longest) return null;
  const [, target, video] = call.exec(text) ?? [];
  if (target !== undefined) return toUser(unescaped(target), video === undefined ? 1 : 2);
  const [, scheme, subject] = phone.exec(text) ?? [];
  if (scheme === undefined || subject === undefined) return null;
  const wanted = unescaped(subject);
  const isNumber = scheme.toLowerCase() === 'tel';
  return toNumber(wanted.replace(/[-.() ]/g, '')) ?? (isNumber ? null : toUser(wanted, 1));
}

function toUser(wanted: string, mediaType: 1 | 2): CallLink | null {
  return isUserId(wanted) ? { wanted, userId: wanted, mediaType } : null;
}

function toNumber(wanted: string): CallLink | null {
  if (wanted.length > longestNumber || !number.test(wanted)) return null;
  // Where people are called by their extension, that is their id.
  return { wanted, userId: isUserId(wanted) ? wanted : null, mediaType: 1 };
}

function isUserId(text: string): boolean {
  return text.length <= limits.idChars && userId.test(text);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
