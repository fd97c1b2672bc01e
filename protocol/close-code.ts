/** Why the server closes a connection. The client looks up here whether to come back by itself. */
export const closeCodes = {
  1000: { name: 'done', retry: false },
  1001: { name: 'going-away', retry: true },
  1009: { name: 'too-large', retry: false },
  1012: { name: 'server-restart', retry: true },
  4400: { name: 'bad-message', retry: false },
  4401: { name: 'bad-credentials', retry: false },
  4402: { name: 'sign-in-late', retry: true },
  4403: { name: 'device-revoked', retry: false },
  4408: { name: 'heartbeat-late', retry: true },
  4409: { name: 'replaced', retry: false },
  4426: { name: 'protocol-too-old', retry: false },
  4429: { name: 'rate-limited', retry: true },
} as const;

export type CloseCode = keyof typeof closeCodes;
export type CloseName = (typeof closeCodes)[CloseCode]['name'];

/** Codes the network itself makes (1006 and friends) always mean: try again. */
export function mayRetry(code: number): boolean {
  return code in closeCodes ? closeCodes[code as CloseCode].retry : true;
}
