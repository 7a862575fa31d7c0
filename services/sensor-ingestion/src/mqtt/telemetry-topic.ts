const OWN = new Set(['v1/devices/me/telemetry', 'v2/t', 'v2/t/j']);
const BY_ID = /^devices\/([^/]+)\/telemetry$/;
/** What a device may listen to: its own topics of the ThingsBoard device API. */
const LISTEN = /^(v1\/devices\/me\/(attributes|attributes\/response\/\+|rpc\/request\/\+|rpc\/response\/\+)|v2\/(a|a\/j|a\/res\/\+|r\/req\/\+|r\/res\/\+))$/;

/** Why this device may not publish telemetry here; undefined: it may. */
export function topicRefusal(topic: string, deviceId: string): string | undefined {
  if (OWN.has(topic)) return undefined;
  const id = BY_ID.exec(topic)?.[1];
  if (id === undefined) return 'There is nothing to publish to under this topic';
  return id === deviceId ? undefined : 'This topic belongs to another device';
}

export function mayListen(topic: string): boolean {
  return LISTEN.test(topic);
}
