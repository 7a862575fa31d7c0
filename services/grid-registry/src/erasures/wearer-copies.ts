import { Injectable } from '@nestjs/common';
import { Database, missingFromCopy } from '@brain/service-kit';

/** Who wears a device, from our copy of the register of devices. */
@Injectable()
export class WearerCopies {
  constructor(private readonly database: Database) {}

  /** Where the devices of the person are looked after; none: nobody knows them as a wearer. News of a device may be on its way. */
  async areasOf(wearerId: string): Promise<readonly string[]> {
    const found: string[] = [];
    await missingFromCopy(async () => {
      const rows = await this.database.query<{ area: string }>('SELECT DISTINCT area_code AS area FROM wearer_copy WHERE wearer_id = $1 ORDER BY 1', [wearerId]);
      found.push(...rows.map(({ area }) => area));
      return found.length > 0 ? [] : [wearerId];
    });
    return found;
  }
}
