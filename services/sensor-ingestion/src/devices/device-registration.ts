import { Injectable } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { requireArea } from '@brain/auth';
import type { DeviceProfile } from '@brain/contracts';
import { Commands, type RequestContext } from '@brain/service-kit';
import { AreaRegister } from '../areas/area-register.query.js';
import { Wearers } from '../wearers/wearers.query.js';
import { DeviceCredentials } from './device-credentials.js';
import { deviceCodec } from './device.codec.js';
import { deviceDecider } from './domain/device.decider.js';
import { deviceStream } from './domain/device.stream.js';

const DEVICE_NAMESPACE = '0d9d2a54-4a0e-4b0e-8c0b-6f3c1a0d5e11';

export interface RegisteredDevice {
  readonly deviceId: string;
  /** null on a repeat: it was shown the first time and is kept nowhere. */
  readonly accessToken: string | null;
}

@Injectable()
export class DeviceRegistration {
  constructor(
    private readonly commands: Commands,
    private readonly areas: AreaRegister,
    private readonly credentials: DeviceCredentials,
    private readonly wearers: Wearers,
  ) {}

  /** Which of these areas can have devices? */
  knownAreas(codes: readonly string[]): Promise<ReadonlySet<string>> {
    return this.areas.known(codes);
  }

  /** With an Idempotency-Key the same request, sent again, is the same device. */
  async register(profile: DeviceProfile, request: RequestContext, knownAreas?: ReadonlySet<string>): Promise<RegisteredDevice> {
    const { areaCode } = profile;
    requireArea(request.actor, areaCode);
    await this.wearers.requireNotErased(profile.wearerId);
    const deviceId = request.idempotencyKey === undefined ? uuidv7() : uuidv5(request.idempotencyKey, DEVICE_NAMESPACE);
    const areaKnown = (knownAreas ?? (await this.knownAreas([areaCode]))).has(areaCode);
    const command = { type: 'RegisterDevice', deviceId, profile, areaKnown } as const;
    await this.commands.run(deviceCodec, deviceDecider, deviceStream(deviceId), command, request, { areaCode });
    // After the event: when we die in between, the repeat finds no token yet and makes one.
    return { deviceId, accessToken: await this.credentials.issue(deviceId) };
  }
}
