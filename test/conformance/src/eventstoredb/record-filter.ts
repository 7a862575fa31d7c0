import { status } from '@grpc/grpc-js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './record-log.js';
import { RpcError } from './rpc-errors.js';

export interface RecordFilter {
  readonly keeps: (record: LogRecord) => boolean;
  /** Of records looked at, between two checkpoints. */
  readonly checkpointInterval: number;
}

const DEFAULT_WINDOW = 32;

export const UNFILTERED: RecordFilter = { keeps: () => true, checkpointInterval: Infinity };

export function recordFilter(options: streamsPb.ReadReq.Options): RecordFilter {
  const filter = options.getFilter();
  if (filter === undefined) return UNFILTERED;
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw new RpcError(status.INVALID_ARGUMENT, "'0' is not a valid checkpoint interval");
  const checkpointInterval = (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW) * multiplier;
  const [expression, textOf] = filter.hasEventType()
    ? [filter.getEventType(), (record: LogRecord) => record.type]
    : [filter.getStreamIdentifier(), (record: LogRecord) => record.streamName];
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ?? '';
  if (regex === '' && prefixes.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'A filter needs a regex or prefixes');
  const pattern = new RegExp(regex);
  const matches = (text: string) => (regex === '' ? prefixes.some((prefix) => text.startsWith(prefix)) : pattern.test(text));
  return { keeps: (record) => matches(textOf(record)), checkpointInterval };
}
