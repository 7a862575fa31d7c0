import type { z } from 'zod';
import type { DomainEvent } from './domain-event.js';
import type { ServiceName } from './services.js';

/** The published shape of one version of one event. */
export interface EventContract<Name extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  /** PascalCase, past tense. */
  readonly name: Name;
  readonly version: number;
  readonly data: Data;
}

/** The event a contract describes, as the domain sees it. */
export type EventOf<C extends EventContract> =
  C extends EventContract<infer Name, infer Data> ? DomainEvent<Name, z.infer<Data> & object> : never;

export function defineEvent<Name extends string, Data extends z.ZodType>(
  service: ServiceName,
  name: Name,
  version: number,
  data: Data,
): EventContract<Name, Data> {
  return { service, name, version, data };
}
