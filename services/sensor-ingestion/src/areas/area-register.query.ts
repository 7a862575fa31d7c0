import { Injectable } from '@nestjs/common';
import { Database, missingFromCopy } from '@brain/service-kit';

@Injectable()
export class AreaRegister {
  constructor(private readonly database: Database) {}

  /** Which of these codes exist? */
  async known(codes: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    await missingFromCopy(async () => {
      const rows = await this.database.query<{ code: string }>('SELECT code FROM areas WHERE code = ANY ($1)', [codes]);
      for (const { code } of rows) known.add(code);
      return codes.filter((code) => !known.has(code));
    });
    return known;
  }
}
