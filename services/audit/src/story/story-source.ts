import type { AuditEvent } from '@brain/contracts';

export interface Step {
  readonly subject: string;
  readonly revision: number;
}

/** The record as a story needs it. Every answer has at most `limit` events, oldest first. */
export interface StorySource {
  byIds(eventIds: readonly string[], limit: number): Promise<readonly AuditEvent[]>;
  /** Those that name one of these as their cause; no person's command does. */
  causedBy(eventIds: readonly string[], limit: number): Promise<readonly AuditEvent[]>;
  /** Exactly these. */
  steps(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]>;
  /** What came before each in its stream. */
  before(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]>;
  /** What came after each in its stream. */
  after(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]>;
  /** The last of a stream before a position. */
  lastBefore(subject: string, position: string): Promise<readonly AuditEvent[]>;
  /** Commands refused that were meant for one of these, the newest first. */
  refusals(targets: readonly string[], limit: number): Promise<readonly AuditEvent[]>;
  /** The opening of cases that name one of these alerts. */
  casesNaming(alertIds: readonly string[], limit: number): Promise<readonly AuditEvent[]>;
}
