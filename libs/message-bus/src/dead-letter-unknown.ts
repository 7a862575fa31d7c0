import { DomainError } from '@brain/contracts';

/** Of an id that there is not; whoever may not see a message is told the same, word by word. */
export function deadLetterUnknown(id: string): DomainError {
  return new DomainError('DEAD_LETTER_UNKNOWN', `There is no dead letter ${id}`);
}
