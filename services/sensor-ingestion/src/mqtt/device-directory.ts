import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { DeviceCredentials, tokenHash } from '../devices/device-credentials.js';
import { deviceCodec } from '../devices/device.codec.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import type { DeviceSession } from './device-session.js';

interface KnownDevice {
  readonly deviceId: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly isRetired: boolean;
  readonly tokenHash: Buffer;
}

/** Who a token speaks for, and what has become of those who are connected. */
@Injectable()
export class DeviceDirectory {
  constructor(
    private readonly database: Database,
    private readonly credentials: DeviceCredentials,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** undefined: nobody has this token. */
  async signIn(token: string): Promise<DeviceSession | undefined> {
    const deviceId = await this.credentials.deviceOf(token);
    if (deviceId === undefined) return undefined;
    // From its events, not from the read table: a device may connect in the moment it was registered or retired.
    const { state } = await loadState(this.store, deviceCodec, deviceDecider, deviceStream(deviceId));
    if (state.status === 'absent') return undefined;
    const { kind, areaCode } = state.profile;
    return { deviceId, tokenHash: tokenHash(token), kind, areaCode, isRetired: state.status === 'retired' };
  }

  /** Brings sessions up to date; gives those whose token no longer holds. */
  async refresh(sessions: readonly DeviceSession[]): Promise<readonly DeviceSession[]> {
    if (sessions.length === 0) return [];
    const rows = await this.database.query<KnownDevice>(
      `SELECT device_id AS "deviceId", kind, area_code AS "areaCode", state = 'retired' AS "isRetired", token_hash AS "tokenHash"
       FROM device_list JOIN device_credential USING (device_id) WHERE device_id = ANY ($1::uuid[])`,
      [sessions.map(({ deviceId }) => deviceId)],
    );
    const known = new Map(rows.map((row) => [row.deviceId, row]));
    return sessions.filter((session) => {
      const now = known.get(session.deviceId);
      if (now === undefined) return false; // the read table does not have it yet
      session.kind = now.kind;
      session.areaCode = now.areaCode;
      session.isRetired ||= now.isRetired;
      return !now.tokenHash.equals(session.tokenHash);
    });
  }
}
