/** The running calls of the groups that home shows: what the server says of them, and again after a broken connection. */
import type { GroupCall } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { SignalingPort } from '../calls/ports';
import type { TellHome } from './tell-home';

export class GroupCalls {
  readonly #signaling: Pick<SignalingPort, 'request'>;
  readonly #tellHome: TellHome;
  #watched: readonly string[] = [];

  constructor(signaling: Pick<SignalingPort, 'request'>, tellHome: TellHome) {
    this.#signaling = signaling;
    this.#tellHome = tellHome;
  }

  /** Replaces the list of watched groups; it holds on every later connection too. */
  async watch(groupIds: readonly string[]): Promise<Result<readonly GroupCall[], 'offline'>> {
    this.#watched = groupIds;
    const answer = await this.#signaling.request('group-calls.watch', { groupIds });
    return answer.ok ? ok(answer.value.calls) : err('offline');
  }

  handleWelcome(): void {
    if (this.#watched.length > 0) void this.#watchAgain();
  }

  /** A call that ended while the connection was away is told of as none. */
  async #watchAgain(): Promise<void> {
    const groupIds = this.#watched;
    const answer = await this.watch(groupIds);
    if (!answer.ok) return;
    for (const groupId of groupIds) {
      const call = answer.value.find((running) => running.groupId === groupId) ?? null;
      this.#tellHome('phone:group-call.changed', { groupId, call });
    }
  }
}
