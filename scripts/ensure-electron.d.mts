export interface Runtime {
  readonly binary: string;
  readonly dist: string;
  readonly version: string;
  readonly official: boolean;
}
export function ensureElectron(): Promise<Runtime>;
