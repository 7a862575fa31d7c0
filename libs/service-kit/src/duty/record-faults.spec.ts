import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, START_POSITION, WatchedEventStore } from '@brain/event-store';
import { pino } from 'pino';
import { Clock } from '../clock.js';
import { Metrics } from '../metrics.js';
import { RecordFaults } from './record-faults.js';

async function recorded(store: InMemoryEventStore) {
  const events = [];
  for await (const event of store.readAll({ after: START_POSITION })) events.push(event);
  return events;
}

describe('a fault of the event store', () => {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const crafted = { eventId: 'e', type: 'alerting.alert-raised.v1', data: { secret: 'x' }, metadata: { source: 'alerting' } };

  it('is one line, one figure and one event, however often and by however many it is met', async () => {
    const inner = new InMemoryEventStore();
    await inner.append([{ streamId: 'alert-1', expectedRevision: 'none', events: [crafted as never] }]);
    const metrics = [new Metrics('alerting'), new Metrics('alerting')];
    const processes = metrics.map((each) => {
      const faults = new RecordFaults('alerting', logger, new Clock(), each);
      return new WatchedEventStore(inner, (fault) => faults.tell(inner, fault));
    });
    for (const store of [...processes, ...processes]) {
      for await (const event of store.readAll({ after: START_POSITION })) expect(event.streamId).toMatch(/^record-fault-/);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([1, 2].map(() => expect.objectContaining({ code: 'EVENT_SET_ASIDE', streamId: 'alert-1', revision: 0 })));
    expect(await metrics[0]?.registry.getSingleMetricAsString('brain_record_faults_total')).toContain('code="EVENT_SET_ASIDE",service="alerting"} 1');
    const [first, ...others] = await recorded(inner);
    expect(first?.streamId).toBe('alert-1');
    expect(others).toEqual([
      expect.objectContaining({ type: 'alerting.record-fault-found.v1', data: expect.objectContaining({ code: 'EVENT_SET_ASIDE', streamId: 'alert-1', revision: 0 }) as unknown }),
    ]);
    expect(JSON.stringify(others)).not.toContain('secret');
  });
});
