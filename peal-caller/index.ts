/** The package `peal-caller`: the documented call API for any page, over the page's own WebSocket. */
export {
  type ConnectOptions,
  type ConnectResult,
  type ConnectionChange,
  type PealClient,
  connect,
} from './connect';
export type { ConnectProblem, Failure } from './connect-problem';
export * from '#renderer/caller/enums';
export type * from '#renderer/caller/types';
