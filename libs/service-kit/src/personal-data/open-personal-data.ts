import type { Pool } from 'pg';
import { DomainError } from '@brain/contracts';
import { checkMasterKeys, MASTER_KEY_REFUSED, MasterKeyRing, MasterKeysWithOlder, PERSONAL_DATA_SCHEMA, PersonalData, PostgresPersonKeys, TransitMasterKeys, type MasterKeys } from '@brain/event-store';
import { refusalOf } from '../engines/engine-fault.js';
import type { MasterKeyPlace } from './master-key-variables.js';

/**
 * The encryption of personal data, checked: without the right master key nothing about people could be read or written.
 * @throws DomainError MASTER_KEY_REFUSED naming the key that is needed; MASTER_KEYS_UNAVAILABLE while a KMS is away;
 * PERSONAL_DATA_REFUSED before the provisioning
 */
export async function openPersonalData(place: MasterKeyPlace, pool: Pool): Promise<PersonalData> {
  const needed = await masterKeysOnRecord(pool);
  const masterKeys = await openMasterKeys(place, needed);
  await checkMasterKeys(pool, masterKeys);
  return new PersonalData(new PostgresPersonKeys(pool, masterKeys));
}

/** @throws DomainError MASTER_KEY_REFUSED, MASTER_KEYS_UNAVAILABLE */
export async function openMasterKeys(place: MasterKeyPlace, needed: readonly string[] = []): Promise<MasterKeys> {
  if (place === null) {
    const names = needed.length === 0 ? 'a master key' : `master key ${needed.join(', ')}`;
    throw new DomainError(MASTER_KEY_REFUSED, `${names} is needed for personal data and was not given: set BRAIN_MASTER_KEY_FILE or BRAIN_MASTER_KEY_KMS_URL`);
  }
  if ('kms' in place) {
    const kms = await TransitMasterKeys.open(place.kms, needed);
    return place.older === null ? kms : new MasterKeysWithOlder(kms, await openMasterKeys(place.older));
  }
  return 'file' in place ? MasterKeyRing.fromFile(place.file) : MasterKeyRing.fromText(place.text);
}

async function masterKeysOnRecord(pool: Pool): Promise<readonly string[]> {
  try {
    const { rows } = await pool.query<{ key_id: string }>(`SELECT key_id FROM ${PERSONAL_DATA_SCHEMA}.master_key ORDER BY since`);
    if (rows.length > 0) return rows.map(({ key_id: keyId }) => keyId);
  } catch (error) {
    throw refusalOf('personal-data', error) ?? error;
  }
  throw new DomainError('PERSONAL_DATA_REFUSED', 'no master key is on record yet; run the provisioning first');
}
