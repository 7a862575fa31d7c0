import { isSealed, type EventMetadata } from '@brain/contracts';
import { openValue, sealValue, type DataKey } from './seal-value.js';

interface Identified {
  readonly streamId: string;
  readonly metadata: EventMetadata;
}

/*
 * Beside its data, an event keeps a hash of the command that made it. From a hash of a name the name can be guessed, so
 * where the data is personal the hash is encrypted like it, as the JSON of a sealed value.
 */

export function sealCommandHash<E extends Pick<Identified, 'metadata'>>(event: E, streamId: string, key: DataKey): E {
  const { command } = event.metadata;
  if (command === undefined) return event;
  return withHash(event, command.id, JSON.stringify(sealValue(key, command.hash, placeOf({ streamId }))));
}

/** The key that the hash is encrypted under; undefined: it is plain. */
export function keyOfCommandHash({ metadata }: Partial<Identified>): string | undefined {
  return sealedIn(metadata?.command?.hash)?.key;
}

/** Without its key the hash stays unreadable, and equals no other. */
export function revealCommandHash<E extends Partial<Identified>>(event: E, keys: ReadonlyMap<string, DataKey>): E {
  const { command } = event.metadata ?? {};
  const sealed = sealedIn(command?.hash);
  const key = sealed && keys.get(sealed.key);
  if (sealed === undefined || key === undefined || command === undefined) return event;
  return withHash(event, command.id, String(openValue(key, sealed, placeOf(event))));
}

function withHash<E extends Partial<Identified>>(event: E, id: string, hash: string): E {
  return { ...event, metadata: { ...event.metadata, command: { id, hash } } };
}

function sealedIn(hash: string | undefined) {
  if (hash?.startsWith('{') !== true) return undefined;
  const value: unknown = JSON.parse(hash);
  return isSealed(value) ? value : undefined;
}

function placeOf({ streamId }: Partial<Identified>): string {
  return `command\n${streamId ?? ''}`;
}
