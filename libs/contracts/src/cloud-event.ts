import type { ActorRef, EventMetadata, StoredEvent } from './domain-event.js';

/** CloudEvents 1.0 binary mode: attributes as `ce_` headers, the event's data as the body. */
export interface CloudEventRecord {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, unknown>>;
}

export function toCloudEvent(event: StoredEvent): CloudEventRecord {
  const { metadata } = event;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: event.eventId,
    ce_type: event.type,
    ce_source: metadata.source,
    ce_subject: event.streamId,
    ce_time: metadata.time,
    ce_recordedtime: event.recordedAt,
    ce_partitionkey: event.streamId,
    ce_sequence: String(event.revision),
    ce_position: event.position,
    ce_correlationid: metadata.correlationId,
    ce_causationid: metadata.causationId,
    ce_authid: metadata.actor.id,
    ce_authtype: metadata.actor.type,
  };
  if (metadata.areaCode !== undefined) headers.ce_areacode = metadata.areaCode;
  if (metadata.traceparent !== undefined) headers.traceparent = metadata.traceparent;
  return { key: event.streamId, headers, value: event.data };
}

export function fromCloudEvent(record: CloudEventRecord): StoredEvent {
  const { headers } = record;
  const metadata: EventMetadata = {
    source: header(headers, 'ce_source'),
    time: header(headers, 'ce_time'),
    correlationId: header(headers, 'ce_correlationid'),
    causationId: header(headers, 'ce_causationid'),
    actor: { type: header(headers, 'ce_authtype') as ActorRef['type'], id: header(headers, 'ce_authid') },
    ...(headers.ce_areacode === undefined ? {} : { areaCode: headers.ce_areacode }),
    ...(headers.traceparent === undefined ? {} : { traceparent: headers.traceparent }),
  };
  return {
    eventId: header(headers, 'ce_id'),
    streamId: header(headers, 'ce_subject'),
    revision: Number(header(headers, 'ce_sequence')),
    position: header(headers, 'ce_position'),
    type: header(headers, 'ce_type'),
    data: record.value,
    metadata,
    recordedAt: header(headers, 'ce_recordedtime'),
  };
}

function header(headers: Readonly<Record<string, string>>, name: string): string {
  const value = headers[name];
  if (value === undefined) throw new Error(`CloudEvents header ${name} is missing`);
  return value;
}
