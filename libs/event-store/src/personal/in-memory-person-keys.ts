import { randomBytes, randomUUID } from 'node:crypto';
import { KEY_BYTES } from './cipher.js';
import { isForEver } from './person-keys.port.js';
import type { PersonKeys } from './person-keys.port.js';
import type { DataKey } from './seal-value.js';

/** For tests. */
export class InMemoryPersonKeys implements PersonKeys {
  private readonly bySubject = new Map<string, DataKey>();
  private readonly erased = new Set<string>();

  async forSealing(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    await Promise.resolve();
    const open = subjects.filter((subject) => !this.erased.has(subject));
    return new Map(open.map((subject) => [subject, this.bySubject.get(subject) ?? this.make(subject)]));
  }

  async forOpening(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    await Promise.resolve();
    return new Map([...this.bySubject.values()].filter(({ keyId }) => keyIds.includes(keyId)).map((key) => [key.keyId, key]));
  }

  async keyIdOf(subject: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.bySubject.get(subject)?.keyId;
  }

  async destroy(subject: string, keyId: string): Promise<void> {
    await Promise.resolve();
    if (isForEver(subject)) this.erased.add(subject);
    if (this.bySubject.get(subject)?.keyId === keyId) this.bySubject.delete(subject);
  }

  private make(subject: string): DataKey {
    const key = { keyId: randomUUID(), bytes: randomBytes(KEY_BYTES) };
    this.bySubject.set(subject, key);
    return key;
  }
}
