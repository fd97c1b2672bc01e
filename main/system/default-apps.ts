/**
 * `mimeapps.list` of the MIME Applications Associations Specification: which program opens what. Of several the first
 * that is installed counts, so ours goes in front and, taken out again, leaves whoever was there before. Everything
 * else in the file stays as it is.
 */
const section = '[Default Applications]';

export interface Wish {
  readonly types: readonly string[];
  readonly desktopId: string;
}

export function isDefault(text: string, { types, desktopId }: Wish): boolean {
  const entries = entriesOf(text);
  return types.every((type) => entries.get(type)?.[0] === desktopId);
}

export function withDefault(text: string, { types, desktopId }: Wish): string {
  return changed(text, types, (ids) => [desktopId, ...ids.filter((id) => id !== desktopId)]);
}

export function withoutDefault(text: string, { types, desktopId }: Wish): string {
  return changed(text, types, (ids) => ids.filter((id) => id !== desktopId));
}

type Change = (ids: readonly string[]) => readonly string[];

function changed(text: string, types: readonly string[], change: Change): string {
  const entries = entriesOf(text);
  const next = types.flatMap((type) => {
    const ids = change(entries.get(type) ?? []);
    return ids.length > 0 ? [`${type}=${ids.join(';')};`] : [];
  });
  const kept = linesOf(text).filter(({ key, inSection }) => !inSection || !types.includes(key));
  const lines = kept.map(({ line }) => line);
  const at = lines.findIndex((line) => line.trim() === section);
  if (at >= 0) lines.splice(at + 1, 0, ...next);
  else if (next.length > 0) lines.unshift(section, ...next, ...(text === '' ? [] : ['']));
  const result = lines.join('\n');
  return result === '' || result.endsWith('\n') ? result : `${result}\n`;
}

function entriesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, readonly string[]>();
  for (const { line, key, inSection } of linesOf(text)) {
    if (!inSection || key === '' || entries.has(key)) continue;
    const ids = line.slice(line.indexOf('=') + 1).split(';');
    entries.set(
      key,
      ids.map((id) => id.trim()).filter((id) => id !== ''),
    );
  }
  return entries;
}

interface Line {
  readonly line: string;
  /** Empty where the line is no entry. */
  readonly key: string;
  readonly inSection: boolean;
}

function linesOf(text: string): readonly Line[] {
  let inSection = false;
  return text.split('\n').map((line) => {
    const start = line.trim();
    if (start.startsWith('[')) inSection = start === section;
    const isEntry = start.includes('=') && !start.startsWith('#');
    return { line, key: isEntry ? start.slice(0, start.indexOf('=')).trim() : '', inSection };
  });
}
