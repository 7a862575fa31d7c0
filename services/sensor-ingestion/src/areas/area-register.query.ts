import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';

@Injectable()
export class AreaRegister {
  constructor(private readonly database: Database) {}

  /** Which of these codes exist? */
  async known(codes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ code: string }>('SELECT code FROM areas WHERE code = ANY ($1)', [codes]);
    return new Set(rows.map(({ code }) => code));
  }
}
