import { Inject, Injectable } from '@nestjs/common';
import { coversArea, type Actor } from '@brain/auth';
import { Database, missingFromCopy } from '@brain/service-kit';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';

/**
 * Whether what a rule names exists, from our copies. News of a device registered a moment ago may still be on its
 * way, so a "no" is only given after waiting for it.
 */
@Injectable()
export class ScopeCopies {
  constructor(
    private readonly database: Database,
    @Inject(ALERTING_SETTINGS) private readonly settings: AlertingSettings,
  ) {}

  /** Those that are not registered, or are outside the areas of the person: both after the same wait. */
  async devicesOutOfReach(deviceIds: readonly string[], actor: Actor): Promise<{ readonly unknown: readonly string[]; readonly outside: boolean }> {
    let outside = false;
    const unknown = await this.waitUntilEmpty(async () => {
      const rows = await this.database.query<{ device_id: string; area_code: string }>(
        'SELECT device_id, area_code FROM device_copy WHERE device_id = ANY($1) AND NOT retired',
        [deviceIds],
      );
      const reached = new Set(rows.filter(({ area_code: code }) => coversArea(actor, code)).map((row) => row.device_id));
      outside = rows.length > reached.size;
      return deviceIds.filter((id) => !reached.has(id));
    });
    return { unknown, outside };
  }

  /** Where those of the devices are that we know of. */
  async areasOfDevices(deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ device_id: string; area_code: string }>(
      'SELECT device_id, area_code FROM device_copy WHERE device_id = ANY($1)',
      [deviceIds],
    );
    return new Map(rows.map((row) => [row.device_id, row.area_code]));
  }

  async knowsArea(code: string): Promise<boolean> {
    const missing = await this.waitUntilEmpty(async () => {
      const rows = await this.database.query('SELECT 1 FROM area_copy WHERE code = $1', [code]);
      return rows.length > 0 ? [] : [code];
    });
    return missing.length === 0;
  }

  private waitUntilEmpty(missing: () => Promise<readonly string[]>): Promise<readonly string[]> {
    return missingFromCopy(missing, this.settings.ALERTING_COPY_WAIT_MS);
  }
}
