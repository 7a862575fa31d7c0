import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';

/** What concerns everybody is an alert in each of these. */
@Injectable()
export class Counties {
  constructor(private readonly database: Database) {}

  async codes(): Promise<readonly string[]> {
    const rows = await this.database.query<{ code: string }>('SELECT code FROM area_copy WHERE length(code) = 6 ORDER BY code');
    return rows.map(({ code }) => code);
  }
}
