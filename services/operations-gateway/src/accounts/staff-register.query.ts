import { Injectable } from '@nestjs/common';
import { Database, missingFromCopy } from '@brain/service-kit';

export interface RegisteredStaff {
  readonly areaCodes: readonly string[];
  readonly erased: boolean;
}

interface Row extends Record<string, unknown> {
  readonly area_codes: readonly string[];
  readonly erased: boolean;
}

/** The register of staff, as copied from its events. */
@Injectable()
export class StaffRegister {
  constructor(private readonly database: Database) {}

  /** Undefined: nobody with this id is known, also not after waiting for news that may be on its way (two seconds, unless said otherwise). */
  async find(staffId: string, patienceMs?: number): Promise<RegisteredStaff | undefined> {
    let found: Row | undefined;
    await missingFromCopy(async () => {
      [found] = await this.database.query<Row>('SELECT area_codes, erased FROM staff_register WHERE staff_id = $1', [staffId]);
      return found === undefined ? [staffId] : [];
    }, patienceMs);
    return found === undefined ? undefined : { areaCodes: found.area_codes, erased: found.erased };
  }
}
