import { Injectable } from '@nestjs/common';
import type { Location } from '@brain/contracts';
import { Clock, Database } from '@brain/service-kit';

export interface DeviceCopy {
  readonly deviceId: string;
  readonly name: string;
  readonly location: Location | null;
}

/** A new name may show on alerts this much later. */
const FRESH_MS = 10_000;

/**
 * Names and places of devices, from our copy of the register, read again after some seconds. One that is not there
 * yet is asked for each time: news of it is on its way.
 */
@Injectable()
export class DeviceCopies {
  private readonly known = new Map<string, { readonly copy: DeviceCopy; readonly readAt: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DeviceCopy>> {
    const now = this.clock.millis();
    const stale = deviceIds.filter((id) => (this.known.get(id)?.readAt ?? 0) <= now - FRESH_MS);
    if (stale.length > 0) await this.read(stale, now);
    return new Map(
      deviceIds.flatMap((id) => {
        const copy = this.known.get(id)?.copy;
        return copy === undefined ? [] : [[id, copy] as const];
      }),
    );
  }

  private async read(deviceIds: readonly string[], now: number): Promise<void> {
    const rows = await this.database.query<{ device_id: string; name: string; location: Location | null }>(
      'SELECT device_id, name, location FROM device_copy WHERE device_id = ANY($1)',
      [deviceIds],
    );
    for (const { device_id: deviceId, name, location } of rows) {
      this.known.set(deviceId, { copy: { deviceId, name, location }, readAt: now });
    }
  }
}
