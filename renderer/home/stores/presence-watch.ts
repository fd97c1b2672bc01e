/** How the people on the screen are: asks the server to tell about these and no others. */
import { shallowReactive } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { Presence } from '#protocol/messages';

export interface PresenceWatch {
  /** By user id; nobody is in it of whom nothing is known. */
  readonly known: ReadonlyMap<string, Presence>;
  readonly learn: (presence: readonly Presence[]) => void;
  /** Replaces the list; the ones that matter most come first. */
  readonly watch: (userIds: readonly string[]) => Promise<void>;
  /** A new connection knows nothing of what the former one watched. */
  readonly forget: () => void;
}

export function presenceWatch(api: Pick<HomeApi, 'watchPresence'>): PresenceWatch {
  const known = shallowReactive(new Map<string, Presence>());
  let watched = '';

  function learn(presence: readonly Presence[]): void {
    for (const one of presence) known.set(one.userId, one);
  }

  async function watch(wanted: readonly string[]): Promise<void> {
    const userIds = [...new Set(wanted)].slice(0, limits.watchedUsers);
    const list = userIds.join('\n');
    if (list === watched) return;
    watched = list;
    const answer = await api.watchPresence({ userIds });
    if (answer.ok) learn(answer.value);
    else if (watched === list) watched = '';
  }

  function forget(): void {
    watched = '';
    known.clear();
  }

  return { known, learn, watch, forget };
}
