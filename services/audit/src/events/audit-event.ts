import type { AuditEvent } from '@brain/contracts';

export interface AuditEventRow {
  readonly position: string;
  readonly event_id: string;
  readonly type: string;
  readonly stream_id: string;
  readonly revision: string;
  readonly source: string;
  readonly area_code: string | null;
  readonly actor_type: string;
  readonly actor_id: string;
  /** Only where it was asked for. */
  readonly address?: string | null;
  readonly time: Date;
  readonly recorded_at: Date;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Only where it was asked for. */
  readonly leaf_index?: string | null;
}

export function toAuditEvent(row: AuditEventRow): AuditEvent {
  return {
    eventId: row.event_id,
    type: row.type,
    subject: row.stream_id,
    revision: Number(row.revision),
    position: row.position,
    source: row.source,
    areaCode: row.area_code,
    actor: { type: row.actor_type, id: row.actor_id },
    address: row.address ?? null,
    time: row.time.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    data: row.data,
    leafIndex: typeof row.leaf_index === 'string' ? Number(row.leaf_index) : null,
  };
}
