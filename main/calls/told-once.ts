/** What the server is told of a call once a connection, and again at the next tick where it could not take it. */
import type { CallProblem } from '#common/problems';
import type { CommandResult } from './call-commands';

/** The next try may be heard. */
const unheard: readonly CallProblem[] = ['offline', 'rate-limited', 'server-error'];

export class ToldOnce {
  readonly #told = new Set<string>();
  readonly #unheard = new Set<string>();

  tell(callId: string, say: () => Promise<CommandResult>): void {
    if (this.#told.has(callId)) return;
    this.#told.add(callId);
    void say().then((answer) => {
      if (!answer.ok && unheard.includes(answer.error)) this.#unheard.add(callId);
    });
  }

  /** From the tick only: a server that answers like this at every try is asked once a second. */
  forgetUnheard(): void {
    for (const callId of this.#unheard) this.#told.delete(callId);
    this.#unheard.clear();
  }

  callIds(): readonly string[] {
    return [...this.#told];
  }

  delete(callId: string): void {
    this.#told.delete(callId);
    this.#unheard.delete(callId);
  }

  clear(): void {
    this.#told.clear();
    this.#unheard.clear();
  }
}
