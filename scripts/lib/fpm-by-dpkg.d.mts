export interface FpmArguments {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

export function parseArguments(args: readonly string[]): FpmArguments;
export function controlFile(options: FpmArguments['options'], installedKiB: number): string;
