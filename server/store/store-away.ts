/** Somebody changed what a transaction had read before it held the locks: it has to begin again. */
export class Conflict extends Error {}

const codes = new Set([
  // PostgreSQL is shutting down, starting, or out of connections; or the connection to it broke.
  ...['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'],
  // It gave up on a statement: our own time limit, a deadlock.
  ...['57014', '40P01'],
  // It cannot be reached or, the name server being away, not even be found.
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** Whether the database could not be asked, so that the same request may work in a moment. */
export function isStoreAway(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    codes.has(code) ||
    code.startsWith('SQLITE_BUSY') ||
    /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
  );
}
