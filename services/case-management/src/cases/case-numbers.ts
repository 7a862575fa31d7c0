import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';
import { localDate } from './domain/work-calendar.js';

/** Case numbers such as 440305-20261122-0001: county, local day, sequence of that county and day. */
@Injectable()
export class CaseNumbers {
  constructor(private readonly database: Database) {}

  /** The number of this case; asked again, the same. */
  allot(caseId: string, areaCode: string, at: string): Promise<string> {
    const county = areaCode.slice(0, 6);
    const day = localDate(at);
    return this.database.transaction(async (sql) => {
      const { rows: known } = await sql.query<{ number: string }>('SELECT number FROM case_numbers WHERE case_id = $1', [caseId]);
      if (known[0] !== undefined) return known[0].number;
      const { rows: counted } = await sql.query<{ last: number }>(
        `INSERT INTO case_number_counters AS counter (county, day, last) VALUES ($1, $2, 1)
         ON CONFLICT (county, day) DO UPDATE SET last = counter.last + 1 RETURNING last`,
        [county, day],
      );
      const number = `${county}-${day.replaceAll('-', '')}-${String(counted[0]?.last).padStart(4, '0')}`;
      const { rows } = await sql.query<{ number: string }>(
        `INSERT INTO case_numbers AS existing (case_id, number) VALUES ($1, $2)
         ON CONFLICT (case_id) DO UPDATE SET number = existing.number RETURNING number`,
        [caseId, number],
      );
      return rows[0]?.number ?? number;
    });
  }
}
