/** By the number of a fuse of @electron/fuses: whether it is on. */
export function fusesFor(platform: string): Readonly<Record<number, boolean>>;
