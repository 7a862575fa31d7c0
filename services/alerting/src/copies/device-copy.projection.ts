import { ERASED, TOPICS, deviceChangedV1, deviceRegisteredV1, deviceRetiredV1, deviceWearerErasedV1, type DeviceProfile } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([deviceRegisteredV1, deviceChangedV1, deviceRetiredV1, deviceWearerErasedV1]);

export const deviceCopyProjection: Projection = {
  name: 'device-copy',
  tables: ['device_copy'],
  types: codec.types,
  from: { topics: [TOPICS.deviceEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    const { deviceId } = event.data;
    switch (event.type) {
      case 'DeviceRegistered':
      case 'DeviceChanged':
        await sql.query(
          `INSERT INTO device_copy (device_id, name, kind, area_code, location, wearer_id, retired) VALUES ($1, $2, $3, $4, $5, $6, false)
           ON CONFLICT (device_id) DO UPDATE
           SET name = excluded.name, kind = excluded.kind, area_code = excluded.area_code, location = excluded.location,
               wearer_id = excluded.wearer_id,
               worn_since = CASE WHEN device_copy.wearer_id IS DISTINCT FROM excluded.wearer_id THEN $7 ELSE device_copy.worn_since END`,
          [deviceId, ...profileValues(event.data), Date.parse(stored.metadata.time)],
        );
        return;
      case 'DeviceRetired':
        await sql.query('UPDATE device_copy SET retired = true WHERE device_id = $1', [deviceId]);
        return;
      case 'DeviceWearerErased':
        await sql.query('UPDATE device_copy SET name = $3, location = NULL WHERE device_id = $1 AND wearer_id = $2', [deviceId, event.data.wearerId, ERASED]);
        return;
    }
  },
};

function profileValues({ name, kind, areaCode, location, wearerId }: DeviceProfile): readonly unknown[] {
  return [name, kind, areaCode, location === null ? null : JSON.stringify(location), wearerId ?? null];
}
