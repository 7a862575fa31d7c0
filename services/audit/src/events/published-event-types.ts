import * as contracts from '@brain/contracts';
import { wireNameOf } from '@brain/event-store';

/** The wire name of every event any service publishes. An event without a contract cannot be stored. */
export const publishedEventTypes: readonly string[] = Object.values<unknown>(contracts).filter(isEventContract).map(wireNameOf).sort();

function isEventContract(value: unknown): value is contracts.EventContract {
  return typeof value === 'object' && value !== null && 'service' in value && 'name' in value && 'version' in value && 'data' in value;
}
