import type { DeviceReading } from '@brain/contracts';

/** Keeps the newest reading per device between two flushes. */
export class ReadingThrottle {
  private newest = new Map<string, DeviceReading>();

  add(reading: DeviceReading): void {
    const known = this.newest.get(reading.deviceId);
    // Devices catch up after an outage: an older reading must not replace a newer one.
    if (known === undefined || reading.ts >= known.ts) this.newest.set(reading.deviceId, reading);
  }

  flush(): readonly DeviceReading[] {
    const readings = [...this.newest.values()];
    if (readings.length > 0) this.newest = new Map();
    return readings;
  }
}
