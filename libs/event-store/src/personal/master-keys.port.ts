/**
 * The keys that wrap the keys of people, by name. Kept apart from the database: in a file, the environment or a KMS.
 * A name never stands for another key.
 */
export interface MasterKeys {
  /** The one to wrap under from now on. */
  readonly newest: string;
  /** @throws DomainError MASTER_KEY_REFUSED when there is no key of that name, or it is not allowed */
  wrap(masterKeyId: string, key: Buffer, context: string): Promise<Buffer>;
  /** @throws DomainError MASTER_KEY_REFUSED when there is no such key, or it is another than the one it was wrapped under */
  unwrap(masterKeyId: string, wrapped: Buffer, context: string): Promise<Buffer>;
}

export const MASTER_KEY_REFUSED = 'MASTER_KEY_REFUSED';
