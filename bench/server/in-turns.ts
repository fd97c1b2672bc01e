const atATime = 32;

/** Does the same to all, some at a time; the results in the order of the things. */
export async function inTurns<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < things.length; from += atATime) {
    results.push(...(await Promise.all(things.slice(from, from + atATime).map(work))));
  }
  return results;
}
