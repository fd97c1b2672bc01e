/**
 * A real server and ten people with a device each, and two of them with another one, for calls of several. The clock of
 * the server only goes on when a history says so: a minute of ringing takes no time, and never passes by chance.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '#server/clock';
import type { CallState } from '#server/calls/rules/call-state';
import type { StorePlace } from '#server/store/open-store';
import type { Store } from '#server/store/store';
import { limits } from '#protocol/limits';
import { SimMeshes, SimNet } from './sim-mesh';
import { SimDevice, SimWorld } from './sim-world';
import { waitFor } from './wait';

/** How often the server looks for what is due. */
const tickMs = 60;
const never = 1_000_000_000;

class HeldClock implements Clock {
  #passedMs = 0;
  readonly #began = Date.now();

  now(): number {
    return this.#began + this.#passedMs;
  }

  /** Silence is not what these histories are about: sockets are cut, never forgotten. Rates have room. */
  monotonic(): number {
    return performance.now() * 10 + this.#passedMs;
  }

  pass(ms: number): void {
    this.#passedMs += ms;
  }
}

/** A device with its meshes. */
export interface Member {
  readonly device: SimDevice;
  readonly meshes: SimMeshes;
}

export class GroupWorld {
  readonly members: readonly Member[];
  groupId = '';
  readonly net = new SimNet();
  readonly world: SimWorld;
  readonly #clock: HeldClock;
  readonly #store: Store;

  private constructor(world: SimWorld, clock: HeldClock, store: Store) {
    this.world = world;
    this.#clock = clock;
    this.#store = store;
    const id = randomUUID().slice(0, 8);
    const people = Array.from({ length: limits.participants + 1 }, (_, n) => `p${String(n)}-${id}`);
    // Two people have a second device.
    const devices = [...people, ...people.slice(0, 2)];
    this.members = devices.map((userId, n) => this.#member(userId, `${userId}-${String(n)}`));
  }

  static async start(place: StorePlace): Promise<GroupWorld> {
    const clock = new HeldClock();
    const timing = {
      heartbeatGraceIdleMs: never,
      heartbeatGraceInCallMs: never,
      ringAckMs: 60_000,
    };
    const times = { ringMs: 60_000, joinMs: 15_000, graceMs: 30_000 };
    let store: Store | undefined;
    const wrapStore = (opened: Store): Store => (store = opened);
    const world = await SimWorld.start(place, {
      ...times,
      clock,
      timing,
      tickMs,
      wrapStore,
      hurry: 1,
    });
    if (!store) throw new Error('the server opened no store');
    const made = new GroupWorld(world, clock, store);
    await made.#begin();
    return made;
  }

  async #begin(): Promise<void> {
    // One after the other: all at once they would wait for each other, give up, and come again.
    for (const { device } of this.members) {
      await device.start();
      await device.online();
    }
    const people = this.members.slice(0, limits.participants).map(({ device }) => device);
    const [first, ...others] = people;
    const memberIds = others.map(({ userId }) => userId);
    const made = await first?.ask('group.create', { name: 'Design', memberIds });
    if (!made?.ok) throw new Error('no group was made');
    this.groupId = made.value.group.groupId;
  }

  /** Everybody's app runs, and is online. */
  async revive(): Promise<void> {
    const devices = this.members.map(({ device }) => device);
    for (const device of devices) device.setOffline(false);
    await Promise.all(devices.map((device) => device.start()));
    await Promise.all(devices.map((device) => device.online()));
  }

  /** The server's time goes on, until nothing is due any more. */
  async pass(ms: number): Promise<void> {
    this.#clock.pass(ms);
    const isPast = async (): Promise<boolean> =>
      (await this.#store.calls.due(this.#clock.now(), 1)).length === 0;
    await waitFor(isPast, { what: 'the time limits', withinMs: 20_000, everyMs: 10 });
  }

  /** The truth: what the server has of the calls that go on. */
  unended(): Promise<readonly CallState[]> {
    return this.#store.calls.unended();
  }

  async close(): Promise<void> {
    for (const { device } of this.members) device.crash();
    await this.world.close();
  }

  #member(userId: string, deviceId: string): Member {
    const meshes = new SimMeshes(this.net);
    const reasons = new Map<string, string>();
    const device: SimDevice = new SimDevice(this.world, userId, deviceId, {
      onCall: (call) => {
        meshes.update(device, call);
        for (const leg of call.legs) {
          if (leg.state !== 'left') continue;
          const reason = `${String(leg.reason)} ${String(leg.cause)}`;
          if ((reasons.get(leg.legId) ?? reason) !== reason) {
            device.problems.push(`${deviceId}: two reasons of one leg`);
          }
          reasons.set(leg.legId, reason);
        }
      },
      onSignal: (signal) => meshes.handleSignal(signal),
      onOver: (callId) => meshes.stop(callId),
      onFresh: () => meshes.stopAll(),
    });
    return { device, meshes };
  }
}
