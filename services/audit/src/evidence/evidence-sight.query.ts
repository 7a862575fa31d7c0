import { Injectable } from '@nestjs/common';
import { outOfSight, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import { withinScope, type Bind } from '../events/audit-conditions.js';
import { auditScopeOf } from '../events/audit-scope.js';

/**
 * Whether what a package is asked about ever was, and whether its asker may see any of it. That somebody asked for a thing
 * is on the record too, with its id, whether it exists or not: such records prove nothing of it.
 */
@Injectable()
export class EvidenceSight {
  constructor(private readonly database: Database) {}

  /** @throws DomainError EVIDENCE_NOT_FOUND */
  requireCase(caseId: string, actor: Actor): Promise<void> {
    return this.require((bind) => `stream_id = ${bind(`case-${caseId}`)}`, actor);
  }

  /** Whoever did something, or of whom another event than such a record speaks. @throws DomainError EVIDENCE_NOT_FOUND */
  requirePerson(ids: readonly string[], actor: Actor): Promise<void> {
    return this.require((bind) => {
      const named = `mentions && ${bind(ids)}::uuid[] OR stream_id = ANY (${bind(ids.map((id) => `staff-${id}`))}::text[])`;
      return `actor_id = ANY (${bind(ids)}::text[]) OR ((${named}) AND NOT starts_with(stream_id, 'duty-'))`;
    }, actor);
  }

  private async require(proves: (bind: Bind) => string, actor: Actor): Promise<void> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${String(values.push(value))}`;
    const exists = `FROM audit_event WHERE (${proves(bind)})`;
    const [found] = await this.database.query<{ known: boolean; seen: boolean }>(
      `SELECT EXISTS (SELECT ${exists}) AS known, EXISTS (SELECT ${exists} AND (${withinScope(auditScopeOf(actor), bind)})) AS seen`,
      values,
    );
    if (found?.known !== true) throw evidenceNotFound();
    if (!found.seen) throw outOfSight(evidenceNotFound());
  }
}

export function evidenceNotFound(): DomainError {
  return new DomainError('EVIDENCE_NOT_FOUND', 'Nothing about this is on record');
}
