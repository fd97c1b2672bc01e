/** The groups of this user, as the server told them last. A call names its group by id alone; the name comes from here. */
import type { Group } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { GroupsPort, SignalingPort } from '../calls/ports';
import { type Clock, within } from '../clock';

/** Nobody waits longer for the name of a group: the call has one without. */
const groupLimitMs = 2_000;

export class Groups implements GroupsPort {
  readonly #signaling: Pick<SignalingPort, 'request'>;
  readonly #clock: Clock;
  #groups: ReadonlyMap<string, Group> = new Map();
  #isFresh = false;
  /** The question that is under way. */
  #asking: Promise<Result<readonly Group[], 'offline'>> | undefined;

  constructor(signaling: Pick<SignalingPort, 'request'>, clock: Clock) {
    this.#signaling = signaling;
    this.#clock = clock;
  }

  /** One question at a time, unless something changed since it was asked. */
  list(): Promise<Result<readonly Group[], 'offline'>> {
    if (this.#asking && this.#isFresh) return this.#asking;
    // What changes while the answer is on its way makes it old again.
    this.#isFresh = true;
    const asking = this.#ask().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  known(groupId: string): Group | null {
    return this.#groups.get(groupId) ?? null;
  }

  /** A group that a fresh list does not name is none of this user's: to ask again would not help. */
  async find(groupId: string): Promise<Group | null> {
    if (!this.#isFresh || this.#asking) {
      await within(this.#clock, groupLimitMs, this.list(), undefined);
    }
    return this.known(groupId);
  }

  /** What is known is shown on, until somebody asks. */
  handleChanged(): void {
    this.#isFresh = false;
  }

  async #ask(): Promise<Result<readonly Group[], 'offline'>> {
    const answer = await this.#signaling.request('directory.groups', {});
    if (!answer.ok) {
      this.#isFresh = false;
      return err('offline');
    }
    const { groups } = answer.value;
    this.#groups = new Map(groups.map((group) => [group.groupId, group]));
    return ok(groups);
  }
}
