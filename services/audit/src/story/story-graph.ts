import type { AuditEvent, EventStory, Origin, StoryEdge, StoryEvent, StoryNode } from '@brain/contracts';
import { mayComeFromEvent, originOf } from './event-origin.js';
import { isRefusal, refusalIn } from './refused-command.js';
import type { FoundEvent, FoundStory } from './story-pages.js';
import { refusedEdges } from './story-refusals.js';
import { alertOf, isToldStepByStep, ruleOf } from './story-walk.js';

type MayRead = (event: AuditEvent) => boolean;

/** The events found, what they come from and how they hang together. What may not be read is there without a word. */
export function storyGraph(asked: AuditEvent, { events, truncated }: FoundStory, mayRead: MayRead): EventStory {
  const found = [...events.values()].sort((a, b) => (a.event.position < b.event.position ? -1 : 1));
  const causes = found.flatMap(({ event }) => causeOf(event, events));
  const origins = found.filter(({ event, place }) => place !== 'beside' && !isRefusal(event) && mayRead(event) && causeOf(event, events).length === 0).map((one) => comesFrom(one, found, mayRead));
  const ruled = found.flatMap(({ event }) => links(event, found));
  const steps = nextSteps(found.map(({ event }) => event), new Set([...causes, ...ruled].map(({ from, to }) => `${from} ${to}`)));

  const refused = refusedEdges(found.map(({ event }) => event));

  const names = new Map(found.flatMap(({ event }, index) => (mayRead(event) ? [] : [[event.eventId, `withheld:${String(index)}`] as const])));
  const named = (id: string): string => names.get(id) ?? id;
  const edges = [...origins.map(({ edge }) => edge), ...causes, ...ruled, ...steps, ...refused];
  return {
    eventId: asked.eventId,
    nodes: [...new Map(origins.map(({ origin }) => [origin.id, origin])).values(), ...found.map((one) => nodeOf(one, named))],
    edges: edges.map((edge) => ({ ...edge, from: named(edge.from), to: named(edge.to) })),
    truncated,
  };
}

function causeOf(event: AuditEvent, events: FoundStory['events']): readonly StoryEdge[] {
  const isKnown = mayComeFromEvent(event) && events.has(event.causationId);
  return isKnown ? [{ from: event.causationId, to: event.eventId, kind: 'caused' }] : [];
}

function comesFrom({ event, place }: FoundEvent, found: readonly FoundEvent[], mayRead: MayRead): { readonly origin: Origin; readonly edge: StoryEdge } {
  const first = found.find(({ event: other }) => other.subject === event.subject && other.revision === 0 && mayRead(other));
  const origin = originOf(event, place === 'asked' ? 'cause' : place, first?.event);
  return { origin, edge: { from: origin.id, to: event.eventId, kind: 'caused' } };
}

/** The rule of an alert, and the alert of a case where the alert did not open it. */
function links(event: AuditEvent, found: readonly FoundEvent[]): readonly StoryEdge[] {
  const at = (subject: string, revision: number) => found.find(({ event: other }) => other.subject === subject && other.revision === revision)?.event;
  const rules = ruleOf(event).map(({ subject, revision }) => ({ from: at(subject, revision), kind: 'rule' as const }));
  const alerts = alertOf(event).map((alertId) => ({ from: at(`alert-${alertId}`, 0), kind: 'names' as const }));
  return [...rules, ...alerts].flatMap(({ from, kind }) =>
    from === undefined || from.eventId === event.causationId ? [] : [{ from: from.eventId, to: event.eventId, kind }],
  );
}

/** One step to the next of the same case or alert, unless it is said already that the one caused the other. */
function nextSteps(events: readonly AuditEvent[], said: ReadonlySet<string>): readonly StoryEdge[] {
  const last = new Map<string, AuditEvent>();
  const edges: StoryEdge[] = [];
  for (const event of events.filter(({ subject }) => isToldStepByStep(subject))) {
    const before = last.get(event.subject);
    last.set(event.subject, event);
    if (before === undefined || said.has(`${before.eventId} ${event.eventId}`)) continue;
    const skipped = event.revision - before.revision - 1;
    edges.push({ from: before.eventId, to: event.eventId, kind: 'next', ...(skipped > 0 ? { skipped } : {}) });
  }
  return edges;
}

function nodeOf({ event, place }: FoundEvent, named: (id: string) => string): StoryNode {
  const id = named(event.eventId);
  if (id !== event.eventId) return { kind: 'withheld', id, place };
  return isRefusal(event) ? { kind: 'refused', id, place, event: withoutData(event), refusal: refusalIn(event) } : { kind: 'event', id, place, event: withoutData(event) };
}

function withoutData(event: AuditEvent): StoryEvent {
  const { eventId, type, subject, revision, position, source, areaCode, actor, time, recordedAt, correlationId, causationId } = event;
  return { eventId, type, subject, revision, position, source, areaCode, actor, time, recordedAt, correlationId, causationId };
}
