/** An event as auditors read it. */
export interface AuditEvent {
  readonly eventId: string;
  readonly type: string;
  /** The stream it belongs to. */
  readonly subject: string;
  readonly revision: number;
  readonly position: string;
  readonly source: string;
  readonly areaCode: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  /** From where a person gave the command; null where that is not known, or no person did. */
  readonly address: string | null;
  readonly time: string;
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Its place in the verifiable log; null: not there yet. */
  readonly leafIndex: number | null;
}

/** How many a search finds. */
export interface EventCount {
  readonly count: number;
  /** False: there are more than `count`. */
  readonly exact: boolean;
}
