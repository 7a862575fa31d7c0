import { Injectable } from '@nestjs/common';
import { outOfSight, requireInSight, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import { aboutPeople, aboutThing, withinScope, type Bind } from '../events/audit-conditions.js';
import { auditScopeOf } from '../events/audit-scope.js';
import { AuditEvents } from '../events/audit-events.query.js';
import { LEAF_OF_EVENT } from '../log/leaf-of-event.sql.js';
import type { EvidenceFound } from './evidence-found.js';
import type { EvidenceMoment } from './evidence-moment.js';
import type { EvidenceQuestion } from './evidence-question.js';
import { evidenceNotFound, EvidenceSight } from './evidence-sight.query.js';

/** Of one package; a longer period is asked for in parts. */
export const MOST_EVENTS = 100_000;

/** What gives a case to a person. */
const ASSIGNED = `'case-management.case-dispatched.v1', 'case-management.case-reassigned.v1'`;
/** That somebody looked at the record or took it away is no part of what happened. */
const OWN = 'audit';
const REPORTED = 'case-management.case-reported.v1';

interface Row {
  readonly leaf_index: string | null;
  readonly readable: boolean;
  readonly expected: boolean;
}

/** Which events belong to a question, and which of them its asker may see. */
@Injectable()
export class EvidenceSearch {
  constructor(
    private readonly database: Database,
    private readonly events: AuditEvents,
    private readonly sight: EvidenceSight,
  ) {}

  /**
   * What came into the log after the moment is left out.
   * @throws DomainError EVIDENCE_NOT_FOUND, EVIDENCE_TOO_LARGE, EVIDENCE_INCOMPLETE; NobodyWaits
   */
  async find(question: EvidenceQuestion, actor: Actor, { treeSize, position }: EvidenceMoment, gone: AbortSignal): Promise<EvidenceFound> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${String(values.push(value))}`;
    const belongs = await this.belonging(question, actor, bind);
    const rows = await this.database.queryWhileWanted<Row>(
      gone,
      `SELECT leaf_index, (${withinScope(auditScopeOf(actor), bind)}${alsoReadable(question, bind)}) AS readable, position <= ${bind(position)} AS expected
       FROM audit_event CROSS JOIN LATERAL (SELECT ${LEAF_OF_EVENT} AS leaf_index) AS leaf
       WHERE (${belongs}) AND source <> '${OWN}' ORDER BY position LIMIT ${bind(MOST_EVENTS + 1)}`,
      values,
    );
    if (rows.length > MOST_EVENTS) throw tooLarge();
    if (rows.length === 0) throw evidenceNotFound();
    const isInTree = ({ leaf_index: index }: Row) => index !== null && Number(index) < treeSize;
    if (rows.some((row) => row.expected && !isInTree(row))) throw incomplete();
    const leaves = rows.filter((row) => row.readable && isInTree(row)).map((row) => Number(row.leaf_index));
    if (leaves.length === 0) throw outOfSight(evidenceNotFound());
    return { leaves: leaves.sort((one, other) => one - other), withheld: rows.filter(({ readable }) => !readable).length };
  }

  private async belonging(question: EvidenceQuestion, actor: Actor, bind: Bind): Promise<string> {
    switch (question.about) {
      case 'case': {
        const caseId = (await this.events.withCaseId({ case: question.id })).case?.toLowerCase() ?? '';
        await this.sight.requireCase(caseId, actor);
        return caseAndItsAlert(caseId, bind);
      }
      case 'person': {
        const ids = await this.idsOf(question.id);
        await this.sight.requirePerson(ids, actor);
        return personAndTheirCases(ids, question, bind);
      }
      case 'evaluation':
        return this.evaluationAndItsCases(question.id, actor, bind);
    }
  }

  /** A member of staff and the accounts that speak for them are one person. */
  private async idsOf(id: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string | null }>(
      `SELECT DISTINCT unnest(ARRAY[data ->> 'staffId', data ->> 'accountId']) AS id FROM audit_event
       WHERE type IN ('operations-gateway.account-created.v1', 'operations-gateway.account-rights-changed.v1')
         AND (data ->> 'staffId' = $1 OR data ->> 'accountId' = $1)`,
      [id],
    );
    return [...new Set([id, ...rows.flatMap((row) => row.id ?? [])])];
  }

  /** As staff-evaluation shows a result: to whoever may see all the areas it looked at. */
  private async evaluationAndItsCases(id: string, actor: Actor, bind: Bind): Promise<string> {
    const [computed] = await this.database.query<{ area_codes: string[]; position: string; cases: string[] | null }>(
      `SELECT data -> 'areaCodes' AS area_codes, data ->> 'position' AS position,
              ARRAY(SELECT DISTINCT 'case-' || (evidence ->> 'caseId') FROM jsonb_path_query(data, '$.scores[*].evidence[*]') AS evidence) AS cases
       FROM audit_event WHERE stream_id = $1 AND type = 'staff-evaluation.evaluation-computed.v1' ORDER BY position LIMIT 1`,
      [`evaluation-${id}`],
    );
    if (computed === undefined) throw evidenceNotFound();
    for (const area of computed.area_codes) requireInSight(actor, area, evidenceNotFound());
    return `stream_id = ${bind(`evaluation-${id}`)} OR (stream_id = ANY (${bind(computed.cases ?? [])}::text[]) AND position <= ${bind(computed.position)})`;
  }
}

/** An evaluation belongs to no area of its own; who may read it was asked before. */
function alsoReadable(question: EvidenceQuestion, bind: Bind): string {
  return question.about === 'evaluation' ? ` OR stream_id = ${bind(`evaluation-${question.id}`)}` : '';
}

/** Of a case that an alert opened, the alert's story too. */
function caseAndItsAlert(caseId: string, bind: Bind): string {
  const stream = bind(`case-${caseId}`);
  return `(${aboutThing('case', caseId, bind)}) OR stream_id IN (
    SELECT 'alert-' || (data -> 'source' ->> 'alertId') FROM audit_event WHERE stream_id = ${stream} AND type = '${REPORTED}')`;
}

/** What they did and what concerned them in the period, and the whole stories of the cases they were given in it. */
function personAndTheirCases(ids: readonly string[], { from, to }: { readonly from: string; readonly to: string }, bind: Bind): string {
  const period = `time >= ${bind(from)} AND time < ${bind(to)}`;
  return `((${aboutPeople(ids, bind)}) AND ${period}) OR stream_id IN (
    SELECT stream_id FROM audit_event WHERE type IN (${ASSIGNED}) AND ${period} AND mentions && ${bind(ids)}::uuid[] AND data ->> 'assignee' = ANY (${bind(ids)}::text[]))`;
}

/** Rather none than one that leaves out what is on record. */
function incomplete(): DomainError {
  return new DomainError('EVIDENCE_INCOMPLETE', 'The log lacks events about this that are on record: /readyz says how it is');
}

function tooLarge(): DomainError {
  return new DomainError('EVIDENCE_TOO_LARGE', `A package has at most ${MOST_EVENTS.toLocaleString('en')} events: ask for a shorter period`);
}
