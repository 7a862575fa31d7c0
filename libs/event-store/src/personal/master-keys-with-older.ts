import type { MasterKeys } from './master-keys.port.js';
import type { TransitMasterKeys } from './transit-master-keys.js';

/** On the way into a KMS: it wraps from now on, and what was wrapped before is unwrapped by the keys of before. */
export class MasterKeysWithOlder implements MasterKeys {
  constructor(
    private readonly kms: TransitMasterKeys,
    private readonly older: MasterKeys,
  ) {}

  get newest(): string {
    return this.kms.newest;
  }

  wrap(masterKeyId: string, key: Buffer, context: string): Promise<Buffer> {
    return this.holderOf(masterKeyId).wrap(masterKeyId, key, context);
  }

  unwrap(masterKeyId: string, wrapped: Buffer, context: string): Promise<Buffer> {
    return this.holderOf(masterKeyId).unwrap(masterKeyId, wrapped, context);
  }

  private holderOf(masterKeyId: string): MasterKeys {
    return this.kms.holds(masterKeyId) ? this.kms : this.older;
  }
}
