import { ERASED, type Availability, type StaffProfile, type StoredEvent } from '@brain/contracts';
import { foldedTable, type FoldedRows, type Projection } from '@brain/event-store';
import type { ClientBase } from 'pg';
import { staffCodec } from './staff.codec.js';

interface Listed extends StaffProfile {
  readonly availability: Availability;
}

const staffRows: FoldedRows<Listed> = {
  table: 'staff_list',
  key: 'staff_id',
  idOf: (stored) => String(stored.data['staffId']),
  async read(sql, ids) {
    const { rows } = await sql.query<Listed & { readonly staffId: string }>(
      'SELECT staff_id AS "staffId", name, roles, area_codes AS "areaCodes", skills, post, availability FROM staff_list WHERE staff_id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ staffId, ...listed }) => [staffId, listed]));
  },
  fold: (known, stored) => staffAfter(known, stored),
  row: ({ name, roles, areaCodes, skills, post, availability }, stored) => ({
    staff_id: staffRows.idOf(stored),
    revision: stored.revision,
    name,
    roles,
    area_codes: areaCodes,
    skills,
    post,
    availability,
  }),
  besides: { isOf: ({ type }) => type === staffCodec.wireName('StaffErased'), write: erasePast },
};

export const staffListProjection: Projection = {
  name: 'staff-list',
  types: staffCodec.types,
  from: 'store',
  ...foldedTable(staffRows),
};

function staffAfter(known: Listed | undefined, stored: StoredEvent): Listed | undefined {
  const event = staffCodec.decode(stored);
  switch (event.type) {
    case 'StaffRegistered':
    case 'StaffChanged': {
      const { name, roles, areaCodes, skills, post } = event.data;
      return { name, roles, areaCodes, skills, post, availability: known?.availability ?? 'off-duty' };
    }
    case 'StaffAvailabilityChanged':
      return known && { ...known, availability: event.data.availability };
    case 'StaffErased':
      return known && { ...known, name: ERASED };
  }
}

async function erasePast(sql: ClientBase, stored: StoredEvent): Promise<void> {
  await sql.query('UPDATE staff_list_past SET name = $2 WHERE staff_id = $1', [staffRows.idOf(stored), ERASED]);
}
