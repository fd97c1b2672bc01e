/**
 * What the server itself does to calls, every second and at its start: deadlines, devices that came and went. One
 * call that fails is logged and holds up no other.
 *
 * Devices are compared as they are with what the calls say of them, so that an edge that was lost (the database failed
 * while a socket closed) is made up for a second later.
 */
import type { Clock } from '../clock';
import { type Log, describeError } from '../log';
import type { CallStore } from '../store/store';
import type { CallService, DeviceOf } from './call-service';
import type { LiveCalls } from './live-calls';
import type { CallState, LegRow } from './rules/call-state';
import { isRinging } from './rules/legs';
import { isReachWrong } from './rules/ring';

export interface CallUpkeepOptions {
  readonly calls: CallService;
  readonly store: { readonly calls: CallStore };
  readonly live: LiveCalls;
  readonly isConnected: (device: DeviceOf) => boolean;
  readonly isOnline: (userId: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const dueAtOnce = 200;
const keepEndedMs = 60 * 60_000;

export class CallUpkeep {
  readonly #options: CallUpkeepOptions;

  constructor(options: CallUpkeepOptions) {
    this.#options = options;
  }

  /** Before the first socket: nobody is connected, and everybody gets the whole grace again. */
  async recover(): Promise<void> {
    const { store, calls, live, log } = this.#options;
    const unended = await store.calls.unended();
    for (const call of unended) {
      // Known as it was, for the case that it fails: then the next ticks find its devices away.
      live.apply(call);
      await this.#attempt(call.callId, () =>
        calls.apply(call.callId, { type: 'server-restarted' }),
      );
    }
    if (unended.length > 0) log('info', 'calls recovered', { calls: unended.length });
  }

  /** Every second. */
  async tick(): Promise<void> {
    await this.#compareDevices();
    await this.#applyDeadlines();
  }

  async prune(): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock.now();
    await store.calls.prune(now, now - keepEndedMs);
  }

  async #applyDeadlines(): Promise<void> {
    const { store, calls, clock } = this.#options;
    for (const callId of await store.calls.due(clock.now(), dueAtOnce)) {
      await this.#attempt(callId, () => calls.apply(callId, { type: 'deadline' }));
    }
  }

  async #compareDevices(): Promise<void> {
    for (const call of this.#options.live.all()) {
      for (const leg of call.legs) {
        for (const deviceId of devicesOf(leg)) await this.#compare(call, leg, deviceId);
        await this.#compareReach(call, leg);
      }
    }
  }

  async #compare({ callId }: CallState, leg: LegRow, deviceId: string): Promise<void> {
    const { calls, isConnected } = this.#options;
    const device = { userId: leg.userId, deviceId };
    const isHere = isConnected(device);
    if (isHere === (leg.lostAt === undefined)) return;
    await this.#attempt(callId, () =>
      isHere ? calls.deviceBackIn(callId, device) : calls.deviceLostIn(callId, device),
    );
  }

  async #compareReach(call: CallState, leg: LegRow): Promise<void> {
    const { calls, isOnline } = this.#options;
    const { userId } = leg;
    const isWrong = (): boolean => isReachWrong(call, leg, isOnline(userId));
    if (!isWrong()) return;
    await this.#attempt(call.callId, () =>
      calls.apply(call.callId, { type: 'reach', userId }, () => !isWrong()),
    );
  }

  async #attempt(callId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log('error', 'call not kept up', { callId, ...describeError(error) });
    }
  }
}

/** Those whose sockets the leg counts on. */
function devicesOf(leg: LegRow): readonly string[] {
  if (isRinging(leg)) return leg.ringingDeviceIds;
  return leg.state === 'joined' && leg.deviceId !== undefined ? [leg.deviceId] : [];
}
