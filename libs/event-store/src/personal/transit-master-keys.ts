import { DomainError } from '@brain/contracts';
import { MASTER_KEY_REFUSED, type MasterKeys } from './master-keys.port.js';
import { MASTER_KEYS_UNAVAILABLE, TransitClient, type TransitAnswer, type TransitPlace } from './transit-client.js';

/** Those that hold a key to its person by associated data. */
const AEAD = new Set(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305', 'xchacha20-poly1305']);

/**
 * Master keys that never leave a KMS: the versions of one key of the Transit engine of OpenBao or HashiCorp Vault.
 * Version 3 of the key `community-brain` is the master key `community-brain-v3`.
 */
export class TransitMasterKeys implements MasterKeys {
  private constructor(
    private readonly place: TransitPlace,
    private readonly client: TransitClient,
    readonly newest: string,
  ) {}

  /** @throws DomainError MASTER_KEY_REFUSED, MASTER_KEYS_UNAVAILABLE */
  static async open(place: TransitPlace, needed: readonly string[] = []): Promise<TransitMasterKeys> {
    const client = new TransitClient(place);
    try {
      return new TransitMasterKeys(place, client, `${place.key}-v${String(latestIn(await client.ask('GET', `keys/${place.key}`), place, needed))}`);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** Is that a version of this key? */
  holds(masterKeyId: string): boolean {
    return this.versionIn(masterKeyId) !== undefined;
  }

  async wrap(masterKeyId: string, key: Buffer, context: string): Promise<Buffer> {
    const body = { plaintext: key.toString('base64'), associated_data: base64(context), key_version: this.versionOf(masterKeyId) };
    const { ciphertext } = this.given(masterKeyId, await this.client.ask('POST', `encrypt/${this.place.key}`, body));
    if (typeof ciphertext !== 'string') throw this.refused(masterKeyId, 'it answered without a ciphertext');
    return Buffer.from(ciphertext);
  }

  async unwrap(masterKeyId: string, wrapped: Buffer, context: string): Promise<Buffer> {
    const version = this.versionOf(masterKeyId);
    const ciphertext = wrapped.toString('utf8');
    if (!ciphertext.startsWith(`vault:v${String(version)}:`)) throw this.refused(masterKeyId, 'it was not wrapped by a KMS: rotate from the master key before to this one');
    const { plaintext } = this.given(masterKeyId, await this.client.ask('POST', `decrypt/${this.place.key}`, { ciphertext, associated_data: base64(context) }));
    if (typeof plaintext !== 'string') throw this.refused(masterKeyId, 'it answered without a plaintext');
    return Buffer.from(plaintext, 'base64');
  }

  close(): void {
    this.client.close();
  }

  /** @throws DomainError MASTER_KEY_REFUSED for the name of another key */
  private versionOf(masterKeyId: string): number {
    const version = this.versionIn(masterKeyId);
    if (version !== undefined) return version;
    throw new DomainError(MASTER_KEY_REFUSED, `master key ${masterKeyId} is needed to read personal data and was not given, only ${this.newest} of the KMS`);
  }

  private versionIn(masterKeyId: string): number | undefined {
    const version = masterKeyId.startsWith(`${this.place.key}-v`) ? masterKeyId.slice(this.place.key.length + 2) : '';
    return /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined;
  }

  private given(masterKeyId: string, { status, data, errors }: TransitAnswer): Readonly<Record<string, unknown>> {
    if (status === 200) return data;
    // A token that ran out: the same will work when it is renewed.
    if (status === 403) throw new DomainError(MASTER_KEYS_UNAVAILABLE, `the KMS does not let us use master key ${masterKeyId}: ${said(errors)}; check the token in ${this.place.tokenFile}`);
    throw this.refused(masterKeyId, said(errors));
  }

  private refused(masterKeyId: string, why: string): DomainError {
    return new DomainError(MASTER_KEY_REFUSED, `the KMS at ${this.place.url} refuses master key ${masterKeyId}: ${why}`);
  }
}

function latestIn({ status, data, errors }: TransitAnswer, { url, key, tokenFile }: TransitPlace, needed: readonly string[]): number {
  const wanted = needed.length === 0 ? `master key ${key}` : `master key ${needed.join(', ')}`;
  const refuse = (why: string): DomainError => new DomainError(MASTER_KEY_REFUSED, `${wanted} is needed for personal data: ${why}`);
  if (status === 403) throw refuse(`the KMS at ${url} does not show it (${said(errors)}); check the token in ${tokenFile}`);
  if (status !== 200) throw refuse(`the KMS at ${url} has no key ${key}`);
  const { latest_version: version, type, derived } = data;
  if (typeof type !== 'string' || !AEAD.has(type) || derived === true) throw refuse(`key ${key} is ${String(type)}${derived === true ? ', derived' : ''}, which cannot hold a key to its person; make it aes256-gcm96`);
  if (typeof version !== 'number') throw refuse(`the KMS at ${url} does not say its version`);
  return version;
}

function said(errors: readonly string[]): string {
  return errors.length === 0 ? 'it does not say why' : errors.join('; ').replaceAll(/\s+/g, ' ');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
