import { Injectable } from '@nestjs/common';
import { areaFilter, type Actor } from '@brain/auth';
import type { Availability, Role, StaffName, StaffView } from '@brain/contracts';
import { Database, decodeCursor, page, type Page } from '@brain/service-kit';
import { staffUnknown } from './domain/staff.decider.js';
import { requireVisible } from './staff-access.js';

export interface StaffFilter {
  readonly area?: string | undefined;
  readonly availability?: Availability | undefined;
  readonly role?: Role | undefined;
  /** Part of the name or post. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const COLUMNS = 'staff_id AS "staffId", name, roles, area_codes AS "areaCodes", skills, post, availability, revision';

/** Holds when one of the person's areas is or lies below one of the areas of the text[] parameter; null: everywhere. */
const worksIn = (parameter: string) => `(${parameter}::text[] IS NULL OR EXISTS (
  SELECT 1 FROM unnest(area_codes) AS own (code), unnest(${parameter}::text[]) AS wanted (code)
  WHERE own.code = wanted.code
     OR starts_with(own.code, wanted.code || CASE WHEN length(wanted.code) < 15 THEN '' ELSE '-' END)))`;

@Injectable()
export class StaffListQuery {
  constructor(private readonly database: Database) {}

  /** As the list shows the person. Refuses with STAFF_UNKNOWN. */
  async get(staffId: string, actor: Actor): Promise<StaffView> {
    const [person] = await this.database.query<StaffView>(`SELECT ${COLUMNS} FROM staff_list WHERE staff_id = $1`, [staffId]);
    if (person === undefined) throw staffUnknown();
    return requireVisible(person, actor);
  }

  /** No more of those of `list` than whom an account names. */
  async names(actor: Actor, filter: Pick<StaffFilter, 'q' | 'limit' | 'cursor'>): Promise<Page<StaffName>> {
    const { items, nextCursor } = await this.list(actor, filter);
    return { items: items.map(({ staffId, name, post }) => ({ staffId, name, post })), nextCursor };
  }

  /** By name; only people who work in the reader's areas. */
  async list(actor: Actor, filter: StaffFilter): Promise<Page<StaffView>> {
    const { area, availability, role, q, limit, cursor } = filter;
    const scope = areaFilter(actor);
    const [name, staffId] = decodeCursor(cursor, 2) ?? [null, null];
    const rows = await this.database.query<StaffView>(
      `SELECT ${COLUMNS} FROM staff_list
       WHERE ${worksIn('$1')} AND ${worksIn('$2')}
         AND ($3::text IS NULL OR availability = $3) AND ($4::text IS NULL OR $4 = ANY (roles))
         AND ($5::text IS NULL OR strpos(name, $5) > 0 OR strpos(post, $5) > 0)
         AND ($6::text IS NULL OR (name, staff_id) > ($6, $7::uuid))
       ORDER BY name, staff_id LIMIT $8`,
      [scope === 'all' ? null : scope, area === undefined ? null : [area], availability ?? null, role ?? null, q ?? null, name, staffId, limit + 1],
    );
    return page(rows, limit, (person) => [person.name, person.staffId]);
  }
}
