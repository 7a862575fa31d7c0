import { SetMetadata } from '@nestjs/common';
import type { PersonalDataKind } from '@brain/contracts';
import type { ExportForm } from './export-form.js';

export const PERSONAL_DATA = 'brain:personal-data';

export interface PersonalDataMark {
  readonly kind: PersonalDataKind;
  /** The handler writes the answer itself, as a stream for instance: the record is made before it begins. */
  readonly answersItself: boolean;
  /** Asked for in many pieces, one request each: the first is on record by itself, the others are counted. */
  readonly inPieces: boolean;
  /** The answer is for keeping elsewhere, whatever the caller says it accepts. */
  readonly takenAs?: ExportForm;
}

/**
 * Whoever asks this route reads personal data: who, when, from where and how much of it goes on the record before the
 * answer leaves, and so does a refusal. An answer as lines or as an archive is recorded as an export.
 */
export const ReadsPersonalData = (kind: PersonalDataKind, how: Partial<Omit<PersonalDataMark, 'kind'>> = {}): MethodDecorator =>
  SetMetadata(PERSONAL_DATA, { kind, answersItself: false, inPieces: false, ...how } satisfies PersonalDataMark);
