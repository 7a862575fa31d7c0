import { Injectable } from '@nestjs/common';
import type { Availability, Role } from '@brain/contracts';
import { Database } from '@brain/service-kit';

/** A staff member as this service knows them. */
export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly availability: Availability;
}

const COLUMNS = 'staff_id AS "staffId", name, roles, area_codes AS "areaCodes", availability';

@Injectable()
export class StaffDirectory {
  constructor(private readonly database: Database) {}

  /** Grid workers responsible for the area or an area above it, and the person asked for, whoever that is. */
  responsibleFor(areaCode: string, asked: string | null): Promise<StaffMember[]> {
    return this.database.query<StaffMember>(
      `SELECT ${COLUMNS} FROM staff WHERE (area_codes && $1 AND 'grid-worker' = ANY (roles)) OR staff_id = $2`,
      [areaAndAbove(areaCode), asked],
    );
  }

  async find(staffId: string): Promise<StaffMember | undefined> {
    const [member] = await this.database.query<StaffMember>(`SELECT ${COLUMNS} FROM staff WHERE staff_id = $1`, [staffId]);
    return member;
  }

  all(): Promise<StaffMember[]> {
    return this.database.query<StaffMember>(`SELECT ${COLUMNS} FROM staff ORDER BY staff_id`);
  }

  async nameOf(staffId: string | null): Promise<string | null> {
    if (staffId === null) return null;
    const rows = await this.database.query<{ name: string }>('SELECT name FROM staff WHERE staff_id = $1', [staffId]);
    return rows[0]?.name ?? null;
  }
}

/** 440305001001001-01 → itself, the grid, the community, the street, the county. */
export function areaAndAbove(areaCode: string): readonly string[] {
  const [grid = '', ...below] = areaCode.split('-');
  const codes = [6, 9, 12, 15].filter((length) => length <= grid.length).map((length) => grid.slice(0, length));
  return [...codes, ...below.map((_, index) => [grid, ...below.slice(0, index + 1)].join('-'))];
}
