import { limits } from '#protocol/limits';
import type { Connection, Identity } from './connection';

/** The signed-in connections of this server, one per device. Devices are told apart within their user only. */
export class SessionRegistry {
  readonly #users = new Map<string, Map<string, Connection>>();

  /** A device that is here may always come again: it replaces itself. */
  hasRoomFor(identity: Identity): boolean {
    const devices = this.#users.get(identity.userId)?.size ?? 0;
    return devices < limits.devicesPerUser || this.has(identity);
  }

  /** The connection this one replaces, if the device had another. */
  add({ userId, deviceId }: Identity, connection: Connection): Connection | undefined {
    const devices = this.#users.get(userId) ?? new Map<string, Connection>();
    const former = devices.get(deviceId);
    devices.set(deviceId, connection);
    this.#users.set(userId, devices);
    return former;
  }

  /** False when the device has another connection by now. */
  remove({ userId, deviceId }: Identity, connection: Connection): boolean {
    const devices = this.#users.get(userId);
    if (devices?.get(deviceId) !== connection) return false;
    devices.delete(deviceId);
    if (devices.size === 0) this.#users.delete(userId);
    return true;
  }

  get({ userId, deviceId }: Identity): Connection | undefined {
    return this.#users.get(userId)?.get(deviceId);
  }

  has(identity: Identity): boolean {
    return this.get(identity) !== undefined;
  }

  devicesOf(userId: string): readonly string[] {
    return [...(this.#users.get(userId)?.keys() ?? [])];
  }

  isOnline(userId: string): boolean {
    return this.#users.has(userId);
  }

  ofUser(userId: string): readonly Connection[] {
    return [...(this.#users.get(userId)?.values() ?? [])];
  }
}
