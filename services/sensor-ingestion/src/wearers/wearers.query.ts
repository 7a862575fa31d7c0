import { Injectable } from '@nestjs/common';
import { DomainError, subjectOf, type WearerChange } from '@brain/contracts';
import { PersonalData } from '@brain/event-store';
import { Database } from '@brain/service-kit';

const PAGE = 100;

export interface ErasedPerson {
  readonly personId: string;
  readonly areaCode: string | null;
}

export interface WornDevice {
  readonly deviceId: string;
  readonly changes: readonly WearerChange[];
}

@Injectable()
export class Wearers {
  constructor(
    private readonly database: Database,
    private readonly personalData: PersonalData,
  ) {}

  /** Refuses with WEARER_ERASED: nobody may be measured who was to be forgotten. */
  async requireNotErased(wearerId: string | null | undefined): Promise<void> {
    if (!wearerId) return;
    const keys = await this.personalData.keys.forSealing([subjectOf('person', wearerId)]);
    if (keys.size === 0) throw new DomainError('WEARER_ERASED', 'This person was erased and wears nothing any more', [{ path: 'wearerId', message: 'was erased' }]);
  }

  /** Those who were erased and are not forgotten, or were given a device since. */
  toForget(): Promise<readonly ErasedPerson[]> {
    return this.database.query<ErasedPerson & { [column: string]: unknown }>(
      `SELECT person_id AS "personId", area_code AS "areaCode" FROM erased_person
       WHERE NOT EXISTS (SELECT FROM forgotten_wearer WHERE wearer_id = person_id)
          OR EXISTS (SELECT FROM device_list WHERE wearer_id = person_id AND state <> 'retired')
       ORDER BY decided_at LIMIT $1`,
      [PAGE],
    );
  }

  /** Every device the person wore at any time, with all who wore it. */
  async devicesOf(wearerId: string): Promise<readonly WornDevice[]> {
    const rows = await this.database.query<{ deviceId: string; since: Date; wearerId: string | null }>(
      `SELECT device_id AS "deviceId", since, wearer_id AS "wearerId" FROM device_wearer
       WHERE device_id IN (SELECT device_id FROM device_wearer WHERE wearer_id = $1) ORDER BY device_id, revision`,
      [wearerId],
    );
    const devices = new Map<string, WearerChange[]>();
    for (const { deviceId, since, wearerId: wearer } of rows) {
      devices.set(deviceId, [...(devices.get(deviceId) ?? []), { since: since.toISOString(), wearerId: wearer }]);
    }
    return [...devices].map(([deviceId, changes]) => ({ deviceId, changes }));
  }
}
