import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import { EVENT_STORE, settledHead, START_POSITION, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { EVALUATION_CONFIG, type EvaluationConfig } from '../config.js';
import { outcomeCodec } from './outcome-events.codec.js';

const CHUNK = 1_000;
const LOOK_EVERY_MS = 25;

/**
 * Events reach this service over the bus, a moment after they are recorded. A number computed in that moment would
 * differ from the same number computed later; so a computation first makes sure that nothing recorded is missing.
 */
@Injectable()
export class EvidenceComplete {
  /** Up to here nothing is missing. */
  private checked = START_POSITION;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly database: Database,
    @Inject(EVALUATION_CONFIG) private readonly config: EvaluationConfig,
  ) {}

  /** The newest position of the record, once all before it is here. Refuses with EVIDENCE_UNAVAILABLE. */
  async upToNow(): Promise<string> {
    const head = await settledHead(this.store, this.config.EVALUATION_EVIDENCE_PATIENCE_MS);
    if (head === undefined) throw unavailable();
    let eventIds: string[] = [];
    const options = { after: this.checked, until: head, types: outcomeCodec.types, source: 'case-management' };
    for await (const { eventId } of this.store.readAll(options)) {
      eventIds.push(eventId);
      if (eventIds.length < CHUNK) continue;
      await this.arrived(eventIds);
      eventIds = [];
    }
    await this.arrived(eventIds);
    if (head > this.checked) this.checked = head;
    return head;
  }

  private async arrived(eventIds: readonly string[]): Promise<void> {
    for (let waited = 0; waited <= this.config.EVALUATION_EVIDENCE_PATIENCE_MS; waited += LOOK_EVERY_MS) {
      const [row] = await this.database.query<{ here: number }>(
        'SELECT count(*)::int AS here FROM case_events WHERE event_id = ANY ($1)',
        [eventIds],
      );
      if (row?.here === eventIds.length) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw unavailable();
  }
}

function unavailable(): DomainError {
  return new DomainError('EVIDENCE_UNAVAILABLE', 'Recorded events have not all arrived yet, try again');
}
