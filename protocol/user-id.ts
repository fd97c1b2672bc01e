/** What a user or group id looks like. By itself here, so that a page can ask without carrying the schemas. */
export const userIdPattern = '^[A-Za-z0-9][A-Za-z0-9._@-]*$';
