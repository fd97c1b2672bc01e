/** Tells the devices concerned what a commit has changed. */
import type { GroupCalls } from '../calls/group-calls';
import type { CallChange } from '../calls/write-decision';
import { type CallState, toSnapshot } from '../calls/rules/call-state';
import { legOfUser } from '../calls/rules/legs';
import type { OwnedRecord } from '../store/store';
import type { PresenceBoard } from '../presence/presence';
import { ringsUnseenOn } from './ring';
import type { SessionRegistry } from './session-registry';

export class CallPublisher {
  readonly #sessions: SessionRegistry;
  readonly #presence: PresenceBoard;
  readonly #groupCalls: GroupCalls;

  constructor(sessions: SessionRegistry, presence: PresenceBoard, groupCalls: GroupCalls) {
    this.#sessions = sessions;
    this.#presence = presence;
    this.#groupCalls = groupCalls;
  }

  publish({ previous, call, records }: CallChange): void {
    const text = JSON.stringify({ type: 'call.snapshot', call: toSnapshot(call) });
    for (const userId of concerned(previous, call)) {
      const isNewRing = hasNewLeg(previous, call, userId);
      for (const connection of this.#sessions.ofUser(userId)) {
        connection.pushText(text);
        const { identity } = connection;
        if (isNewRing && identity && ringsUnseenOn(call, identity)) connection.expectAnswer();
      }
    }
    for (const record of records) this.#add(record);
    this.#presence.refresh(call.legs.map((leg) => leg.userId));
    if (call.groupId !== undefined) this.#groupCalls.refresh(call.groupId);
  }

  #add({ userId, ...record }: OwnedRecord): void {
    for (const connection of this.#sessions.ofUser(userId)) {
      connection.push({ type: 'record.added', record });
    }
  }
}

/** Also of somebody who left and is asked again. */
function hasNewLeg(previous: CallState | null, { legs }: CallState, userId: string): boolean {
  const legId = legOfUser(legs, userId)?.legId;
  return !previous?.legs.some((leg) => leg.legId === legId);
}

/** Users who are in the call, or left it in this very revision. CR160: not those who may not hear of it. */
function concerned(previous: CallState | null, call: CallState): ReadonlySet<string> {
  const leftBefore = new Set(
    previous?.legs.filter((leg) => leg.state === 'left').map((leg) => leg.legId),
  );
  const heard = call.legs.filter((leg) => !leftBefore.has(leg.legId) && leg.isUnheard !== true);
  return new Set(heard.map((leg) => leg.userId));
}
