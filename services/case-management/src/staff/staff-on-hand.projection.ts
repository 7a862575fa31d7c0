import {
  ERASED,
  staffAvailabilityChangedV1,
  staffChangedV1,
  staffErasedV1,
  staffRegisteredV1,
  TOPICS,
  type StaffProfile,
  type StoredEvent,
} from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';
import type { ClientBase } from 'pg';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1, staffAvailabilityChangedV1, staffErasedV1]);

/** Events after which somebody may have become available to a waiting case. */
export const STAFF_EVENT_TYPES = codec.types;

/** Own copy of who works where and who is on duty. A person is off duty until told otherwise. */
export const staffOnHandProjection: Projection = {
  name: 'staff-on-hand',
  tables: ['staff'],
  past: ['staff'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    switch (event.type) {
      case 'StaffRegistered':
      case 'StaffChanged':
        await saveProfile(sql, event.data.staffId, event.data, stored);
        return;
      case 'StaffAvailabilityChanged':
        await sql.query('UPDATE staff SET availability = $2, revision = $3 WHERE staff_id = $1', [
          event.data.staffId,
          event.data.availability,
          stored.revision,
        ]);
        return;
      case 'StaffErased':
        await sql.query('UPDATE staff SET name = $2, revision = $3 WHERE staff_id = $1', [event.data.staffId, ERASED, stored.revision]);
        await sql.query('UPDATE staff_past SET name = $2 WHERE staff_id = $1', [event.data.staffId, ERASED]);
    }
  },
};

async function saveProfile(sql: ClientBase, staffId: string, profile: StaffProfile, { revision }: StoredEvent): Promise<void> {
  await sql.query(
    `INSERT INTO staff (staff_id, name, roles, area_codes, availability, revision) VALUES ($1, $2, $3, $4, 'off-duty', $5)
     ON CONFLICT (staff_id) DO UPDATE SET
       name = excluded.name, roles = excluded.roles, area_codes = excluded.area_codes, revision = excluded.revision`,
    [staffId, profile.name, profile.roles, profile.areaCodes, revision],
  );
}
