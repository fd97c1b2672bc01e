/** Installs what is missing where it may, else names it and ends the process. */
export function requirePackages(what: 'run' | 'test'): void;

/** A container, a chroot, a build machine: what is installed there disturbs nobody. */
export function isNobodysMachine(): boolean;
