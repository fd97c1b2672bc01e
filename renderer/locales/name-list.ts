/** Names as the language joins them: “Bao, Carla and Deng”. Pure. */
export function nameList(language: string, names: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
