import type { ClientBase } from 'pg';
import { caseErasedV1, erasureCarriedOutV1, staffErasedV1, subjectOf, type StoredEvent } from '@brain/contracts';
import { createEventCodec, erasedData, subjectsOf, wireNameOf } from '@brain/event-store';
import { wordsAsVector, wordsOf } from './event-words.js';

const codec = createEventCodec([staffErasedV1, caseErasedV1, erasureCarriedOutV1]);
const PERSON = 'person:';
const CASE = 'case:';

interface Row {
  readonly position: string;
  readonly type: string;
  readonly data: StoredEvent['data'];
}

/**
 * About whom nothing that came before can be read any more. Staff and cases are told by the last event that they can
 * have personal data before; alerts, and people who are no staff but wear a device, have none of their own.
 */
export function erasedSubjectOf(stored: StoredEvent): string | undefined {
  if (!codec.handles(stored.type)) return undefined;
  const event = codec.decode(stored);
  switch (event.type) {
    case 'StaffErased':
      return subjectOf('person', event.data.staffId);
    case 'CaseErased':
      return subjectOf('case', event.data.caseId);
    case 'ErasureCarriedOut':
      return event.data.subject.startsWith(CASE) ? undefined : event.data.subject;
  }
}

/** The rows before: the subject is the stream's own, or is mentioned in the data. */
export async function eraseSubject(sql: ClientBase, subject: string): Promise<void> {
  const id = subject.slice(subject.indexOf(':') + 1);
  const { rows } = await sql.query<Row>(
    `SELECT position, type, data FROM audit_event WHERE stream_id = ANY ($1) OR mentions @> ARRAY[$2::uuid] ORDER BY position`,
    [[`staff-${id}`, `case-${id}`, `alert-${id}`], id],
  );
  for (const { position, type, data } of rows) {
    const erased = erasedData({ type, data }, subject);
    if (erased === data) continue;
    await sql.query('UPDATE audit_event SET data = $2, words = $3::tsvector WHERE position = $1', [
      position,
      JSON.stringify(erased),
      wordsAsVector(wordsOf(erased)),
    ]);
  }
}

/** What still came about a person after the erasure was on its way when it happened: it can be read by nobody either. */
export async function withoutErased(sql: ClientBase, stored: StoredEvent): Promise<StoredEvent> {
  const people = subjectsOf(stored).filter((subject) => subject.startsWith(PERSON));
  if (people.length === 0) return stored;
  const { rows } = await sql.query<{ stream_id: string }>('SELECT stream_id FROM audit_event WHERE type = ANY ($1) AND stream_id = ANY ($2)', [
    [wireNameOf(staffErasedV1), wireNameOf(erasureCarriedOutV1)],
    people.flatMap((subject) => streamsOf(subject)),
  ]);
  const erased = people.filter((subject) => rows.some(({ stream_id: stream }) => streamsOf(subject).includes(stream)));
  const data = erased.reduce((left, subject) => erasedData({ type: stored.type, data: left }, subject), stored.data);
  return { ...stored, data };
}

/** Where it is said that a person was erased. */
function streamsOf(subject: string): readonly string[] {
  const id = subject.slice(PERSON.length);
  return [`staff-${id}`, `erasure-person-${id}`];
}
