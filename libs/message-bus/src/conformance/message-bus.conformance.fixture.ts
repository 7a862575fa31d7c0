import { describe } from '@jest/globals';
import type { BusUnderTest } from './bus-under-test.fixture.js';
import { deliveryConformance } from './delivery.conformance.fixture.js';
import { failureConformance } from './failure.conformance.fixture.js';
import { lagConformance } from './lag.conformance.fixture.js';
import { sharingConformance } from './sharing.conformance.fixture.js';

/** The promises of the MessageBus port. What is not in here is not promised. */
export function messageBusConformance(adapter: string, start: () => Promise<BusUnderTest>): void {
  describe(adapter, () => {
    deliveryConformance(start);
    failureConformance(start);
    sharingConformance(start);
    lagConformance(start);
  });
}
