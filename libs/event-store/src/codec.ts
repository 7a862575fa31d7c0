import { DomainError, type DomainEvent, type EventContract, type EventOf, type StoredEvent } from '@brain/contracts';
import { wellFormed } from './well-formed.js';

type AnyData = Readonly<Record<string, unknown>>;

/** Turns an older version's data into the next version's. Keyed by the older wire name. */
export type Upcasts = Readonly<Record<string, (data: AnyData) => AnyData>>;

/** Between a service's domain events and the wire. The one place where type names are made and data is checked. */
export interface EventCodec<Event extends DomainEvent<string, object>> {
  /** Every wire name this codec reads, older versions included. */
  readonly types: readonly string[];
  wireName(name: Event['type']): string;
  /** Checks the data against its schema; a domain event that does not fit is a defect, `EVENT_DATA_INVALID`. */
  encode(event: Event): { readonly type: string; readonly data: AnyData };
  decode(stored: Pick<StoredEvent, 'type' | 'data'>): Event;
  handles(type: string): boolean;
}

/** `CaseDispatched`, version 1 of case-management → `case-management.case-dispatched.v1`. */
export function wireNameOf(contract: EventContract): string {
  const kebab = contract.name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
  return `${contract.service}.${kebab}.v${String(contract.version)}`;
}

/**
 * `contracts` holds the newest version of each event. `upcasts` maps each older wire name to the step to the next
 * version; steps chain until the newest.
 */
export function createEventCodec<const C extends readonly EventContract[]>(
  contracts: C,
  upcasts: Upcasts = {},
): EventCodec<EventOf<C[number]>> {
  type Event = EventOf<C[number]>;
  const byWire = new Map(contracts.map((contract) => [wireNameOf(contract), contract]));
  const byName = new Map(contracts.map((contract) => [contract.name, contract]));

  const contractNamed = (name: string): EventContract => {
    const contract = byName.get(name);
    if (contract === undefined) throw new DomainError('EVENT_TYPE_UNKNOWN', `No contract for event ${name}`);
    return contract;
  };

  return {
    types: [...byWire.keys(), ...Object.keys(upcasts)],
    handles: (type) => byWire.has(type) || type in upcasts,
    wireName: (name) => wireNameOf(contractNamed(name)),
    encode(event) {
      const contract = contractNamed(event.type);
      return { type: wireNameOf(contract), data: wellFormed(checked(contract, event.data)) };
    },
    decode(stored) {
      let { type, data } = stored;
      for (let step = upcasts[type]; step !== undefined; step = upcasts[type]) {
        data = step(data);
        type = nextVersion(type);
      }
      const contract = byWire.get(type);
      if (contract === undefined) throw new DomainError('EVENT_TYPE_UNKNOWN', `No contract for event ${type}`);
      return { type: contract.name, data: checked(contract, data) } as Event;
    },
  };
}

function checked(contract: EventContract, data: object): AnyData {
  const result = contract.data.safeParse(data);
  if (result.success) return result.data as AnyData;
  throw new DomainError(
    'EVENT_DATA_INVALID',
    `${contract.name} does not fit its schema`,
    result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  );
}

function nextVersion(type: string): string {
  return type.replace(/\.v(\d+)$/, (_, version: string) => `.v${String(Number(version) + 1)}`);
}
