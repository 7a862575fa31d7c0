import type { ServerDuplexStream } from '@grpc/grpc-js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import * as batchStatus from './batch-status.js';
import { proposedOf, sizeOf } from './proposed-event.js';
import type { Expected, Proposed } from './record-log.js';
import { asRpcError } from './rpc-errors.js';
import type { ServerNode } from './server-node.js';
import { streamNameOf } from './stream-name.js';

type BatchCall = ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;

interface PendingWrite {
  readonly options: streamsPb.BatchAppendReq.Options;
  readonly proposed: Proposed[];
}

/** BatchAppend: many writes on one call, each known by its correlation id and answered when its last part has come. */
export function answerBatchAppend(node: ServerNode, call: BatchCall): void {
  answerAll(node, call).then(
    () => call.end(),
    (error: unknown) => call.emit('error', asRpcError(error)),
  );
}

async function answerAll(node: ServerNode, call: BatchCall): Promise<void> {
  const pending = new Map<string, PendingWrite>();
  // Kept open when this ends with an error, which could not be sent otherwise.
  const requests: AsyncIterable<streamsPb.BatchAppendReq> = call.iterator({ destroyOnReturn: false });
  for await (const request of requests) {
    const correlationId = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    const write = pending.get(correlationId) ?? (options && { options, proposed: [] });
    if (write === undefined) continue;
    pending.set(correlationId, write);
    write.proposed.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) continue;
    pending.delete(correlationId);
    await node.admit(call.metadata);
    call.write(responseTo(node, request, write));
  }
}

function responseTo(node: ServerNode, request: streamsPb.BatchAppendReq, { options, proposed }: PendingWrite) {
  const response = new streamsPb.BatchAppendResp();
  response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(options.getStreamIdentifier());
  const failure = (error: statusPb.Status) => response.setError(error);

  const deadline = options.getDeadline()?.toDate();
  if (deadline !== undefined && deadline.getTime() < Date.now()) return failure(batchStatus.timeout());
  if (proposed.reduce((sum, event) => sum + sizeOf(event), 0) > node.maxAppendSize) {
    return failure(batchStatus.maximumAppendSizeExceeded(node.maxAppendSize));
  }
  const outcome = node.log.append(streamNameOf(options.getStreamIdentifier()), expectedOf(options), proposed);
  switch (outcome.kind) {
    case 'written':
      return response.setSuccess(successAt(outcome.revision, outcome.position));
    case 'wrong-expected-version':
      return failure(batchStatus.wrongExpectedVersion(outcome.current, options));
    case 'stream-deleted':
      return failure(batchStatus.streamDeleted(options));
  }
}

function expectedOf(options: streamsPb.BatchAppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getStreamPosition());
}

function successAt(revision: number, at: bigint) {
  const position = new sharedPb.AllStreamPosition();
  position.setCommitPosition(String(at)).setPreparePosition(String(at));
  return new streamsPb.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(position);
}
