import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { stringify, v5 as uuidv5 } from 'uuid';
import type { StaffProfile } from '@brain/contracts';
import { PersonalData } from '@brain/event-store';

/** The key of this installation that ids are made with, beside the keys of people and wrapped as they are. */
const SECRET = 'installation:imported-staff-ids';
const IMPORT_NAMESPACE = 'b2a1f5c4-0b7e-4e55-9c43-3f2d6d0f7a11';
const UUID_BYTES = 16;

/**
 * Who is in a file has the same id each time it is imported: a keyed hash of name, post and areas. Without the key nobody
 * can tell from an id, which outlives an erasure, whether it was this or that person.
 */
@Injectable()
export class ImportedStaffIds {
  constructor(private readonly personalData: PersonalData) {}

  async of(profile: StaffProfile): Promise<string> {
    const secret = (await this.personalData.keys.forSealing([SECRET])).get(SECRET);
    if (secret === undefined) throw new Error('The key for ids of imported staff is missing');
    const bytes = createHmac('sha256', secret.bytes).update(identityOf(profile)).digest().subarray(0, UUID_BYTES);
    // Version 8: made in a way of our own.
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return stringify(bytes);
  }

  /** As ids were made before they were keyed. */
  formerOf(profile: StaffProfile): string {
    return uuidv5(identityOf(profile), IMPORT_NAMESPACE);
  }
}

function identityOf({ name, post, areaCodes }: StaffProfile): string {
  return JSON.stringify([name, post, areaCodes]);
}
