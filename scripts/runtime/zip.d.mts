export function unpackZip(
  file: string,
  folder: string,
  rename: (name: string) => string | undefined,
): void;
