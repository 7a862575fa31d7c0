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

export interface Subscriptions {
  readonly wanted: readonly string[];
  /** Of the same session before the number of sessions changed: with both, everything would come twice. */
  readonly unwanted: readonly string[];
}

/** One session needs nobody to share with, and Mosquitto forgets shared subscriptions, not others, when it restarts. */
export function subscriptionsOf(group: string, sessions: number): Subscriptions {
  const shared = DEVICE_TOPICS.map((topic) => sharedTopic(group, topic));
  return sessions === 1 ? { wanted: DEVICE_TOPICS, unwanted: shared } : { wanted: shared, unwanted: DEVICE_TOPICS };
}
