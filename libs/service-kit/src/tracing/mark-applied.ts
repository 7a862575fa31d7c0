import type { StoredEvent } from '@brain/contracts';
import { startSpan } from './spans.js';

/** Says in the trace of each event that a read table of the store shows it now. */
export function markApplied(projection: string, events: readonly StoredEvent[]): void {
  for (const { metadata } of events) {
    const { traceparent } = metadata;
    if (traceparent !== undefined) startSpan(`apply ${projection}`, { kind: 'internal', traceparent }).end();
  }
}
