import { describe } from '@jest/globals';
import { describeAppend } from './append.conformance.js';
import { describeEmpty, describeOneStream, describeSeveralStreams, describeUniqueIds } from './beyond-the-core.conformance.js';
import { describeCrafted } from './crafted.conformance.js';
import { describeIdentity } from './identity.conformance.js';
import { describeReading } from './reading.conformance.js';
import { describeTail } from './tail.conformance.js';
import type { BeyondTheCore, OpenEventStore } from './event-store-harness.js';

export * from './sample-events.js';
export type { BeyondTheCore, EventStoreHarness, OpenEventStore, RawEvent } from './event-store-harness.js';

const EVERYTHING: BeyondTheCore = { severalStreams: true, idsUniqueInStore: true, opensEmpty: true };

/** What every event store promises. A behaviour that is not in here is not promised. */
export function describeEventStore(adapter: string, open: OpenEventStore, beyond: BeyondTheCore = EVERYTHING): void {
  describe(`${adapter} as an event store`, () => {
    if (beyond.opensEmpty) describeEmpty(open);
    describeAppend(open);
    if (beyond.severalStreams) describeSeveralStreams(open);
    else describeOneStream(open);
    if (beyond.idsUniqueInStore) describeUniqueIds(open);
    describeReading(open);
    describeTail(open);
    describeIdentity(open);
    describeCrafted(open);
  });
}
