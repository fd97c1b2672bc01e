/** Installs what is missing where it may, else names it and ends the process. */
export function requirePackages(what: 'run' | 'test'): void;
