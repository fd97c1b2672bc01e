import { limits } from '#protocol/limits';
import type { Connection } from './connection';
import type { Identity } from './identity';

interface Entry {
  readonly deviceId: string;
  readonly connection: Connection;
}

const nobody: readonly Entry[] = [];

/**
 * The signed-in connections of this server, one per device. Devices are told apart within their user only; they are few,
 * so they are a list: a map for each user would be a tenth of all that a connection costs.
 */
export class SessionRegistry {
  readonly #users = new Map<string, readonly Entry[]>();

  /** A device that is here may always come again: it replaces itself. */
  hasRoomFor(identity: Identity): boolean {
    return this.#of(identity.userId).length < limits.devicesPerUser || this.has(identity);
  }

  /** The connection this one replaces, if the device had another. */
  add({ userId, deviceId }: Identity, connection: Connection): Connection | undefined {
    const devices = this.#of(userId);
    const former = devices.find((entry) => entry.deviceId === deviceId);
    const others = devices.filter((entry) => entry !== former);
    this.#users.set(userId, [...others, { deviceId, connection }]);
    return former?.connection;
  }

  /** False when the device has another connection by now. */
  remove({ userId, deviceId }: Identity, connection: Connection): boolean {
    if (this.get({ userId, deviceId }) !== connection) return false;
    const others = this.#of(userId).filter((entry) => entry.deviceId !== deviceId);
    if (others.length === 0) this.#users.delete(userId);
    else this.#users.set(userId, others);
    return true;
  }

  get({ userId, deviceId }: Identity): Connection | undefined {
    return this.#of(userId).find((entry) => entry.deviceId === deviceId)?.connection;
  }

  has(identity: Identity): boolean {
    return this.get(identity) !== undefined;
  }

  devicesOf(userId: string): readonly string[] {
    return this.#of(userId).map(({ deviceId }) => deviceId);
  }

  isOnline(userId: string): boolean {
    return this.#users.has(userId);
  }

  ofUser(userId: string): readonly Connection[] {
    return this.#of(userId).map(({ connection }) => connection);
  }

  #of(userId: string): readonly Entry[] {
    return this.#users.get(userId) ?? nobody;
  }
}
