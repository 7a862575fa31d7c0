import { recordFaultFoundOf, type RecordFaultFound, type ServiceName } from '@brain/contracts';
import { createEventCodec, type EventStore, type FoundFault } from '@brain/event-store';
import type { Logger } from 'pino';
import { v5 as uuidv5 } from 'uuid';
import type { Clock } from '../clock.js';
import type { Metrics } from '../metrics.js';

const NAMESPACE = '0b9a3c52-3f0e-4a5c-8f0b-5e0b7c1d2f64';
/** Every reader meets a fault again and again; it is told once, by each process, as long as it remembers. */
const REMEMBERED = 10_000;

/**
 * What others have put into the event store, or taken out of it: one line in the log, one in the figures, and one event,
 * of which alerting makes an alert. The event has the same id whoever finds it, so the record has it once.
 */
export class RecordFaults {
  private readonly told = new Set<string>();
  private readonly found;
  private telling: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly service: ServiceName,
    private readonly logger: Logger,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.found = metrics.counter('brain_record_faults_total', 'Foreign or missing events met in the event store, each once', ['code']);
  }

  /** @param store of the service, which the event is added to */
  tell(store: Pick<EventStore, 'append'>, fault: FoundFault): void {
    const { code, streamId, revision } = fault;
    const key = `${code}/${streamId}/${String(revision)}`;
    if (this.told.has(key) || this.told.size >= REMEMBERED) return;
    this.told.add(key);
    this.found.inc({ code });
    this.logger.error({ code, streamId, revision }, 'the event store has something that this product did not write, or has lost something');
    // One after the other: a store full of foreign events must not be answered with as many appends at once.
    this.telling = this.telling.then(() => this.add(store, fault, key)).catch((error: unknown) => {
      this.told.delete(key); // told when it is met again
      this.logger.warn({ err: error, code, streamId }, 'a fault of the event store could not be recorded');
    });
  }

  private async add(store: Pick<EventStore, 'append'>, { code, streamId, revision }: FoundFault, key: string): Promise<void> {
    const now = this.clock.now();
    const contract = recordFaultFoundOf[this.service];
    const eventId = uuidv5(`${this.service}/${key}`, NAMESPACE);
    const data: RecordFaultFound['data'] = { code, streamId: streamId.slice(0, 500), revision, at: now };
    const encoded = createEventCodec([contract]).encode({ type: contract.name, data });
    const actor = { type: 'system', id: 'event-store' } as const;
    const metadata = { source: this.service, actor, time: now, correlationId: eventId, causationId: eventId };
    await store.append([{ streamId: `record-fault-${eventId}`, expectedRevision: 'none', events: [{ eventId, ...encoded, metadata }] }]);
  }
}
