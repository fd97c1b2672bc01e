export function build(): Promise<void>;
export function buildIfNeeded(): Promise<void>;
