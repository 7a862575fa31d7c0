import type { ClientBase } from 'pg';
import { ERASED, type DeviceProfile, type StoredEvent } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { deviceCodec } from './device.codec.js';

/** One row per device. When it was last seen is not here: that comes from its connections, not from events. */
export const deviceListProjection: Projection = {
  name: 'device-list',
  tables: ['device_list', 'device_wearer'],
  types: deviceCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = deviceCodec.decode(stored);
    const { deviceId } = event.data;
    switch (event.type) {
      case 'DeviceRegistered':
        await sql.query(
          `INSERT INTO device_list (device_id, name, kind, area_code, lng, lat, wearer_id, state, online, revision)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'registered', false, $8)`,
          [deviceId, ...profileColumns(event.data), stored.revision],
        );
        return wornFrom(sql, stored, event.data);
      case 'DeviceChanged':
        await sql.query(
          `UPDATE device_list SET name = $2, kind = $3, area_code = $4, lng = $5, lat = $6, wearer_id = $7, revision = $8 WHERE device_id = $1`,
          [deviceId, ...profileColumns(event.data), stored.revision],
        );
        return wornFrom(sql, stored, event.data);
      case 'DeviceRetired':
        return set(sql, deviceId, stored.revision, `state = 'retired', online = false`);
      case 'DeviceWearerErased':
        await sql.query(
          'UPDATE device_list SET name = $3, lng = NULL, lat = NULL WHERE device_id = $1 AND wearer_id = $2',
          [deviceId, event.data.wearerId, ERASED],
        );
        return set(sql, deviceId, stored.revision);
      case 'DeviceTokenRotated':
        return set(sql, deviceId, stored.revision);
      case 'DeviceCameOnline':
        return set(sql, deviceId, stored.revision, 'online = true');
      case 'DeviceWentOffline':
        return set(sql, deviceId, stored.revision, 'online = false');
    }
  },
};

function profileColumns({ name, kind, areaCode, location, wearerId }: DeviceProfile): unknown[] {
  return [name, kind, areaCode, location?.lng ?? null, location?.lat ?? null, wearerId ?? null];
}

/** Remembers when the device came to somebody, or was given back: whose readings those of a time are. */
async function wornFrom(sql: ClientBase, { metadata, revision }: StoredEvent, { deviceId, wearerId = null }: DeviceProfile & { readonly deviceId: string }): Promise<void> {
  await sql.query(
    `INSERT INTO device_wearer (device_id, revision, since, wearer_id)
     SELECT $1, $2, $3, $4::uuid WHERE $4::uuid IS DISTINCT FROM
       (SELECT wearer_id FROM device_wearer WHERE device_id = $1 ORDER BY revision DESC LIMIT 1)`,
    [deviceId, revision, metadata.time, wearerId],
  );
}

async function set(sql: ClientBase, deviceId: string, revision: number, ...changes: string[]): Promise<void> {
  await sql.query(`UPDATE device_list SET ${[...changes, 'revision = $2'].join(', ')} WHERE device_id = $1`, [deviceId, revision]);
}
