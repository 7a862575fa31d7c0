import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import codePb from '@eventstore/db-client/generated/code_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';

/** The `google.rpc.Status` of a refused batch, with details packed as EventStoreDB packs them. */
function statusOf(code: codePb.Code, message: string, details: { serializeBinary(): Uint8Array }): statusPb.Status {
  const packed = new anyPb.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${message}`);
  return new statusPb.Status().setCode(code).setMessage(message).setDetails(packed);
}

export function wrongExpectedVersion(current: number | null, options: streamsPb.BatchAppendReq.Options): statusPb.Status {
  const wrong = new sharedPb.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new emptyPb.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (options.hasAny()) wrong.setExpectedAny(new emptyPb.Empty());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new emptyPb.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new emptyPb.Empty());
  else wrong.setExpectedStreamPosition(options.getStreamPosition());
  return statusOf(codePb.Code.ALREADY_EXISTS, 'WrongExpectedVersion', wrong);
}

export function streamDeleted(options: streamsPb.BatchAppendReq.Options): statusPb.Status {
  return statusOf(codePb.Code.NOT_FOUND, 'StreamDeleted', new sharedPb.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier()));
}

export function timeout(): statusPb.Status {
  return statusOf(codePb.Code.DEADLINE_EXCEEDED, 'Timeout', new sharedPb.Timeout());
}

export function maximumAppendSizeExceeded(limit: number): statusPb.Status {
  return statusOf(codePb.Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(limit));
}
