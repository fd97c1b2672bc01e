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

  constructor(signaling: Pick<SignalingPort, 'request'>, clock: Clock) {
    this.#signaling = signaling;
    this.#clock = clock;
  }

  async list(): Promise<Result<readonly Group[], 'offline'>> {
    // What changes while the answer is on its way makes it old again.
    this.#isFresh = true;
    const answer = await this.#signaling.request('directory.groups', {});
    if (!answer.ok) {
      this.#isFresh = false;
      return err('offline');
    }
    const { groups } = answer.value;
    this.#groups = new Map(groups.map((group) => [group.groupId, group]));
    return ok(groups);
  }

  known(groupId: string): Group | null {
    return this.#groups.get(groupId) ?? null;
  }

  async find(groupId: string): Promise<Group | null> {
    if (!this.#isFresh || !this.#groups.has(groupId)) {
      await within(this.#clock, groupLimitMs, this.list(), undefined);
    }
    return this.known(groupId);
  }

  /** What is known is shown on, until somebody asks. */
  handleChanged(): void {
    this.#isFresh = false;
  }
}
