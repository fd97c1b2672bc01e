/** The documented call API (docs/call-api.md). */
export type { CallerBridge } from './bridge';
export { type CallerOptions, createCaller } from './caller';
export * from './enums';
export type * from './types';
