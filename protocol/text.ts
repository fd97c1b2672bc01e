/** What texts may hold. PostgreSQL stores no U+0000 at all. */
export const textPattern = '^[^\\u0000]*$';

/** Names and searches are one line: no control characters. */
export const linePattern = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';
