import { status, type ServerReadableStream, type sendUnaryData } from '@grpc/grpc-js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { proposedOf, sizeOf } from './proposed-event.js';
import type { AppendOutcome, Expected, Proposed } from './record-log.js';
import { asRpcError, maxAppendSizeExceeded, RpcError, streamDeleted } from './rpc-errors.js';
import type { ServerNode } from './server-node.js';
import { streamNameOf } from './stream-name.js';

type AppendCall = ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;

/** Append: first the options, then one message for each event, then one answer. */
export function answerAppend(node: ServerNode, call: AppendCall, answer: sendUnaryData<streamsPb.AppendResp>): void {
  append(node, call).then(
    (response) => answer(null, response),
    (error: unknown) => answer(asRpcError(error)),
  );
}

async function append(node: ServerNode, call: AppendCall): Promise<streamsPb.AppendResp> {
  let options: streamsPb.AppendReq.Options | undefined;
  const proposed: Proposed[] = [];
  let size = 0;
  for await (const request of call as AsyncIterable<streamsPb.AppendReq>) {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message === undefined) continue;
    const event = proposedOf(message);
    size += sizeOf(event);
    if (size > node.maxAppendSize) throw maxAppendSizeExceeded(node.maxAppendSize);
    proposed.push(event);
  }
  await node.admit(call.metadata);
  if (options === undefined) throw new RpcError(status.UNKNOWN, 'An append begins with its options');
  const streamName = streamNameOf(options.getStreamIdentifier());
  const outcome = node.log.append(streamName, expectedOf(options), proposed);
  if (node.faults.answersToLose > 0) {
    node.faults.answersToLose -= 1;
    throw new RpcError(status.UNAVAILABLE, 'The connection was lost before the answer');
  }
  return responseTo(outcome, streamName, options);
}

function expectedOf(options: streamsPb.AppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getRevision());
}

function responseTo(outcome: AppendOutcome, streamName: string, options: streamsPb.AppendReq.Options): streamsPb.AppendResp {
  switch (outcome.kind) {
    case 'written': {
      const position = new streamsPb.AppendResp.Position();
      position.setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position));
      const success = new streamsPb.AppendResp.Success();
      success.setCurrentRevision(String(outcome.revision)).setPosition(position);
      return new streamsPb.AppendResp().setSuccess(success);
    }
    case 'wrong-expected-version':
      return new streamsPb.AppendResp().setWrongExpectedVersion(wrongExpectedVersion(outcome.current, options));
    case 'stream-deleted':
      throw streamDeleted(streamName);
  }
}

/** Not an error of the call: one of its two answers. */
function wrongExpectedVersion(current: number | null, options: streamsPb.AppendReq.Options) {
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new sharedPb.Empty());
  else wrong.setCurrentRevision(String(current));
  if (options.hasAny()) wrong.setExpectedAny(new sharedPb.Empty());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new sharedPb.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new sharedPb.Empty());
  else wrong.setExpectedRevision(options.getRevision());
  return wrong;
}
