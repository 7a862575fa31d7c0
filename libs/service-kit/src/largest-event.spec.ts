import { describe, expect, it } from '@jest/globals';
import { TOPICS, toCloudEvent, type EventMetadata } from '@brain/contracts';
import { APPEND_MAX_BYTES, appendBytes, InMemoryEventStore } from '@brain/event-store';
import { InMemoryMessageBus } from '@brain/message-bus';

const id = '0197f3d2-7c1b-7000-8000-000000000001';
const metadata: EventMetadata = {
  source: 'case-management',
  time: '2026-03-01T08:00:00.000Z',
  correlationId: id.repeat(4),
  causationId: id,
  actor: { type: 'user', id },
  areaCode: '440305001001-01-01-01',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
};

describe('the largest event that the store takes', () => {
  it('goes through the bus, so that it never holds up those after it', async () => {
    const empty = { eventId: id, type: 'case-management.case-reported.v1', data: { text: '' }, metadata };
    const largest = { ...empty, data: { text: 'x'.repeat(APPEND_MAX_BYTES - appendBytes([empty])) } };
    const store = new InMemoryEventStore();
    const { events } = await store.append([{ streamId: `case-${id}`, expectedRevision: 'none', events: [largest] }]);
    expect(appendBytes(events)).toBe(APPEND_MAX_BYTES);
    const bus = new InMemoryMessageBus();
    await expect(bus.publish(TOPICS.caseEvents, events.map(toCloudEvent))).resolves.toBeUndefined();
    await bus.close();
  });
});
