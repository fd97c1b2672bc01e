import type { Kysely, Selectable } from 'kysely';
import type { Tables } from './schema';
import type { DeviceRow, DeviceStore } from './store';

const toRow = (device: DeviceRow): Tables['devices'] => ({
  user_id: device.userId,
  device_id: device.deviceId,
  name: device.name,
  family: device.family,
  version: device.version,
  previous_hash: device.previousHash,
  current_hashes: JSON.stringify(device.currentHashes),
  revoked_at: device.revokedAt,
  signed_in_at: device.signedInAt,
});

const fromRow = (row: Selectable<Tables['devices']>): DeviceRow => ({
  userId: row.user_id,
  deviceId: row.device_id,
  name: row.name,
  family: row.family,
  version: row.version,
  previousHash: row.previous_hash,
  currentHashes: JSON.parse(row.current_hashes) as string[],
  revokedAt: row.revoked_at,
  signedInAt: row.signed_in_at,
});

export function sqlDevices(db: Kysely<Tables>): DeviceStore {
  return {
    put: async (device) => {
      const row = toRow(device);
      await db
        .insertInto('devices')
        .values(row)
        .onConflict((conflict) => conflict.columns(['user_id', 'device_id']).doUpdateSet(row))
        .execute();
    },
    find: async (userId, deviceId) => {
      const row = await db
        .selectFrom('devices')
        .selectAll()
        .where('user_id', '=', userId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    findFamily: async (family) => {
      const row = await db
        .selectFrom('devices')
        .selectAll()
        .where('family', '=', family)
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    update: async (device) => {
      const updated = await db
        .updateTable('devices')
        .set({ ...toRow(device), version: device.version + 1 })
        .where('family', '=', device.family)
        .where('version', '=', device.version)
        .executeTakeFirst();
      return updated.numUpdatedRows === 1n;
    },
  };
}
