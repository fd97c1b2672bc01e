interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export function judge(
  report: object | undefined,
  exitCode: number,
): Counted & { readonly problem?: string };
export function failedTitles(report: object | undefined): string[];
export function runTests(
  projects: readonly string[],
  files?: readonly string[],
): Promise<Counted & { readonly failures: readonly string[] }>;
