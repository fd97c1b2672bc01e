/** How people and groups are found by what somebody types of their names. */

/** Sorts after every text that begins with the same prefix. */
export const afterAll = '\u{10FFFF}';

/** How names are compared: case and width do not matter. */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** The id, and the name from each of its words on. */
export function termsOf(id: string, name: string): string[] {
  const words = searchKey(name).split(' ');
  const tails = words.map((_, index) => words.slice(index).join(' '));
  return [...new Set([id.toLowerCase(), ...tails])].filter((term) => term !== '');
}
