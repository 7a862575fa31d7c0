import {
  ERASED,
  staffAvailabilityChangedV1,
  staffChangedV1,
  staffErasedV1,
  staffRegisteredV1,
  TOPICS,
  type Availability,
  type StaffProfile,
  type StoredEvent,
} from '@brain/contracts';
import { createEventCodec, foldedTable, type FoldedRows, type Projection } from '@brain/event-store';
import type { ClientBase } from 'pg';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1, staffAvailabilityChangedV1, staffErasedV1]);

/** Events after which somebody may have become available to a waiting case. */
export const STAFF_EVENT_TYPES = codec.types;

interface OnHand extends Pick<StaffProfile, 'name' | 'roles' | 'areaCodes'> {
  readonly availability: Availability;
}

const staffRows: FoldedRows<OnHand> = {
  table: 'staff',
  key: 'staff_id',
  idOf: (stored) => String(stored.data['staffId']),
  async read(sql, ids) {
    const { rows } = await sql.query<OnHand & { readonly staffId: string }>(
      'SELECT staff_id AS "staffId", name, roles, area_codes AS "areaCodes", availability FROM staff WHERE staff_id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ staffId, ...onHand }) => [staffId, onHand]));
  },
  fold: (known, stored) => staffAfter(known, stored),
  row: ({ name, roles, areaCodes, availability }, stored) => ({
    staff_id: staffRows.idOf(stored),
    name,
    roles,
    area_codes: areaCodes,
    availability,
    revision: stored.revision,
  }),
  besides: { isOf: ({ type }) => type === codec.wireName('StaffErased'), write: erasePast },
};

/** Own copy of who works where and who is on duty. A person is off duty until told otherwise. */
export const staffOnHandProjection: Projection = {
  name: 'staff-on-hand',
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  ...foldedTable(staffRows),
};

function staffAfter(known: OnHand | undefined, stored: StoredEvent): OnHand | undefined {
  const event = codec.decode(stored);
  switch (event.type) {
    case 'StaffRegistered':
    case 'StaffChanged': {
      const { name, roles, areaCodes } = event.data;
      return { name, roles, areaCodes, availability: known?.availability ?? 'off-duty' };
    }
    case 'StaffAvailabilityChanged':
      return known && { ...known, availability: event.data.availability };
    case 'StaffErased':
      return known && { ...known, name: ERASED };
  }
}

async function erasePast(sql: ClientBase, stored: StoredEvent): Promise<void> {
  await sql.query('UPDATE staff_past SET name = $2 WHERE staff_id = $1', [staffRows.idOf(stored), ERASED]);
}
