import type { AuditEvent, StoryEdge } from '@brain/contracts';
import { meantFor, targetOf } from './refused-command.js';
import type { StoryPages } from './story-pages.js';
import type { StorySource } from './story-source.js';

/** Somebody who tries again and again must not push the story itself off the screen. */
const MOST_REFUSALS = 50;

/** Puts what was refused beside the steps of what it was meant for. */
export async function addRefusals(source: StorySource, pages: StoryPages, subjects: ReadonlySet<string>): Promise<void> {
  const refused = await source.refusals([...subjects].map(targetOf), MOST_REFUSALS + 1);
  pages.addRefusals(refused.filter((event) => subjects.has(meantFor(event) ?? '')), MOST_REFUSALS);
}

/** From the step after which it was refused; from the refusal where the story begins later. */
export function refusedEdges(events: readonly AuditEvent[]): readonly StoryEdge[] {
  return events.flatMap((refusal) => {
    const subject = meantFor(refusal);
    const steps = subject === undefined ? [] : events.filter((event) => event.subject === subject);
    const before = steps.findLast(({ position }) => position < refusal.position);
    if (before !== undefined) return [{ from: before.eventId, to: refusal.eventId, kind: 'refused' as const }];
    return steps.slice(0, 1).map((first) => ({ from: refusal.eventId, to: first.eventId, kind: 'refused' as const }));
  });
}
