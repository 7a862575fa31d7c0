import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { recordFilter } from './record-filter.js';
import { firstFrom, type LogRecord } from './record-log.js';
import { retentionOf } from './retention.js';
import { eventResponse, streamNotFound } from './read-response.js';
import { asRpcError, streamDeleted } from './rpc-errors.js';
import type { ServerNode } from './server-node.js';
import { streamNameOf } from './stream-name.js';
import { subscriptionTo } from './subscription.js';

type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;
type Options = streamsPb.ReadReq.Options;

/** Read: a stream or `$all`, forwards or backwards, a number of events or for ever. */
export function answerRead(node: ServerNode, call: ReadCall): void {
  const ended = new AbortController();
  call.on('cancelled', () => ended.abort());
  answer(node, call, ended.signal)
    .then(
      () => call.end(),
      (error: unknown) => call.emit('error', asRpcError(error)),
    )
    .finally(() => ended.abort());
}

async function answer(node: ServerNode, call: ReadCall, signal: AbortSignal): Promise<void> {
  await node.admit(call.metadata);
  const options = call.request.getOptions() ?? new streamsPb.ReadReq.Options();
  const responses = options.hasSubscription()
    ? subscriptionTo(node, recordsOf(node, options), { options, headers: call.metadata, signal })
    : page(node, options);
  for await (const response of responses) {
    if (signal.aborted) return;
    if (!call.write(response)) await once(call, 'drain', { signal }).catch(() => undefined);
  }
}

/** The log itself, or one stream of it; what comes later is in it too. */
function recordsOf({ log }: ServerNode, options: Options): () => readonly LogRecord[] {
  if (!options.hasStream()) return () => log.records;
  const streamName = streamNameOf(options.getStream()?.getStreamIdentifier());
  if (log.isDeleted(streamName)) throw streamDeleted(streamName);
  return () => log.stream(streamName) ?? [];
}

function* page(node: ServerNode, options: Options): Iterable<streamsPb.ReadResp> {
  const records = recordsOf(node, options)();
  node.reads.calls += 1;
  const streamName = options.hasStream() ? streamNameOf(options.getStream()?.getStreamIdentifier()) : undefined;
  const kept = streamName === undefined ? undefined : retentionOf(node.log, streamName);
  if (streamName !== undefined && (records.length === 0 || kept === 'nothing')) {
    yield streamNotFound(streamName);
    return;
  }
  const { keeps } = recordFilter(options);
  const isForwards = options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.FORWARDS;
  const step = isForwards ? 1 : -1;
  let left = Number(options.getCount());
  for (let at = placeIn(records, options, isForwards); left > 0; at += step) {
    const record = records[at];
    if (record === undefined) return;
    if (!keeps(record) || (typeof kept === 'function' && !kept(record))) continue;
    left -= 1;
    node.reads.events += 1;
    yield eventResponse(record);
  }
}

/** A revision is included in both directions; a position is included forwards, and backwards it is the end. */
function placeIn(records: readonly LogRecord[], options: Options, isForwards: boolean): number {
  const [stream, all] = [options.getStream(), options.getAll()];
  if (stream?.hasEnd() === true || all?.hasEnd() === true) return isForwards ? records.length : records.length - 1;
  if (stream?.hasStart() === true || all?.hasStart() === true) return isForwards ? 0 : -1;
  if (stream !== undefined) {
    const revision = Number(stream.getRevision());
    return isForwards ? revision : Math.min(revision, records.length - 1);
  }
  const first = firstFrom(records, BigInt(all?.getPosition()?.getCommitPosition() ?? 0));
  return isForwards ? first : first - 1;
}
