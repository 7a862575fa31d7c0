import { Injectable } from '@nestjs/common';
import { Clock } from '@brain/service-kit';
import { DeviceDirectory } from '../mqtt/device-directory.js';
import type { DeviceSession } from '../mqtt/device-session.js';

const FORGET_AFTER_MS = 10 * 60_000;

interface Known {
  readonly session: Promise<DeviceSession | undefined>;
  lastAt: number;
}

/** Devices that have lately sent something through the broker. Its access control vouches for who they are. */
@Injectable()
export class BrokerDevices {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly directory: DeviceDirectory,
    private readonly clock: Clock,
  ) {}

  async find(deviceId: string): Promise<DeviceSession | undefined> {
    const known = this.known.get(deviceId);
    if (known !== undefined) {
      known.lastAt = this.clock.millis();
      return known.session;
    }
    const session = this.directory.device(deviceId);
    this.known.set(deviceId, { session, lastAt: this.clock.millis() });
    // Who is unknown may be registered in the next moment, and a failure may pass.
    const forget = () => this.known.delete(deviceId);
    session.then((found) => {
      if (found === undefined) forget();
    }, forget);
    return session;
  }

  /** Changed areas, retired devices. */
  async refresh(): Promise<void> {
    const longAgo = this.clock.millis() - FORGET_AFTER_MS;
    for (const [deviceId, { lastAt }] of this.known) if (lastAt < longAgo) this.known.delete(deviceId);
    const settled = await Promise.allSettled([...this.known.values()].map(({ session }) => session));
    await this.directory.refresh(settled.flatMap((one) => (one.status === 'fulfilled' && one.value !== undefined ? [one.value] : [])));
  }
}
