import { randomUUID } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { caughtUp, checkpoint, confirmation, eventResponse } from './read-response.js';
import { recordFilter } from './record-filter.js';
import { firstFrom, type LogRecord } from './record-log.js';
import { consumerTooSlow } from './rpc-errors.js';
import type { ServerNode } from './server-node.js';

interface Request {
  readonly options: streamsPb.ReadReq.Options;
  readonly headers: Metadata;
  readonly signal: AbortSignal;
}

/** All after where it begins, then CaughtUp, then what comes; a checkpoint after so many looked at. */
export async function* subscriptionTo(
  node: ServerNode,
  records: () => readonly LogRecord[],
  { options, headers, signal }: Request,
): AsyncIterable<streamsPb.ReadResp> {
  const { keeps, checkpointInterval } = recordFilter(options);
  const ended = AbortSignal.any([signal, node.demoted]);
  yield confirmation(randomUUID());
  let next = startOf(records(), options);
  let isCaughtUp = false;
  let looked = 0;
  while (!signal.aborted) {
    node.requireLeader(headers);
    requirePace(node, records().length - next, isCaughtUp);
    for (let record = records()[next]; record !== undefined; record = records()[next]) {
      next += 1;
      looked += 1;
      node.reads.followed += 1;
      if (keeps(record)) yield eventResponse(record);
      if (looked < checkpointInterval) continue;
      looked = 0;
      yield checkpoint(record);
    }
    if (!isCaughtUp) yield caughtUp();
    isCaughtUp = true;
    await node.log.news(ended);
  }
}

/** The server keeps so much for a live subscription; one that catches up reads at its own pace. */
function requirePace(node: ServerNode, behind: number, isLive: boolean): void {
  if (!isLive || behind <= node.faults.liveBuffer) return;
  node.tooSlow += 1;
  throw consumerTooSlow();
}

/** A subscription begins after the place it names. */
function startOf(records: readonly LogRecord[], options: streamsPb.ReadReq.Options): number {
  const [stream, all] = [options.getStream(), options.getAll()];
  if (stream?.hasStart() === true || all?.hasStart() === true) return 0;
  if (stream?.hasEnd() === true || all?.hasEnd() === true) return records.length;
  if (stream !== undefined) return Number(stream.getRevision()) + 1;
  return firstFrom(records, BigInt(all?.getPosition()?.getCommitPosition() ?? 0) + 1n);
}
