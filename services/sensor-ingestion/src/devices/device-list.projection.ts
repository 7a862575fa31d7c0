import type { ClientBase } from 'pg';
import { ERASED, type DeviceProfile, type StoredEvent } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { deviceCodec } from './device.codec.js';

const CONNECTION: ReadonlySet<string> = new Set([deviceCodec.wireName('DeviceCameOnline'), deviceCodec.wireName('DeviceWentOffline')]);

/** One row per device. When it was last seen is not here: that comes from its connections, not from events. */
export const deviceListProjection: Projection = {
  name: 'device-list',
  tables: ['device_list', 'device_wearer'],
  types: deviceCodec.types,
  from: 'store',
  apply,
  applyMany,
};

async function apply(sql: ClientBase, stored: StoredEvent): Promise<void> {
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
    case 'DeviceWentOffline':
      return setConnected(sql, [[deviceId, { online: event.type === 'DeviceCameOnline', revision: stored.revision }]]);
  }
}

interface Connected {
  readonly online: boolean;
  readonly revision: number;
}

/** Devices come and go far more often than anything else happens to them: of that, the last word before another event counts. */
async function applyMany(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
  let connected = new Map<string, Connected>();
  for (const stored of events) {
    if (CONNECTION.has(stored.type)) {
      const { type, data } = deviceCodec.decode(stored);
      connected.set(data.deviceId, { online: type === 'DeviceCameOnline', revision: stored.revision });
      continue;
    }
    await setConnected(sql, [...connected]);
    connected = new Map();
    await apply(sql, stored);
  }
  await setConnected(sql, [...connected]);
}

async function setConnected(sql: ClientBase, connected: readonly (readonly [deviceId: string, Connected])[]): Promise<void> {
  if (connected.length === 0) return;
  await sql.query(
    `UPDATE device_list SET online = new.online, revision = new.revision
     FROM unnest($1::uuid[], $2::boolean[], $3::bigint[]) AS new (device_id, online, revision) WHERE device_list.device_id = new.device_id`,
    [connected.map(([deviceId]) => deviceId), connected.map(([, { online }]) => online), connected.map(([, { revision }]) => revision)],
  );
}

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
