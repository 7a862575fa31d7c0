import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './record-log.js';
import { streamIdentifier } from './stream-name.js';

const { ReadResp } = streamsPb;
const TICKS_PER_MS = 10_000n;

export function eventResponse(record: LogRecord): streamsPb.ReadResp {
  const event = new ReadResp.ReadEvent.RecordedEvent();
  event.setId(new sharedPb.UUID().setString(record.id)).setStreamIdentifier(streamIdentifier(record.streamName));
  event.setStreamRevision(String(record.revision)).setData(record.data).setCustomMetadata(record.metadata);
  event.setCommitPosition(String(record.position)).setPreparePosition(String(record.position));
  event.getMetadataMap().set('type', record.type).set('content-type', record.contentType);
  event.getMetadataMap().set('created', String(BigInt(record.created.getTime()) * TICKS_PER_MS));
  const read = new ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.position));
  return new ReadResp().setEvent(read);
}

export function streamNotFound(streamName: string): streamsPb.ReadResp {
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(streamName)));
}

export function confirmation(subscriptionId: string): streamsPb.ReadResp {
  return new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId));
}

export function checkpoint({ position }: LogRecord): streamsPb.ReadResp {
  const reached = new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new ReadResp().setCheckpoint(reached);
}

export function caughtUp(): streamsPb.ReadResp {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
}
