/** Versions of Peal are three numbers. What is anything else is no version, and no news. */
export const versionPattern = '^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$';

const version = new RegExp(versionPattern);

export function isNewer(candidate: string, than: string): boolean {
  const [a, b] = [partsOf(candidate), partsOf(than)];
  if (!a || !b) return false;
  const index = a.findIndex((part, place) => part !== b[place]);
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0);
}

function partsOf(text: string): readonly number[] | null {
  return version.test(text) ? text.split('.').map(Number) : null;
}
