import type { LogRecord, RecordLog } from './record-log.js';

/** `$tb` of a stream that was deleted softly: the largest 64-bit number, which JSON.parse rounds. */
const DELETED = 2 ** 63;

interface Metadata {
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $tb?: number;
}

/**
 * What the metadata of a stream leaves of it. `$all` still shows the rest until the server is scavenged.
 * A softly deleted stream is answered as one that never was; one whose events are all hidden is answered empty.
 */
export function retentionOf(log: RecordLog, streamName: string): 'everything' | 'nothing' | ((record: LogRecord) => boolean) {
  const stored = log.stream(`$$${streamName}`)?.at(-1);
  if (stored === undefined) return 'everything';
  const { $maxCount, $maxAge, $tb } = JSON.parse(Buffer.from(stored.data).toString()) as Metadata;
  if ($tb !== undefined && $tb >= DELETED) return 'nothing';
  const last = (log.stream(streamName)?.length ?? 0) - 1;
  const lowest = Math.max($tb ?? 0, $maxCount === undefined ? 0 : last - $maxCount + 1);
  const oldest = $maxAge === undefined ? -Infinity : Date.now() - $maxAge * 1000;
  return ({ revision, created }) => revision >= lowest && created.getTime() >= oldest;
}
