const OWN = new Set(['v1/devices/me/telemetry', 'v2/t', 'v2/t/j']);
const BY_ID = /^devices\/([^/]+)\/telemetry$/;

/** Why this device may not publish telemetry here; undefined: it may. */
export function topicRefusal(topic: string, deviceId: string): string | undefined {
  if (OWN.has(topic)) return undefined;
  const id = BY_ID.exec(topic)?.[1];
  if (id === undefined) return 'There is nothing to publish to under this topic';
  return id === deviceId ? undefined : 'This topic belongs to another device';
}
