import * as contracts from '@brain/contracts';
import { personalFieldsOf, SERVICES, type EventContract, type ServiceName } from '@brain/contracts';

/** Who shows people's data: everybody, since a device may be worn. */
export const KEY_READERS: readonly ServiceName[] = SERVICES;

/** Who writes people's data: whose events have personal fields. */
export const KEY_WRITERS: readonly ServiceName[] = SERVICES.filter((service) =>
  Object.values<unknown>(contracts).some((value) => isEventContract(value) && value.service === service && personalFieldsOf(value.data).length > 0),
);

/** Who carries erasures out. */
export const KEY_ERASERS: readonly ServiceName[] = ['grid-registry'];

function isEventContract(value: unknown): value is EventContract {
  return typeof value === 'object' && value !== null && 'service' in value && 'version' in value && 'data' in value;
}
