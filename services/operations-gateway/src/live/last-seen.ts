import { Injectable } from '@nestjs/common';
import type { DeviceView } from '@brain/contracts';

/** When each device last sent something, since this process started. Readings are not events, so no table has it. */
@Injectable()
export class LastSeen {
  private readonly times = new Map<string, number>();

  saw(deviceId: string, receivedAt: number): void {
    if (receivedAt > (this.times.get(deviceId) ?? 0)) this.times.set(deviceId, receivedAt);
  }

  /** The device with the newer of what its events and its readings say. */
  complete(view: DeviceView): DeviceView {
    const seen = this.times.get(view.deviceId);
    if (seen === undefined || (view.lastSeenAt !== null && Date.parse(view.lastSeenAt) >= seen)) return view;
    return { ...view, lastSeenAt: new Date(seen).toISOString() };
  }
}
