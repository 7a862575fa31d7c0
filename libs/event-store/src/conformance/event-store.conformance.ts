import { describe } from '@jest/globals';
import { describeAppend } from './append.conformance.js';
import { describeReading } from './reading.conformance.js';
import { describeTail } from './tail.conformance.js';
import type { OpenEventStore } from './event-store-harness.js';

export type { EventStoreHarness, OpenEventStore } from './event-store-harness.js';

/** What every event store promises. A behaviour that is not in here is not promised. */
export function describeEventStore(adapter: string, open: OpenEventStore): void {
  describe(`${adapter} as an event store`, () => {
    describeAppend(open);
    describeReading(open);
    describeTail(open);
  });
}
