/**
 * What a test made and must give back, newest first. Every step runs, also when an earlier one failed; the failures
 * are reported together, so that a leak is never hidden by another.
 */
export class Cleanup {
  private readonly steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.steps.push(step);
  }

  /** Registers the owner's close and hands the owner back. */
  own<T extends { close(): unknown }>(owner: T): T {
    this.add(() => owner.close());
    return owner;
  }

  async close(): Promise<void> {
    const problems: unknown[] = [];
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        problems.push(error);
      }
    }
    if (problems.length === 1) throw problems[0];
    if (problems.length > 1) throw new AggregateError(problems, summary(problems));
  }
}

function summary(problems: readonly unknown[]): string {
  return problems.map((problem) => String(problem)).join('\n');
}

/** Runs `make` with a fresh cleanup and closes it at once when `make` fails, so that half a thing leaves nothing. */
export async function building<T>(make: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  try {
    return await make(cleanup);
  } catch (error) {
    await cleanup.close();
    throw error;
  }
}
