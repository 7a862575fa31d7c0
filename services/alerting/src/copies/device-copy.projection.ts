import { TOPICS, deviceChangedV1, deviceRegisteredV1, deviceRetiredV1, type DeviceProfile } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([deviceRegisteredV1, deviceChangedV1, deviceRetiredV1]);

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
          `INSERT INTO device_copy (device_id, name, kind, area_code, location, retired) VALUES ($1, $2, $3, $4, $5, false)
           ON CONFLICT (device_id) DO UPDATE
           SET name = excluded.name, kind = excluded.kind, area_code = excluded.area_code, location = excluded.location`,
          [deviceId, ...profileValues(event.data)],
        );
        return;
      case 'DeviceRetired':
        await sql.query('UPDATE device_copy SET retired = true WHERE device_id = $1', [deviceId]);
        return;
    }
  },
};

function profileValues({ name, kind, areaCode, location }: DeviceProfile): readonly unknown[] {
  return [name, kind, areaCode, location === null ? null : JSON.stringify(location)];
}
