/** The documented call API (docs/call-api.md). */
export type { CallerBridge } from './bridge';
export { createCaller } from './caller';
export * from './enums';
export type { CallerOptions } from './options';
export type * from './types';
