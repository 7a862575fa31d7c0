import type { IClientOptions } from 'mqtt';
import type { DeviceAccount } from '../mosquitto/sending-device.js';

/** Where devices come in, and how they sign in and publish there. */
export interface DeviceDoor {
  readonly url: string;
  signIn(account: DeviceAccount): IClientOptions;
  topicOf(account: DeviceAccount): string;
}

/** Sensor-ingestion itself. */
export function listenerDoor(url: string): DeviceDoor {
  return {
    url,
    signIn: ({ accessToken }) => ({ username: accessToken }),
    topicOf: () => 'v1/devices/me/telemetry',
  };
}

/** Mosquitto hears of a new device a moment later, and refuses it until then. */
export function brokerDoor(url: string): DeviceDoor {
  return {
    url,
    signIn: ({ deviceId, accessToken }) => ({ username: deviceId, password: accessToken, reconnectOnConnackError: true }),
    topicOf: ({ deviceId }) => `devices/${deviceId}/telemetry`,
  };
}
