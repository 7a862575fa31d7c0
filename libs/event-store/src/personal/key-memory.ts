import type { DataKey } from './seal-value.js';

/** Unwrapped keys, the least used forgotten first. `null`: the key is destroyed. */
export class KeyMemory {
  private readonly keys = new Map<string, DataKey | null>();

  constructor(private readonly most: number) {}

  get(keyId: string): DataKey | null | undefined {
    const key = this.keys.get(keyId);
    if (key === undefined) return undefined;
    this.keys.delete(keyId);
    this.keys.set(keyId, key);
    return key;
  }

  set(keyId: string, key: DataKey | null): void {
    this.keys.delete(keyId);
    this.keys.set(keyId, key);
    const [oldest] = this.keys.keys();
    if (this.keys.size > this.most && oldest !== undefined) this.forget(oldest);
  }

  clear(): void {
    for (const keyId of [...this.keys.keys()]) this.forget(keyId);
  }

  /** Not zeroed: a batch that is being decrypted may still hold it. */
  private forget(keyId: string): void {
    this.keys.delete(keyId);
  }
}
