import { isDeviceId } from '../mqtt/device-sign-in.js';

/** What devices behind a broker publish; the broker's access control binds the id to its owner. */
export const DEVICE_TOPICS = ['devices/+/telemetry', 'devices/+/status'] as const;

/** The device a topic belongs to; undefined: it is no device id. */
export function ownerOf(topic: string): string | undefined {
  const id = topic.split('/')[1] ?? '';
  return isDeviceId(id) ? id : undefined;
}

export function isStatus(topic: string): boolean {
  return topic.endsWith('/status');
}

export function sharedTopic(group: string, topic: string): string {
  return `$share/${group}/${topic}`;
}
