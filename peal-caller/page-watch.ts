/** What happens to the page itself that its calls have to know. */
export interface PageHandlers {
  /** Looked at again, perhaps after a sleep of the machine. */
  readonly onSeen: () => void;
  readonly onNetworkChange: () => void;
  /** The page is being closed or left. */
  readonly onLeave: () => void;
}

/** Returns its stop. */
export function watchPage({ onSeen, onNetworkChange, onLeave }: PageHandlers): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const handleVisibility = (): void => {
    if (document.visibilityState === 'visible') onSeen();
  };
  addEventListener('online', onNetworkChange, { signal });
  document.addEventListener('visibilitychange', handleVisibility, { signal });
  addEventListener('pagehide', onLeave, { signal });
  return () => stop.abort();
}
