import { alertRaisedV1, caseReportedV1, type AuditEvent } from '@brain/contracts';
import { wireNameOf } from '@brain/event-store';
import { mayComeFromEvent } from './event-origin.js';
import { meantFor } from './refused-command.js';
import { StoryPages, type FoundStory } from './story-pages.js';
import { addRefusals } from './story-refusals.js';
import type { Step, StorySource } from './story-source.js';

const ALERT_RAISED = wireNameOf(alertRaisedV1);
const CASE_REPORTED = wireNameOf(caseReportedV1);
/** Things whose every step follows from the one before. A device that comes and goes has no such story. */
const TOLD_STEP_BY_STEP = /^(case|alert)-/;

/**
 * What led to an event and what it led to. Backwards: the event named as cause, the steps before in the same case or
 * alert, the rule of an alert, the alert of a case. Forwards the same the other way round. Causes take at most half
 * of the room. Of a refused command: what it was meant for, as it was then. Last come the commands that were refused.
 */
export async function walkStory(source: StorySource, asked: AuditEvent, most: number): Promise<FoundStory> {
  const pages = new StoryPages(asked, most);
  await backwards(source, pages, asked, Math.ceil(most / 2));
  await forwards(source, pages, asked);
  // Causes that lie elsewhere in the record: what is not found now is no event.
  const missing = pages.namedElsewhere();
  if (missing.length > 0) pages.addBeside(await source.byIds(missing, missing.length));
  await addRefusals(source, pages, toldOf(asked, pages));
  return pages.found();
}

async function backwards(source: StorySource, pages: StoryPages, asked: AuditEvent, upTo: number): Promise<void> {
  let found: readonly AuditEvent[] = [asked, ...pages.add('cause', [await asItWas(source, asked)], upTo)];
  while (found.length > 0) {
    const named = found.filter(mayComeFromEvent).map(({ causationId }) => causationId);
    const alerts = found.flatMap(alertOf);
    const rules = found.flatMap(ruleOf);
    const limit = pages.queryLimit;
    const answers = await Promise.all([
      ask(named, (ids) => source.byIds(ids, limit)),
      ask(furthest(found, Math.max), (steps) => source.before(steps, limit)),
      ask(alerts.map((alertId) => ({ subject: `alert-${alertId}`, revision: 0 })), (steps) => source.steps(steps, limit)),
      ask(rules, (steps) => source.steps(steps, limit)),
    ]);
    found = pages.add('cause', answers, upTo);
  }
}

/** What a refused command was meant for, at its last step before. */
async function asItWas(source: StorySource, refused: AuditEvent): Promise<readonly AuditEvent[]> {
  const subject = meantFor(refused);
  return subject === undefined ? [] : source.lastBefore(subject, refused.position);
}

async function forwards(source: StorySource, pages: StoryPages, asked: AuditEvent): Promise<void> {
  let found: readonly AuditEvent[] = [asked];
  while (found.length > 0) {
    const ids = found.map(({ eventId }) => eventId);
    const alerts = found.flatMap(({ type, data: { alertId } }) => (type === ALERT_RAISED && typeof alertId === 'string' ? [alertId] : []));
    const limit = pages.queryLimit;
    const answers = await Promise.all([
      source.causedBy(ids, limit),
      ask(furthest(found, Math.min), (steps) => source.after(steps, limit)),
      ask(alerts, (alertIds) => source.casesNaming(alertIds, limit)),
    ]);
    found = pages.add('effect', answers, Infinity);
  }
}

function ask<Asked>(asked: readonly Asked[], query: (asked: readonly Asked[]) => Promise<readonly AuditEvent[]>): Promise<readonly AuditEvent[]> {
  return asked.length === 0 ? Promise.resolve([]) : query(asked);
}

/** A rule or a person that had a part in it has a story of its own. */
function toldOf(asked: AuditEvent, pages: StoryPages): ReadonlySet<string> {
  const steps = pages.told().map(({ subject }) => subject);
  return new Set([meantFor(asked) ?? asked.subject, ...steps.filter(isToldStepByStep)]);
}

export function isToldStepByStep(subject: string): boolean {
  return TOLD_STEP_BY_STEP.test(subject);
}

/** One step per stream from which all others lie in the direction of the walk. */
function furthest(events: readonly AuditEvent[], choose: (a: number, b: number) => number): readonly Step[] {
  const steps = new Map<string, number>();
  for (const { subject, revision } of events) {
    if (isToldStepByStep(subject)) steps.set(subject, choose(steps.get(subject) ?? revision, revision));
  }
  return [...steps].map(([subject, revision]) => ({ subject, revision }));
}

/** The alert that a case was opened for, by the rule or by hand. */
export function alertOf({ type, data: { source } }: AuditEvent): readonly string[] {
  if (type !== CASE_REPORTED || typeof source !== 'object' || source === null || !('alertId' in source)) return [];
  return typeof source.alertId === 'string' ? [source.alertId] : [];
}

/** The edition of the rule that an alert was raised under. */
export function ruleOf({ type, data: { ruleId, ruleRevision } }: AuditEvent): readonly Step[] {
  if (type !== ALERT_RAISED || typeof ruleId !== 'string' || typeof ruleRevision !== 'number') return [];
  return [{ subject: `rule-${ruleId}`, revision: ruleRevision }];
}
