/** PostgreSQL is shutting down, starting, or out of connections; or the connection to it broke. */
const postgresCodes = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/** Whether the database could not be asked, so that the same request may work in a moment. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    postgresCodes.has(code) ||
    networkCodes.has(code) ||
    code.startsWith('SQLITE_BUSY') ||
    /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
  );
}
