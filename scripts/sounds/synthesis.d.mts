export const SAMPLE_RATE: number;
export const synthetic: readonly string[];
export function soundFile(name: string): Buffer;
