import { DomainError, subjectOf, SUBJECT_KINDS, type SubjectKind } from '@brain/contracts';

const PATTERN = new RegExp(`^(?:(${SUBJECT_KINDS.join('|')}):)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`, 'i');

/** The stream that has what is known about a subject; its events tell the area. */
const STREAMS: Readonly<Record<SubjectKind, string>> = { person: 'staff', case: 'case', alert: 'alert' };

/** What a subject begins with that is a person. */
export const PERSON = 'person:';

export interface ErasureSubject {
  readonly subject: string;
  readonly stream: string;
}

/** An id alone is that of a member of staff, or of the wearer of a device; `case:…` and `alert:…` are whoever they speak of. Refuses with PERSON_ID_INVALID. */
export function erasureSubjectOf(text: string): ErasureSubject {
  const [, kind = 'person', id] = PATTERN.exec(text) ?? [];
  const known = SUBJECT_KINDS.find((one) => one === kind.toLowerCase());
  if (known !== undefined && id !== undefined) return { subject: subjectOf(known, id.toLowerCase()), stream: `${STREAMS[known]}-${id.toLowerCase()}` };
  throw new DomainError('PERSON_ID_INVALID', `${text} is neither the id of a person, nor case: or alert: with an id`, [
    { path: 'id', message: 'is the id of a person, or case: or alert: with an id' },
  ]);
}
