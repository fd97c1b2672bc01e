/** What the signaling client needs from where it runs: a socket, a clock (main/clock.ts) and chance. */
export interface SocketHandlers {
  onOpen(): void;
  onMessage(text: string): void;
  /**
   * Once per socket, however it ended: the close code, 1006 when none came, or that whoever answers there is not the
   * server that was meant.
   */
  onClose(code: number | 'wrong-key'): void;
}

export interface Socket {
  send(text: string): void;
  /** Ends in order: the other side hears the code. */
  close(code: number): void;
  /** Drops the socket without waiting for anybody. */
  terminate(): void;
}

/** Starts to connect. Never throws: what fails is reported as onClose. */
export type SocketFactory = (url: string, handlers: SocketHandlers) => Socket;

/** A number from 0 up to, not including, 1. */
export type Random = () => number;
