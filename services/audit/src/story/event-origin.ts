import type { AuditEvent, Origin, StoryPlace, ReadingNode } from '@brain/contracts';

type WithoutPlace<T> = T extends unknown ? Omit<T, 'place'> : never;

/**
 * May this event have been caused by another? A person's command never is: its cause is the request, whose id the
 * client may choose, so that it must not be taken for the id of an event.
 */
export function mayComeFromEvent({ actor, causationId, eventId }: AuditEvent): boolean {
  return actor.type !== 'user' && causationId !== eventId;
}

/** What an event comes from that no event caused. */
export function originOf(event: AuditEvent, place: StoryPlace, raised: AuditEvent | undefined): Origin {
  return { ...bareOrigin(event, raised), place };
}

function bareOrigin(event: AuditEvent, raised: AuditEvent | undefined): WithoutPlace<Origin> {
  const { actor, causationId, time } = event;
  if (actor.type === 'user') return { kind: 'request', id: `request:${causationId}`, correlationId: event.correlationId, actor, time };
  const reading = readingIn(event);
  if (reading === undefined) return { kind: 'system', id: `system:${causationId}`, actor, time };
  const { deviceId, deviceName } = (raised ?? event).data;
  return {
    kind: 'reading',
    id: `reading:${causationId}`,
    messageId: causationId,
    deviceId: textOrNull(deviceId),
    deviceName: textOrNull(deviceName),
    ...reading,
  };
}

function readingIn({ data }: AuditEvent): { readonly time: string; readonly values: ReadingNode['values'] } | undefined {
  const { reading } = data;
  if (typeof reading !== 'object' || reading === null || !('ts' in reading) || !('values' in reading)) return undefined;
  const { ts, values } = reading;
  if (typeof ts !== 'number' || typeof values !== 'object' || values === null) return undefined;
  return { time: new Date(ts).toISOString(), values: Object.fromEntries(Object.entries(values).filter(isMeasured)) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isMeasured(entry: [string, unknown]): entry is [string, number | string | boolean] {
  return ['number', 'string', 'boolean'].includes(typeof entry[1]);
}
