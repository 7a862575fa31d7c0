import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type DeviceView } from '@brain/contracts';
import { requireInSight, type Actor } from '@brain/auth';
import { EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { deviceCodec } from './device.codec.js';
import { deviceDecider } from './domain/device.decider.js';
import { deviceStream } from './domain/device.stream.js';

/** A device as its events say, also in the moment after a change: its revision is what If-Match is compared with. */
@Injectable()
export class DeviceRecords {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly database: Database,
  ) {}

  /** Refuses with DEVICE_UNKNOWN, also what lies outside the actor's areas. */
  async get(actor: Actor, deviceId: string): Promise<DeviceView> {
    const { state, events } = await loadState(this.store, deviceCodec, deviceDecider, deviceStream(deviceId));
    if (state.status === 'absent') throw deviceUnknown();
    requireInSight(actor, state.profile.areaCode, deviceUnknown());
    return {
      deviceId,
      ...state.profile,
      state: state.status,
      online: state.status === 'registered' && state.online,
      lastSeenAt: await this.lastSeen(deviceId),
      revision: events.length - 1,
    };
  }

  private async lastSeen(deviceId: string): Promise<string | null> {
    const [row] = await this.database.query<{ seen_at: Date }>('SELECT seen_at FROM device_seen WHERE device_id = $1', [deviceId]);
    return row?.seen_at.toISOString() ?? null;
  }
}

function deviceUnknown(): DomainError {
  return new DomainError('DEVICE_UNKNOWN', 'There is no such device');
}
