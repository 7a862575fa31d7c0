import { Injectable } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import { Database, missingFromCopy } from '@brain/service-kit';

@Injectable()
export class AreaRegister {
  constructor(private readonly database: Database) {}

  /** Refuses with AREA_UNKNOWN. */
  async require(code: string): Promise<void> {
    const missing = await missingFromCopy(async () => {
      const rows = await this.database.query('SELECT 1 FROM areas WHERE code = $1', [code]);
      return rows.length > 0 ? [] : [code];
    });
    if (missing.length === 0) return;
    throw new DomainError('AREA_UNKNOWN', `There is no area ${code}`, [{ path: 'areaCode', message: 'is not a registered area' }]);
  }
}
