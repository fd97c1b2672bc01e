/** What this session has seen of the directory. Names in calls come from here, never from the call. */
import type { UserProfile } from '#protocol/messages';
import type { PeoplePort, SignalingPort } from '../calls/ports';
import { type Clock, within } from '../clock';

/** Nobody waits longer for a name: the user id stands in for it. */
const nameLimitMs = 2_000;
const remembered = 2_000;

export class People implements PeoplePort {
  readonly #signaling: Pick<SignalingPort, 'request'>;
  readonly #clock: Clock;
  readonly #profiles = new Map<string, UserProfile>();

  constructor(signaling: Pick<SignalingPort, 'request'>, clock: Clock) {
    this.#signaling = signaling;
    this.#clock = clock;
  }

  note(people: readonly UserProfile[]): void {
    for (const person of people) {
      // Set anew, so that the oldest in the map is the one not seen for longest.
      this.#profiles.delete(person.userId);
      this.#profiles.set(person.userId, person);
    }
    for (const userId of this.#profiles.keys()) {
      if (this.#profiles.size <= remembered) break;
      this.#profiles.delete(userId);
    }
  }

  known(userId: string): UserProfile {
    return this.#profiles.get(userId) ?? { userId, name: userId };
  }

  async find(userId: string): Promise<UserProfile> {
    if (this.#profiles.has(userId)) return this.known(userId);
    const asked = this.#signaling
      .request('directory.profiles', { userIds: [userId] })
      .then((answer) => {
        if (answer.ok) this.note(answer.value.people);
      });
    await within(this.#clock, nameLimitMs, asked, undefined);
    return this.known(userId);
  }
}
