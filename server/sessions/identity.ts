/** Who a connection speaks for, once it has signed in. The connection says so, never the message. */
export interface Identity {
  readonly userId: string;
  readonly deviceId: string;
}
