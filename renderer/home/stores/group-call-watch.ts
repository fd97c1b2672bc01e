/** Which calls run in the groups of the user: asks the server to tell about these groups and no others. */
import { shallowReactive } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { GroupCall } from '#protocol/messages';

export interface GroupCallWatch {
  /** By group id. */
  readonly running: ReadonlyMap<string, GroupCall>;
  readonly learn: (news: { readonly groupId: string; readonly call: GroupCall | null }) => void;
  /** Replaces the list of groups. */
  readonly watch: (groupIds: readonly string[]) => Promise<void>;
  /** A new connection knows nothing of what the former one watched. */
  readonly forgetWatch: () => void;
  readonly clear: () => void;
}

export function groupCallWatch(api: Pick<HomeApi, 'watchGroupCalls'>): GroupCallWatch {
  const running = shallowReactive(new Map<string, GroupCall>());
  /** What was told while a question was on its way is newer than its answer. */
  const toldMeanwhile = new Set<string>();
  let watched = '';

  function put(groupId: string, call: GroupCall | null): void {
    if (call) running.set(groupId, call);
    else running.delete(groupId);
  }

  async function watch(wanted: readonly string[]): Promise<void> {
    const groupIds = wanted.slice(0, limits.groupsPerUser);
    const list = groupIds.join('\n');
    if (list === watched) return;
    watched = list;
    toldMeanwhile.clear();
    const answer = await api.watchGroupCalls({ groupIds });
    // Another list, or another connection, was asked about meanwhile.
    if (watched !== list) return;
    if (!answer.ok) {
      watched = '';
      return;
    }
    const answered = new Map(answer.value.map((call) => [call.groupId, call]));
    for (const groupId of new Set([...groupIds, ...running.keys()]))
      if (!toldMeanwhile.has(groupId)) put(groupId, answered.get(groupId) ?? null);
  }

  return {
    running,
    watch,
    learn: ({ groupId, call }) => {
      toldMeanwhile.add(groupId);
      put(groupId, call);
    },
    forgetWatch: () => {
      watched = '';
    },
    clear: () => {
      watched = '';
      running.clear();
    },
  };
}
