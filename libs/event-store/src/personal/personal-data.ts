import { ERASED, isSealed, personalValuesIn, replacePersonal, type PersonalField, type StoredEvent } from '@brain/contracts';
import type { StreamAppend } from '../event-store.port.js';
import { keyOfCommandHash, revealCommandHash, sealCommandHash } from './command-hash.js';
import type { PersonKeys } from './person-keys.port.js';
import { personalFieldsOfType } from './personal-types.js';
import { openValue, sealValue, type DataKey } from './seal-value.js';

type Data = Readonly<Record<string, unknown>>;
type Event = Pick<StoredEvent, 'type' | 'streamId' | 'data'> & Partial<Pick<StoredEvent, 'metadata'>>;
type Keys = ReadonlyMap<string, DataKey>;

/** Between what the product works with and what is stored: encrypts the personal values of events, and decrypts them. */
export class PersonalData {
  constructor(readonly keys: PersonKeys) {}

  /** What has no personal value is given back as it is. */
  async seal(appends: readonly StreamAppend[]): Promise<readonly StreamAppend[]> {
    const subjects = appends.flatMap(({ streamId, events }) => events.flatMap((event) => subjectsIn({ ...event, streamId })));
    if (subjects.length === 0) return appends;
    const keys = await this.keys.forSealing([...new Set(subjects)].sort());
    return appends.map((append) => sealAppend(append, keys));
  }

  /** What cannot be decrypted any more is shown as erased. */
  async reveal<E extends Event>(events: readonly E[]): Promise<readonly E[]> {
    const keyIds = new Set(events.flatMap(keyIdsIn));
    if (keyIds.size === 0) return events;
    const keys = await this.keys.forOpening([...keyIds]);
    return events.map((event) => revealCommandHash(revealEvent(event, keys), keys));
  }

  async sealMessages(messages: readonly PersonalMessage[]): Promise<readonly Data[]> {
    const subjects = messages.flatMap(({ data, fields }) => personalValuesIn(data, fields).filter(isWorthSealing).map(({ subject }) => subject));
    if (subjects.length === 0) return messages.map(({ data }) => data);
    const keys = await this.keys.forSealing([...new Set(subjects)].sort());
    return messages.map(({ data, fields, place }) => sealIn(data, fields, place, keys));
  }

  async revealMessages(messages: readonly PersonalMessage[]): Promise<readonly Data[]> {
    const sealed = messages.flatMap(({ data, fields }) => sealedIn(data, fields));
    if (sealed.length === 0) return messages.map(({ data }) => data);
    const keys = await this.keys.forOpening([...new Set(sealed)]);
    return messages.map(({ data, fields, place }) => revealIn(data, fields, place, keys));
  }
}

/** What is no event, such as a message of the bus. `place` binds its values, as type and stream do for an event. */
export interface PersonalMessage {
  readonly data: Data;
  readonly fields: readonly PersonalField[];
  readonly place: string;
}

/** The event's data as it is once nothing about the subject can be read any more. */
export function erasedData({ type, data }: Pick<StoredEvent, 'type' | 'data'>, subject: string): Data {
  return replacePersonal(data, personalFieldsOfType(type) ?? [], (found) => (found.subject === subject ? found.erased : found.value));
}

/** Whom the event's data is about: whose keys it is encrypted under. */
export function subjectsOf({ type, data }: Pick<StoredEvent, 'type' | 'data'>): readonly string[] {
  const fields = personalFieldsOfType(type);
  return fields === undefined ? [] : [...new Set(personalValuesIn(data, fields).map(({ subject }) => subject))];
}

function subjectsIn(event: Event): readonly string[] {
  const fields = personalFieldsOfType(event.type);
  return fields === undefined ? [] : personalValuesIn(event.data, fields).filter(isWorthSealing).map(({ subject }) => subject);
}

function keyIdsIn(event: Event): readonly string[] {
  const ofCommand = keyOfCommandHash(event);
  const inData = sealedIn(event.data, personalFieldsOfType(event.type) ?? []);
  return ofCommand === undefined ? inData : [...inData, ofCommand];
}

function sealedIn(data: Data, fields: readonly PersonalField[]): readonly string[] {
  return fields.length === 0 ? [] : personalValuesIn(data, fields).flatMap(({ value }) => (isSealed(value) ? [value.key] : []));
}

function sealAppend({ streamId, expectedRevision, events }: StreamAppend, keys: Keys): StreamAppend {
  const [subject] = events.flatMap((event) => subjectsIn({ ...event, streamId }));
  const key = subject === undefined ? undefined : keys.get(subject);
  const sealed = events.map((event) => {
    const fields = personalFieldsOfType(event.type);
    const data = fields === undefined ? event.data : sealIn(event.data, fields, placeOf({ ...event, streamId }), keys);
    return key === undefined ? { ...event, data } : sealCommandHash({ ...event, data }, streamId, key);
  });
  return { streamId, expectedRevision, events: sealed };
}

function sealIn(data: Data, fields: readonly PersonalField[], place: string, keys: Keys): Data {
  return replacePersonal(data, fields, (found) => {
    if (!isWorthSealing(found)) return found.value;
    const key = keys.get(found.subject);
    // The person was erased: what arrives about them still, from a table that has not heard of it yet, is not kept.
    return key === undefined ? found.erased : sealValue(key, found.value, `${place}\n${found.path}`);
  });
}

function revealEvent<E extends Event>(event: E, keys: Keys): E {
  const fields = personalFieldsOfType(event.type);
  return fields === undefined ? event : { ...event, data: revealIn(event.data, fields, placeOf(event), keys) };
}

/** What was stored before there were keys is plain, and stays so. */
function revealIn(data: Data, fields: readonly PersonalField[], place: string, keys: Keys): Data {
  return replacePersonal(data, fields, ({ value, path, erased }) => {
    if (!isSealed(value)) return value;
    const key = keys.get(value.key);
    return key === undefined ? erased : openValue(key, value, `${place}\n${path}`);
  });
}

function placeOf({ type, streamId }: Event): string {
  return `${type}\n${streamId}`;
}

/** A repeated word that somebody was erased is about nobody. */
function isWorthSealing({ value }: { readonly value: unknown }): boolean {
  return value !== ERASED && !isSealed(value);
}
