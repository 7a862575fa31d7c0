import { Inject, Injectable } from '@nestjs/common';
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

  async unknownDevices(deviceIds: readonly string[]): Promise<readonly string[]> {
    return this.waitUntilEmpty(async () => {
      const rows = await this.database.query<{ device_id: string }>(
        'SELECT device_id FROM device_copy WHERE device_id = ANY($1) AND NOT retired',
        [deviceIds],
      );
      const known = new Set(rows.map((row) => row.device_id));
      return deviceIds.filter((id) => !known.has(id));
    });
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
