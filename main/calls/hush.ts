/**
 * Rings that this computer keeps quiet, since its system says that the person does not want to be disturbed. Decided once a
 * ring, before anything of it is shown, by what is known then: no ring waits. The server is told of those that stay quiet,
 * on every new connection, until it has heard.
 */
import { breaksThrough } from '#protocol/do-not-disturb';
import type { CallRules } from '#protocol/messages';
import { type CallSnapshot, type Viewer, isRinging, legOf } from '#protocol/snapshot';
import type { CallCommands } from './call-commands';
import type { CallStore } from './call-store';
import type { QuietPort } from './ports';
import { ringerIdOf } from './rules/desk-call';
import { isRingingHere } from './rules/wanted';
import { ToldOnce } from './told-once';

export interface HushOptions {
  readonly store: CallStore;
  readonly commands: CallCommands;
  readonly viewer: Viewer;
  readonly quiet: QuietPort;
  readonly rules: () => CallRules;
  /** The server's clock. */
  readonly nowMs: () => number;
}

export class Hush {
  readonly #options: HushOptions;
  /** The leg of each ring that was decided. */
  readonly #decided = new Map<string, string>();
  readonly #told = new ToldOnce();

  constructor(options: HushOptions) {
    this.#options = options;
  }

  /** A call has come, or there is something new of it. */
  consider(call: CallSnapshot): void {
    const { viewer, nowMs, rules, quiet, store } = this.#options;
    const { callId } = call;
    const legId = legOf(call, viewer.userId)?.legId;
    if (legId === undefined || !isRingingHere(call, viewer, nowMs())) return;
    if (this.#decided.get(callId) === legId) return;
    this.#decided.set(callId, legId);
    this.#told.delete(callId);
    if (quiet.isQuiet && !breaksThrough(rules(), ringerIdOf(call, viewer))) store.hush(callId);
  }

  handleWelcome(): void {
    this.#told.clear();
  }

  /** Once a second. */
  tick(): void {
    this.#told.forgetUnheard();
    this.update();
  }

  update(): void {
    const { store, commands, viewer } = this.#options;
    for (const { call, facts } of store.known()) {
      const { callId } = call;
      const leg = legOf(call, viewer.userId);
      if (!facts.isHushed || !leg || !isRinging(leg)) continue;
      this.#told.tell(callId, () => commands.run('call.silenced', { callId }));
    }
  }

  delete(callId: string): void {
    this.#decided.delete(callId);
    this.#told.delete(callId);
  }
}
