import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { DeviceCredentials, tokenHash } from '../devices/device-credentials.js';
import { deviceCodec } from '../devices/device.codec.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import { isDeviceId, type Claim } from './device-sign-in.js';
import type { DeviceSession } from './device-session.js';

interface KnownDevice {
  readonly deviceId: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly isRetired: boolean;
  readonly wearerId: string | null;
  readonly tokenHash: Buffer | null;
}

/** Who a token speaks for, and what has become of those who are connected. */
@Injectable()
export class DeviceDirectory {
  constructor(
    private readonly database: Database,
    private readonly credentials: DeviceCredentials,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** undefined: there is no such device, or this does not prove to be it. */
  async signIn(claim: Claim): Promise<DeviceSession | undefined> {
    switch (claim.by) {
      case 'nothing':
        return undefined;
      case 'certificate':
        return this.device(claim.deviceId);
      case 'token':
      case 'id-and-token': {
        const deviceId = await this.credentials.deviceOf(claim.token);
        if (deviceId === undefined || (claim.by === 'id-and-token' && claim.deviceId !== deviceId)) return undefined;
        return this.device(deviceId, tokenHash(claim.token));
      }
    }
  }

  /** A device that something else vouches for: a broker's access control, a certificate. */
  async device(deviceId: string, proof: Buffer | null = null): Promise<DeviceSession | undefined> {
    if (!isDeviceId(deviceId)) return undefined;
    // From its events, not from the read table: a device may connect in the moment it was registered or retired.
    const { state } = await loadState(this.store, deviceCodec, deviceDecider, deviceStream(deviceId));
    if (state.status === 'absent') return undefined;
    const { kind, areaCode, wearerId = null } = state.profile;
    return { deviceId, tokenHash: proof, kind, areaCode, wearerId, isRetired: state.status === 'retired' };
  }

  /** Brings sessions up to date; gives those whose token no longer holds. */
  async refresh(sessions: readonly DeviceSession[]): Promise<readonly DeviceSession[]> {
    if (sessions.length === 0) return [];
    const rows = await this.database.query<KnownDevice>(
      `SELECT device_id AS "deviceId", kind, area_code AS "areaCode", wearer_id AS "wearerId", state = 'retired' AS "isRetired", token_hash AS "tokenHash"
       FROM device_list LEFT JOIN device_credential USING (device_id) WHERE device_id = ANY ($1::uuid[])`,
      [sessions.map(({ deviceId }) => deviceId)],
    );
    const known = new Map(rows.map((row) => [row.deviceId, row]));
    return sessions.filter((session) => {
      const now = known.get(session.deviceId);
      if (now === undefined) return false; // the read table does not have it yet
      session.kind = now.kind;
      session.areaCode = now.areaCode;
      session.wearerId = now.wearerId;
      session.isRetired ||= now.isRetired;
      return session.tokenHash !== null && now.tokenHash?.equals(session.tokenHash) === false;
    });
  }
}
