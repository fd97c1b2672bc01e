/** Words of others for places that are not ours: plain, of bounded length, and never read as anything but text. */

/** Control characters, and those that turn the direction of what follows, in our words too. */
const unprintable = /[\p{Cc}\u2028\u2029]+/gu;
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** In one line. What is too long ends with an ellipsis. */
export function plainLine(text: string, maxChars: number): string {
  const line = text.replace(turning, '').replace(unprintable, ' ').trim();
  const chars = Array.from(line);
  return chars.length <= maxChars ? line : `${chars.slice(0, maxChars - 1).join('')}…`;
}

/** For notification servers that read markup in the body. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** For those that may read markup or not: what is escaped would be shown as it is, so other signs stand for the brackets. */
export function withoutTags(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
