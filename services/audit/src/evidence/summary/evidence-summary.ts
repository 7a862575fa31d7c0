import { caseOf, outlined, type CaseOutline } from './case-outline.js';
import { scoresIn, type ToldEvaluation } from './told-evaluation.js';
import { textIn, type ToldEvent } from './told-event.js';

/** The page stays one that a person can read and a browser can show; the rest is in `events/`. */
export const MOST_LINES = 2_000;

/** What the events of a package say, collected while they go by; it grows with the cases, not with the events. */
export class EvidenceSummary {
  readonly lines: ToldEvent[] = [];
  readonly cases = new Map<string, CaseOutline>();
  readonly evaluations: ToldEvaluation[] = [];
  /** Accounts and staff that are spoken of. */
  readonly people = new Set<string>();
  count = 0;
  first: string | undefined;
  last: string | undefined;

  add(event: ToldEvent): void {
    this.count += 1;
    this.first = this.first === undefined || event.time < this.first ? event.time : this.first;
    this.last = this.last === undefined || event.time > this.last ? event.time : this.last;
    if (this.lines.length < MOST_LINES) this.lines.push(event);
    const caseId = caseOf(event);
    if (caseId !== undefined) this.cases.set(caseId, outlined(this.cases.get(caseId), caseId, event));
    const evaluation = scoresIn(event);
    if (evaluation !== undefined) this.evaluations.push(evaluation);
    if (event.actor.type === 'user') this.people.add(event.actor.id);
    for (const field of ['assignee', 'performedBy', 'staffId']) {
      const id = textIn(event.data, field);
      if (id !== undefined) this.people.add(id);
    }
  }
}
