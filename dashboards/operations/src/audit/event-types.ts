import * as contracts from '@brain/contracts';

/** The wire names of every event there is a contract for, by service: what the record can hold. */
export const EVENT_TYPES: readonly string[] = Object.values<unknown>(contracts).filter(isEventContract).map(wireName).sort();

function isEventContract(value: unknown): value is contracts.EventContract {
  return typeof value === 'object' && value !== null && 'service' in value && 'name' in value && 'version' in value && 'data' in value;
}

function wireName({ service, name, version }: contracts.EventContract): string {
  return `${service}.${name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.v${String(version)}`;
}
