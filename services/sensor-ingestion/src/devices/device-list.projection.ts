import type { ClientBase } from 'pg';
import type { DeviceProfile } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { deviceCodec } from './device.codec.js';

/** One row per device. When it was last seen is not here: that comes from its connections, not from events. */
export const deviceListProjection: Projection = {
  name: 'device-list',
  tables: ['device_list'],
  types: deviceCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = deviceCodec.decode(stored);
    const { deviceId } = event.data;
    switch (event.type) {
      case 'DeviceRegistered':
        await sql.query(
          `INSERT INTO device_list (device_id, name, kind, area_code, lng, lat, state, online, revision)
           VALUES ($1, $2, $3, $4, $5, $6, 'registered', false, $7)`,
          [deviceId, ...profileColumns(event.data), stored.revision],
        );
        return;
      case 'DeviceChanged':
        await sql.query(
          `UPDATE device_list SET name = $2, kind = $3, area_code = $4, lng = $5, lat = $6, revision = $7 WHERE device_id = $1`,
          [deviceId, ...profileColumns(event.data), stored.revision],
        );
        return;
      case 'DeviceRetired':
        return set(sql, deviceId, stored.revision, `state = 'retired', online = false`);
      case 'DeviceTokenRotated':
        return set(sql, deviceId, stored.revision);
      case 'DeviceCameOnline':
        return set(sql, deviceId, stored.revision, 'online = true');
      case 'DeviceWentOffline':
        return set(sql, deviceId, stored.revision, 'online = false');
    }
  },
};

function profileColumns({ name, kind, areaCode, location }: DeviceProfile): unknown[] {
  return [name, kind, areaCode, location?.lng ?? null, location?.lat ?? null];
}

async function set(sql: ClientBase, deviceId: string, revision: number, ...changes: string[]): Promise<void> {
  await sql.query(`UPDATE device_list SET ${[...changes, 'revision = $2'].join(', ')} WHERE device_id = $1`, [deviceId, revision]);
}
