import { deviceChangedV1, deviceRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([deviceRegisteredV1, deviceChangedV1]);

/** Who ever wore which device, and where that is looked after. */
export const wearerCopyProjection: Projection = {
  name: 'wearer-copy',
  tables: ['wearer_copy'],
  types: codec.types,
  from: { topics: [TOPICS.deviceEvents] },
  async apply(sql, stored) {
    const { deviceId, wearerId, areaCode } = codec.decode(stored).data;
    if (!wearerId) return;
    await sql.query(
      'INSERT INTO wearer_copy (device_id, wearer_id, area_code) VALUES ($1, $2, $3) ON CONFLICT (device_id, wearer_id) DO UPDATE SET area_code = excluded.area_code',
      [deviceId, wearerId, areaCode],
    );
  },
};
