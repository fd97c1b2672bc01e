/** Which texts there are, and which of them the sources name. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** Each text with the path to it: `call.title` → the words. */
export function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  );
}

export const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

/** Keys that a source names in full: t('call.title'). */
export function keysNamed(source: string): string[] {
  return [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key = '']) => key);
}

/** Keys that a source may name: every quoted path, and every path with places to fill: `call.status.${phase}`. */
export function keyPatterns(source: string): RegExp[] {
  const quoted = [...source.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, key = '']) => key);
  const filled = [...source.matchAll(/`([\w-]+\.(?:[\w.-]|\$\{[^}]*\})*)`/g)].map(
    ([, key = '']) => key,
  );
  return [...quoted, ...filled].map(
    (key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
  );
}

/** What a source takes out of objects, by its name: `texts.tray.open`, or `const { open } = texts.tray`. */
export function propertiesNamed(source: string): Set<string> {
  const taken = [...source.matchAll(/\.(\w+)/g)].map(([, name = '']) => name);
  const unpacked = [...source.matchAll(/\{([^{}]*)\}\s*[:=](?!>)/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => /^\w*/.exec(name.trim())?.[0] ?? ''),
  );
  return new Set([...taken, ...unpacked]);
}
