/** How a person without a picture looks: up to two letters on a colour that stays theirs. */

/** How many --color-avatar-… tokens there are. */
export const avatarColours = 8;

/** Han, kana and hangul: names where the given name comes last and one sign says as much as two letters. */
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Anna Li → AL, Anna → A, 李安娜 → 安娜, 王芳 → 王芳. Chinese desks know colleagues by the given name, so a longer name
 * keeps its last two signs. Counts what a reader sees as one sign, so emoji and accents stay whole.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const last = words.at(-1) ?? '';
  const signs = signsOf(last);
  if (eastAsian.test(last)) return signs.slice(-2).join('');
  const first = signsOf(words[0] ?? '')[0] ?? '';
  const second = words.length > 1 ? (signs[0] ?? '') : '';
  return (first + second).toLocaleUpperCase('en');
}

/** The number of the avatar's colour: the same for an id on every desktop and after every restart. */
export function colourOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (const sign of userId) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // The low bits of FNV vary too little between ids like u1, u2, u3.
  return ((hash ^ (hash >>> 15)) >>> 0) % avatarColours;
}

function signsOf(word: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(word), (part) => part.segment);
}
