/** A computer that is touched, left alone and locked as a test wants. */
import type { PowerPort } from '#main/desktop/attention';

export class FakePower implements PowerPort {
  idleSeconds = 0;
  isLocked = false;
  readonly listeners = new Map<string, Set<() => void>>();

  getSystemIdleState(thresholdSeconds: number): 'active' | 'idle' | 'locked' {
    if (this.isLocked) return 'locked';
    return this.idleSeconds >= thresholdSeconds ? 'idle' : 'active';
  }

  on(event: string, listener: () => void): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: () => void): void {
    this.listeners.get(event)?.delete(listener);
  }

  emit(event: string): void {
    for (const listener of this.listeners.get(event) ?? []) listener();
  }
}
